import { textKey } from '../../src/domain/identity-key'
import { type LogSpec, ONE } from '../support/chain'
import { encodeLog } from '../support/encode-log'
import {
  ANN,
  anyLog,
  BOB,
  MAKER,
  minted,
  moved,
  NOBODY,
  recallClosed,
  recallIssued,
  resolved,
  scopeAdded,
} from '../support/story'
import type { RawScriptedLog } from './scripted-chain'
import { raw, repeatedText, withBytes, withData, withWord, word } from './tampered-logs'

/** What one hostile block must leave behind. */
export interface HostileCase {
  /** Its logs; `t` is a token id that no other case uses, with room for ten more after it. */
  logs: (t: bigint) => (LogSpec | RawScriptedLog)[]
  /** Puts them into one transaction. */
  oneTransaction?: true
  /** The time of the block in seconds, from that of its parent. */
  timestamp?: (parent: bigint) => bigint
  /** The anomalies in order: code, and the device by its distance from `t`. */
  anomalies: [code: string, device: number | null][]
  /** What the reasons say. */
  reason?: RegExp
  /** Rows of `device` by distance from `t`, as far as they matter. */
  devices?: Record<number, Record<string, unknown>>
}

const HUGE = 2n ** 256n - 1n
/** The characters whose keys are longest, in two halves: compatibility forms of several letters. */
const EXPANDING = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code))
  .map((text) => ({ text, size: Buffer.byteLength(textKey(text)) }))
  .sort((a, b) => b.size - a.size)
  .slice(0, 400)
  .map(({ text }) => text)
const HALVES = [0, 1].map((odd) => EXPANDING.filter((_, at) => at % 2 === odd).join(''))
const UNREADABLE: HostileCase['anomalies'] = [['UNREADABLE_LOG', null]]

/** The second log of a mint alone, which states the identity. */
function identity(t: bigint, given: Record<string, unknown> = {}): LogSpec {
  const [, stated] = minted(t, given)
  if (stated === undefined) throw new Error('a mint has two logs')
  return stated
}
const born = (t: bigint) => moved(t, NOBODY, MAKER)
const range = (from: bigint, to: bigint, sender = NOBODY) =>
  anyLog('ConsecutiveTransfer', {
    fromTokenId: from,
    toTokenId: to,
    fromAddress: sender,
    toAddress: ANN,
  })
const party = (given: Record<string, unknown> = {}) =>
  anyLog('PartyUpdated', { party: BOB, kind: 1, name: 'Bob', gln: '', ...given })

/** Moves and mints that cannot be right: followed or refused, and told. */
const MOVES: Record<string, HostileCase> = {
  'an ERC-20 Transfer on the same topic': {
    logs: (t) => {
      const topics = encodeLog('Transfer', { from: ANN, to: BOB, tokenId: t }).topics.slice(0, 3)
      return [{ address: ONE, topics, data: `0x${word(t)}` }]
    },
    anomalies: UNREADABLE,
    reason: /Transfer\(address,address,uint256\).*3 topics, not 4/,
  },
  'a move of an unknown token': {
    logs: (t) => [moved(t, ANN, BOB)],
    anomalies: [['UNMINTED_TOKEN', 0]],
    devices: { 0: { owner_id: BOB } },
  },
  'a double mint': {
    logs: (t) => [...minted(t), moved(t, NOBODY, ANN)],
    anomalies: [['SECOND_MINT', 0]],
    devices: { 0: { owner_id: ANN, period_count: 2 } },
  },
  'a move by a non-holder': {
    logs: (t) => [...minted(t), moved(t, ANN, BOB)],
    anomalies: [['MOVE_BY_NON_HOLDER', 0]],
    devices: { 0: { owner_id: BOB } },
  },
  'a move of a burned token': {
    logs: (t) => [...minted(t), moved(t, MAKER, NOBODY), moved(t, MAKER, BOB)],
    anomalies: [['MOVE_BY_NON_HOLDER', 0]],
    devices: { 0: { owner_id: BOB, period_count: 2 } },
  },
  'a move from nobody to nobody': {
    logs: (t) => [moved(t, NOBODY, NOBODY)],
    anomalies: UNREADABLE,
  },
  'a move to 32 bytes that are no address': {
    logs: (t) => {
      const log = raw(moved(t, ANN, BOB))
      return [{ ...log, topics: log.topics.with(2, `0x${word(HUGE)}`) }]
    },
    anomalies: UNREADABLE,
    reason: /no address/,
  },
  'a move that carries data': {
    logs: (t) => [...minted(t), withData(moved(t, MAKER, BOB), () => word(HUGE))],
    anomalies: [],
    devices: { 0: { owner_id: BOB } },
  },
  'a range of 2^255 tokens': {
    logs: () => [range(0n, 2n ** 255n)],
    anomalies: [['RANGE_TOO_LARGE', null]],
  },
  'a range that ends before it begins': {
    logs: (t) => [range(t + 3n, t)],
    anomalies: UNREADABLE,
    reason: /before/,
  },
  'one transaction that moves one token 100 times': {
    logs: (t) => [
      ...minted(t),
      ...Array.from({ length: 100 }, (_, i) =>
        moved(t, i % 2 ? BOB : i ? ANN : MAKER, i % 2 ? ANN : BOB),
      ),
    ],
    oneTransaction: true,
    anomalies: [],
    devices: { 0: { owner_id: ANN, period_count: 101 } },
  },
  '10,000 events in one block': {
    logs: (t) => [
      ...minted(t),
      ...Array.from({ length: 9_998 }, (_, i) =>
        moved(t, i % 2 ? BOB : MAKER, i % 2 ? MAKER : BOB),
      ),
    ],
    anomalies: [],
    devices: { 0: { owner_id: MAKER, period_count: 9_999 } },
  },
}

