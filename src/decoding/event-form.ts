import { hexNumber } from './hex-words'
import type { RawLog } from './raw-log'

/**
 * Whether the data of a log has the form that its event prescribes. The generated decoder reads
 * what it can: of an offset it takes the low 32 bits, of a small number the bits of its type, and a
 * list may name the same megabyte ten thousand times, which would fill the memory at the same block
 * for ever.
 */

/** An event as the ABI describes it. */
export interface EventForm {
  /** Such as `Transfer(address,address,uint256)`. */
  signature: string
  /** In the order of the signature. */
  params: Readonly<Record<string, object>>
}

interface Field {
  name: string
  type: string
}

const WORD_BYTES = 32
const WORD_DIGITS = 64
/** Digits of a size that a number holds; of data that fits in a string all others are zeros. */
const SIZE_DIGITS = 12
const ZERO = '0'.charCodeAt(0)
const KNOWN_TYPE = /^(uint\d+|bool|address|bytes32|string(\[\])?)$/
const BIT_LENGTHS: Readonly<Record<string, number>> = { bool: 1, address: 160, bytes32: 256 }

/**
 * The check of one event.
 *
 * @returns a function that throws RangeError where a log has not the form of the event
 * @throws TypeError for an event with a type that is not known here
 */
export function formCheck({ signature, params }: EventForm): (log: RawLog, plain: boolean) => void {
  const types = signature.slice(signature.indexOf('(') + 1, -1).split(',')
  // The generated code marks an indexed parameter with a proxy, on which `in` finds nothing.
  const fields = Object.entries(params).flatMap(([name, param], index): Field[] =>
    Reflect.get(param, 'indexed') === true ? [] : [{ name, type: types[index] ?? '' }],
  )
  const unknown = fields.find(({ type }) => !KNOWN_TYPE.test(type))
  if (unknown) throw new TypeError(`${signature}: no check for ${unknown.name} of ${unknown.type}`)
  const topicCount = 1 + Object.keys(params).length - fields.length
  return ({ topics, data }, plain) => {
    if (topics.length !== topicCount) {
      throw new RangeError(`it has ${topics.length} topics, not ${topicCount}`)
    }
    const bytes = new EventData(data, plain)
    fields.forEach(({ name, type }, index) => {
      bytes.require(name, type, 0, index * WORD_BYTES)
    })
  }
}

/** A bigint only where it is beyond all data, or the text is not plain. */
type Size = number | bigint

class EventData {
  private readonly length: number
  /** Bytes of all texts so far. */
  private claimed = 0

  constructor(
    private readonly data: string,
    private readonly plain: boolean,
  ) {
    this.length = (data.length - 2) / 2
  }

  /** Offsets count from `base`; the word of the value itself stands `at` bytes after it. */
  require(name: string, type: string, base: number, at: number): void {
    if (type.endsWith('[]')) return this.requireList(name, type.slice(0, -2), base, at)
    if (type === 'string') return this.requireText(name, base, at)
    const bits = BIT_LENGTHS[type] ?? Number(type.slice('uint'.length))
    const start = this.word(name, base + at)
    if (this.plain && bits % 4 === 0 && this.hasZeros(start, WORD_DIGITS - bits / 4)) return
    const value = this.value(start)
    if (value >> BigInt(bits) !== 0n) {
      throw new RangeError(`${name} is ${value}, which is no ${type}`)
    }
  }

  private requireList(name: string, type: string, base: number, at: number): void {
    const { start, count } = this.target(name, base, at)
    if (exceeds(count, Math.floor((this.length - start) / WORD_BYTES))) {
      throw new RangeError(`${name} is a list of ${count}, more than its ${this.length} bytes hold`)
    }
    for (let entry = 0; entry < Number(count); entry++) {
      this.require(`${name}[${entry}]`, type, start, entry * WORD_BYTES)
    }
  }

  private requireText(name: string, base: number, at: number): void {
    const { start, count } = this.target(name, base, at)
    if (exceeds(count, this.length - start)) {
      throw new RangeError(`${name} has ${count} bytes, which end after byte ${this.length}`)
    }
    this.claimed += Number(count)
    if (this.claimed > this.length) {
      throw new RangeError(
        `${name} and the texts before it overlap: together they exceed ${this.length} bytes`,
      )
    }
  }

  /** Where the content of a text or list starts, and how many bytes or entries it has. */
  private target(name: string, base: number, at: number): { start: number; count: Size } {
    const offset = this.size(name, base + at)
    if (exceeds(offset, this.length)) {
      throw new RangeError(`${name} is said to begin ${offset} bytes on, outside the data`)
    }
    const head = base + Number(offset)
    return { start: head + WORD_BYTES, count: this.size(name, head) }
  }

  private size(name: string, at: number): Size {
    const start = this.word(name, at)
    const low = start + WORD_DIGITS - SIZE_DIGITS
    return this.plain && this.hasZeros(start, WORD_DIGITS - SIZE_DIGITS)
      ? hexNumber(this.data, low, low + SIZE_DIGITS)
      : this.value(start)
  }

  /** Index in the text of the word that begins at a byte. */
  private word(name: string, at: number): number {
    if (at + WORD_BYTES > this.length) {
      throw new RangeError(`the data has ${this.length} bytes and ends within ${name}`)
    }
    return 2 + 2 * at
  }

  private value(start: number): bigint {
    return BigInt(`0x${this.data.slice(start, start + WORD_DIGITS)}`)
  }

  private hasZeros(start: number, count: number): boolean {
    for (let index = start; index < start + count; index++) {
      if (this.data.charCodeAt(index) !== ZERO) return false
    }
    return true
  }
}

/** @throws RangeError where the text is not plain and ends with half a byte */
function exceeds(size: Size, limit: number): boolean {
  return size > (typeof size === 'number' ? limit : BigInt(limit))
}
