import { ONE } from '../support/chain'
import { anyLog, BOB, MAKER, minted, scopeAdded } from '../support/story'
import { born, type HostileCase, HUGE, identity, UNREADABLE } from './hostile-case'
import { raw, repeatedText, withData, withWord, word } from './tampered-logs'

const party = (given: Record<string, unknown> = {}) =>
  anyLog('PartyUpdated', { party: BOB, kind: 1, name: 'Bob', gln: '', ...given })

/** Data that does not have the form of its event. */
export const FORMS: Record<string, HostileCase> = {
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
