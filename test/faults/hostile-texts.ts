import { textKey } from '../../src/domain/identity-key'
import { ANN, anyLog, MAKER } from '../support/story'
import { born, type HostileCase, identity } from './hostile-case'
import { withBytes, word } from './tampered-logs'

/** The characters whose keys are longest, in two halves: compatibility forms of several letters. */
const EXPANDING = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code))
  .map((text) => ({ text, size: Buffer.byteLength(textKey(text)) }))
  .sort((a, b) => b.size - a.size)
  .slice(0, 400)
  .map(({ text }) => text)
const HALVES = [0, 1].map((odd) => EXPANDING.filter((_, at) => at % 2 === odd).join(''))

/** Text and dates that cannot be stored as they are. */
export const TEXTS: Record<string, HostileCase> = {
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
