import type { RawLog } from './raw-log'

/**
 * The words of a log, read out of its hex text. The generated decoder copies each topic and the
 * data into bytes of their own first, which costs more than all the rest of decoding.
 */

const PLAIN_TOPIC = /^0x[0-9a-f]{64}$/
const PLAIN_DATA = /^0x[0-9a-f]*$/
const WORD_DIGITS = 64
const ADDRESS_DIGITS = 40
const NO_ADDRESS_BITS = '0'.repeat(WORD_DIGITS - ADDRESS_DIGITS)
/** Digits that a number holds exactly. */
const NUMBER_DIGITS = 12
const NO_LARGE_BITS = '0'.repeat(WORD_DIGITS - NUMBER_DIGITS)

/**
 * Whether data and topics are whole bytes in lower case, as nodes write them. The first topic is
 * not looked at: it told which event this is.
 */
export function isPlain({ topics, data }: RawLog): boolean {
  for (let index = 1; index < topics.length; index++) {
    if (!PLAIN_TOPIC.test(topics[index] ?? '')) return false
  }
  return data === '0x' || (data.length % 2 === 0 && PLAIN_DATA.test(data))
}

/**
 * What the generated decoder of a type reads its value from: the methods of its own source of bytes
 * that the types of our events call. Each reads one word and goes on to the next.
 */
export interface Words {
  u8(): number
  u16(): number
  u32(): number
  bool(): boolean
  u256(): bigint
  /** Longer than an address where the word is none. */
  address(): string
  /** The first bytes of the word. */
  staticBytes(length: number): Uint8Array
  string(): string
  /** Goes to an offset, until `jumpBack`. */
  safeJump(offset: number, type: string): void
  jumpBack(): void
  /** The words from an offset on, with offsets that count from there. */
  slice(offset: number): Words
}

/**
 * The words of a topic or of data. Nothing is checked: the text must be plain, and of the form of
 * the event.
 */
export class HexWords implements Words {
  private at: number
  private resumeAt = 0

  /**
   * @param text 0x-prefixed
   * @param origin index in the text that offsets count from
   */
  constructor(
    private readonly text: string,
    private readonly origin = 2,
  ) {
    this.at = origin
  }

  u8(): number {
    return this.lowDigits(2)
  }

  u16(): number {
    return this.lowDigits(4)
  }

  u32(): number {
    return this.lowDigits(8)
  }

  bool(): boolean {
    return this.u8() !== 0
  }

  u256(): bigint {
    const start = this.at
    this.at += WORD_DIGITS
    return this.text.startsWith(NO_LARGE_BITS, start)
      ? BigInt(hexNumber(this.text, this.at - NUMBER_DIGITS, this.at))
      : BigInt(`0x${this.text.slice(start, this.at)}`)
  }

  address(): string {
    const start = this.at
    if (!this.text.startsWith(NO_ADDRESS_BITS, start)) return `0x${this.u256().toString(16)}`
    this.at += WORD_DIGITS
    return `0x${this.text.slice(this.at - ADDRESS_DIGITS, this.at)}`
  }

  staticBytes(length: number): Uint8Array {
    const start = this.at
    this.at += WORD_DIGITS
    return Buffer.from(this.text.slice(start, start + 2 * length), 'hex')
  }

  string(): string {
    this.safeJump(this.u32())
    const length = this.u32()
    const text = this.text.slice(this.at, this.at + 2 * length)
    this.jumpBack()
    return Buffer.from(text, 'hex').toString('utf-8')
  }

  safeJump(offset: number): void {
    this.resumeAt = this.at
    this.at = this.origin + 2 * offset
  }

  jumpBack(): void {
    this.at = this.resumeAt
  }

  slice(offset: number): HexWords {
    return new HexWords(this.text, this.origin + 2 * offset)
  }

  private lowDigits(count: number): number {
    this.at += WORD_DIGITS
    return hexNumber(this.text, this.at - count, this.at)
  }
}

/** The number that some digits of a plain text write; exact up to 13 digits. */
export function hexNumber(text: string, start: number, end: number): number {
  let value = 0
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index)
    value = value * 16 + (code < 0x3a ? code - 0x30 : code - 0x57)
  }
  return value
}