/** Data that does not have the form of its event. */
const FORMS: Record<string, HostileCase> = {
  'data too short': {
    logs: (t) => [born(t), withData(identity(t), (hex) => hex.slice(0, -2))],
    anomalies: UNREADABLE,
    reason: /DeviceMinted\(/,
  },
  'data cut in the middle': {
    logs: (t) => [born(t), withData(identity(t), (hex) => hex.slice(0, 64 * 9))],
    anomalies: UNREADABLE,
    reason: /DeviceMinted\(/,
  },
  'empty data': {
    logs: (t) => [born(t), withData(identity(t), () => '')],
    anomalies: UNREADABLE,
    devices: { 0: { owner_id: MAKER, serial: null } },
  },
  'data too long': {
    logs: (t) => [born(t), withData(identity(t), (hex) => hex + 'ab'.repeat(1_000))],
    anomalies: [],
    devices: { 0: { lot: 'L1' } },
  },
  'an offset outside the data': {
    logs: (t) => [born(t), withWord(identity(t), 0, 2n ** 31n)],
    anomalies: UNREADABLE,
  },
  'an offset that is right in its low 32 bits only': {
    logs: (t) => [born(t), withWord(identity(t), 0, 2n ** 255n + 192n)],
    anomalies: UNREADABLE,
  },
  'a text of 2^256-1 bytes': {
    logs: (t) => [born(t), withWord(identity(t), 6, HUGE)],
    anomalies: UNREADABLE,
  },
  'a list of 2^32-1 texts': {
    logs: () => [withWord(scopeAdded({ lots: ['L'] }, 9n), 3, 2n ** 32n - 1n)],
    anomalies: UNREADABLE,
  },
  'a list that repeats one text of 300 kB 6,000 times': {
    logs: () => [withData(scopeAdded({}, 9n), () => repeatedText(6_000, 300_000))],
    anomalies: UNREADABLE,
    reason: /overlap/,
  },
  'a small number with bits beyond its type': {
    logs: () => [withWord(party(), 0, 257n)],
    anomalies: UNREADABLE,
    reason: /kind/,
  },
  'a date with bits beyond its type': {
    logs: (t) => [born(t), withWord(identity(t), 2, 2n ** 32n + 20_260_101n)],
    anomalies: UNREADABLE,
    reason: /manufacturedOn/,
  },
  'a truth value of 256': {
    logs: () => [withWord(scopeAdded({}, 9n), 0, 256n)],
    anomalies: UNREADABLE,
    reason: /wholeModel/,
  },
  'an enum value that nobody knows': {
    logs: () => [withWord(party(), 0, 200n)],
    anomalies: [],
  },
  'an event of an unknown topic': {
    logs: () => [{ address: ONE, topics: [`0x${word(HUGE)}`], data: '0x' }],
    anomalies: [],
  },
  'a log without topics': {
    logs: () => [{ address: ONE, topics: [], data: '0xdeadbeef' }],
    anomalies: [],
  },
  'an address in mixed case': {
    logs: (t) =>
      minted(t).map((spec) => ({ ...raw(spec), address: `0x${ONE.slice(2).toUpperCase()}` })),
    anomalies: [],
    devices: { 0: { owner_id: MAKER } },
  },
}

/** Text and dates that cannot be stored as they are. */
const TEXTS: Record<string, HostileCase> = {
  'texts of 1 MB': {
    logs: (t) => [
      born(t),
      identity(t, { serial: 'x'.repeat(2 ** 20), metadataUri: 'é'.repeat(2 ** 19) }),
    ],
    anomalies: [
      ['TEXT_ALTERED', 0],
      ['TEXT_ALTERED', 0],
    ],
    reason: /1048576|524288/,
    devices: { 0: { serial: 'x'.repeat(200), metadata_uri: 'é'.repeat(4_000) } },
  },
  'NUL in a text': {
    logs: (t) => [born(t), identity(t, { serial: 'A\0B' })],
    anomalies: [['TEXT_ALTERED', 0]],
    devices: { 0: { serial: 'A\uFFFDB' } },
  },
  'invalid UTF-8': {
    logs: (t) => [
      born(t),
      withBytes(identity(t, { serial: 'A??B' }), 'A??B', Buffer.from([0x41, 0xff, 0xfe, 0x42])),
    ],
    anomalies: [['TEXT_ALTERED', 0]],
    devices: { 0: { serial: 'A\uFFFD\uFFFDB' } },
  },
  'half a surrogate pair': {
    logs: (t) => [
      born(t),
      withBytes(identity(t, { serial: 'A???' }), 'A???', Buffer.from([0x41, 0xed, 0xa0, 0x80])),
    ],
    anomalies: [['TEXT_ALTERED', 0]],
    devices: { 0: { serial: 'A\uFFFD\uFFFD\uFFFD' } },
  },
  'text whose keys are many times as long': {
    logs: (t) => [
      anyLog('ModelSubmitted', {
        modelId: t,
        manufacturer: MAKER,
        udiDi: HALVES[0],
        name: 'expanding',
        metadataUri: '',
        metadataHash: `0x${word(0n)}`,
      }),
      anyLog('ModelApproved', { modelId: t, regulator: ANN }),
      born(t),
      identity(t, { serial: HALVES[1], lot: HALVES[1], modelId: t }),
    ],
    anomalies: [],
  },
  'dates that do not exist': {
    logs: (t) => [born(t), identity(t, { manufacturedOn: 20_261_399, expiresOn: 2 ** 32 - 1 })],
    anomalies: [
      ['UNREADABLE_DATE', 0],
      ['UNREADABLE_DATE', 0],
    ],
    reason: /20261399|4294967295/,
    devices: { 0: { manufactured_on: null, expires_on: null } },
  },
}

/** Recalls that name nothing, or everything. */
const RECALLS: Record<string, HostileCase> = {
  'a scope, a resolution and a closing of an unknown recall': {
    logs: (t) => [scopeAdded({ lots: ['L1'] }, 70n), resolved(t + 90n, 1, 71n), recallClosed(72n)],
    anomalies: [
      ['UNKNOWN_RECALL', null],
      ['UNKNOWN_RECALL', null],
      ['RESOLVED_OUT_OF_SCOPE', 90],
      ['UNKNOWN_RECALL', null],
    ],
  },
  'a recall whose scope names everything, twice and 2,000 lots': {
    logs: () => [
      recallIssued(80n),
      scopeAdded({ wholeModel: true, lots: ['L1', 'L1', 'l1 ', ''], serials: ['', 'S1'] }, 80n),
      scopeAdded({ lots: Array.from({ length: 2_000 }, () => 'L1') }, 80n),
    ],
    anomalies: [],
  },
}

/** Times that nobody can show; the blocks after them have sound times again. */
const TIMES: Record<string, HostileCase> = {
  'the time of its parent': { logs: () => [], timestamp: (parent) => parent, anomalies: [] },
  'a time before its parent': { logs: () => [], timestamp: () => 1_000n, anomalies: [] },
  'a time after the year 9999': {
    logs: () => [],
    timestamp: () => 253_402_300_800n,
    anomalies: [['TIME_OUT_OF_RANGE', null]],
  },
  'a time beyond the dates of JavaScript': {
    logs: () => [],
    timestamp: () => 8_640_000_000_001n,
    anomalies: [['TIME_OUT_OF_RANGE', null]],
  },
  'a time of 2^53-1 seconds': {
    logs: () => [],
    timestamp: () => 2n ** 53n - 1n,
    anomalies: [['TIME_OUT_OF_RANGE', null]],
  },
}

export const HOSTILE_CASES = { ...MOVES, ...FORMS, ...TEXTS, ...RECALLS, ...TIMES }
