import fc from 'fast-check'
import { type AbiEvent, toEventSelector } from 'viem'
import { TOPICS } from '../../src/decoding/decode-block'
import type { RawLog } from '../../src/decoding/raw-log'
import { ONE } from './chain'
import { ABI_EVENTS, encodeLog } from './encode-log'

/** Logs of every event that is followed, sound ones and such as no compiler would write. */

const WORD = 64
const TRANSACTION = `0x${'7a'.repeat(32)}`
const FOLLOWED = [...ABI_EVENTS.values()].filter((event) => TOPICS.includes(toEventSelector(event)))

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 70 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
  fc.constantFrom('', '\uFEFFmark', 'A\0B', 'x'.repeat(201), 'y'.repeat(4_001)),
)

/** A value of an ABI type, such as its event can hold. */
function anyValue(type: string): fc.Arbitrary<unknown> {
  if (type.endsWith('[]')) return fc.array(anyValue(type.slice(0, -2)), { maxLength: 4 })
  if (type === 'string') return anyText
  if (type === 'bool') return fc.boolean()
  if (type === 'address') return hex(20)
  if (type === 'bytes32') return hex(32)
  const bits = Number(type.slice('uint'.length))
  const all = fc.oneof(
    fc.bigInt({ min: 0n, max: 9n }),
    fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) - 1n }),
    fc.constant(2n ** BigInt(bits) - 1n),
    ...(bits === 32 ? [fc.constantFrom(20_260_131n, 20_260_230n)] : []),
  )
  return bits > 48 ? all : all.map(Number)
}

function hex(bytes: number): fc.Arbitrary<string> {
  const any = fc.uint8Array({ minLength: bytes, maxLength: bytes })
  return fc.oneof(
    any.map((array) => `0x${Buffer.from(array).toString('hex')}`),
    fc.constantFrom(`0x${'0'.repeat(2 * bytes)}`, `0x${'f'.repeat(2 * bytes)}`),
  )
}

function soundLog(event: AbiEvent): fc.Arbitrary<RawLog> {
  const values = event.inputs.map(({ name, type }) => [name ?? '', anyValue(type)] as const)
  return fc.record(Object.fromEntries(values)).map((args) => {
    return {
      address: ONE,
      ...encodeLog(event.name, args),
      logIndex: 0,
      transactionHash: TRANSACTION,
    }
  })
}

/** A log as its contract emits it. */
export const soundLogs: fc.Arbitrary<RawLog> = fc.oneof(...FOLLOWED.map(soundLog))

const anyWord = fc.oneof(
  fc.bigInt({ min: 0n, max: 24n }).map((factor) => factor * 32n),
  fc.bigInt({ min: 0n, max: 300n }),
  fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
  fc.constantFrom(
    ...[31n, 32n, 48n, 52n, 53n, 64n, 160n, 255n].flatMap((bits) => [2n ** bits, 2n ** bits - 1n]),
    ...[32n, 48n, 64n, 128n, 255n].map((bits) => 2n ** bits + 64n),
  ),
)

type Alteration = (log: RawLog) => RawLog

const onData = (alter: (digits: string) => string): Alteration => {
  return (log) => ({ ...log, data: `0x${alter(log.data.slice(2))}` })
}
const onTopic = (which: number, alter: (topic: string) => string): Alteration => {
  return (log) => ({
    ...log,
    // The first one says what event it is.
    topics: log.topics.map((t, n) => (n > 0 && n === which % log.topics.length ? alter(t) : t)),
  })
}
const put = (text: string, at: number, digits: string) =>
  text.slice(0, at) + digits + text.slice(at + digits.length)
const place = (text: string, at: number) => at % Math.max(1, text.length)

const alterations = fc.oneof(
  // One bit is another.
  fc.tuple(fc.nat(), fc.nat(3)).map(([at, bit]) =>
    onData((digits) => {
      const index = place(digits, at)
      const old = Number.parseInt(digits[index] ?? '0', 16)
      return digits && put(digits, index, (old ^ (1 << bit)).toString(16))
    }),
  ),
  // One word is another: offsets, counts, lengths.
  fc.tuple(fc.nat(), anyWord).map(([at, value]) =>
    onData((digits) => {
      const index = Math.floor(place(digits, at) / WORD) * WORD
      return digits && put(digits, index, value.toString(16).padStart(WORD, '0'))
    }),
  ),
  fc.tuple(fc.nat(12), anyWord).map(([at, value]) =>
    onData((digits) => {
      const word = value.toString(16).padStart(WORD, '0')
      return digits.length < (at + 1) * WORD ? digits : put(digits, at * WORD, word)
    }),
  ),
  fc.nat().map((at) => onData((digits) => digits.slice(0, place(digits, at)))),
  fc.nat(8).map((words) => onData((digits) => digits.slice(0, words * WORD))),
  fc.uint8Array({ maxLength: 70 }).map((tail) => {
    return onData((digits) => digits + Buffer.from(tail).toString('hex'))
  }),
  // What no node should write: letters in upper case, and digits that are none.
  fc.constant(onData((digits) => digits.toUpperCase())),
  fc
    .tuple(fc.nat(), fc.constantFrom('g', ' ', '-', '\n', 'é', '0x'))
    .map(([at, odd]) => onData((digits) => put(digits, place(digits, at), odd))),
  fc.constantFrom<Alteration>(
    (log) => ({ ...log, data: '' }),
    (log) => ({ ...log, data: '0' }),
    // Never without the first one, which says what event it is.
    (log) => ({ ...log, topics: log.topics.slice(0, Math.max(1, log.topics.length - 1)) }),
    (log) => ({ ...log, topics: [...log.topics, TRANSACTION] }),
  ),
  fc
    .tuple(fc.nat(), anyWord)
    .map(([which, value]) => onTopic(which, () => `0x${value.toString(16).padStart(WORD, '0')}`)),
  fc.nat().map((which) => onTopic(which, (topic) => topic.toUpperCase().replace('X', 'x'))),
  fc
    .tuple(fc.nat(), fc.nat())
    .map(([which, at]) => onTopic(which, (topic) => topic.slice(0, place(topic, at)))),
  fc
    .tuple(fc.nat(), fc.nat(), fc.constantFrom('g', ' ', '\n'))
    .map(([which, at, odd]) => onTopic(which, (topic) => put(topic, place(topic, at), odd))),
)

/** A log to which up to three things happened. */
export const alteredLogs = fc
  .tuple(soundLogs, fc.array(alterations, { minLength: 1, maxLength: 3 }))
  .map(([log, alter]) => alter.reduce((altered, one) => one(altered), log))

/** Logs of one block, in any order. */
export const anyLogs = fc.array(fc.oneof(soundLogs, alteredLogs), { maxLength: 12 }).chain((logs) =>
  fc.shuffledSubarray(
    logs.map((log, logIndex) => ({ ...log, logIndex })),
    {
      minLength: logs.length,
    },
  ),
)
