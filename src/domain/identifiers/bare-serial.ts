import { isGtin, textKey } from '../identity-key'
import type { IdentifierReader } from './identifier'

/** Contracts write at most 64 bytes; GS1 allows 20 characters. Longer text is something else. */
const SERIAL_LENGTH_MAX = 64

/**
 * Whatever is left is taken for a serial. A serial is unique only within its UDI-DI, so several
 * units may answer.
 */
export const readBareSerial: IdentifierReader = (text) => {
  if (text.length > SERIAL_LENGTH_MAX) {
    const what = `${text.length} characters are of no known syntax and too long for a serial`
    return {
      syntax: 'UNREADABLE',
      problems: [`${what}, which has at most ${SERIAL_LENGTH_MAX}`],
      keys: [],
    }
  }
  return {
    syntax: 'SERIAL',
    serial: text,
    problems: isGtin(text)
      ? ['looked up as a serial, but reads as a UDI-DI too: that names a model, not a unit']
      : [],
    keys: [{ by: 'SERIAL', serialKey: textKey(text) }],
  }
}
