import type { IdentifierReader } from './identifier'
import { serialKeys, serialOrLotKeys } from './lookup-keys'
import { fault } from './problem'
import { resemblanceProblems } from './resemblance'

/** Contracts write at most 64 bytes; GS1 allows 20 characters. Longer text is something else. */
const SERIAL_LENGTH_MAX = 64

/** `123/500`, the number of a piece in a limited edition. */
const EDITION = /^(\d{1,9})\/(\d{1,9})$/

/**
 * Whatever is left is taken for a serial, or for a lot. A serial is unique only within its UDI-DI,
 * so several units may answer.
 */
export const readBareText: IdentifierReader = (text) => {
  if (text.length > SERIAL_LENGTH_MAX) {
    const what = `${text.length} characters are of no known syntax and too long for a serial`
    const problem = fault(
      'TOO_LONG',
      SERIAL_LENGTH_MAX + 1,
      `${what} (at most ${SERIAL_LENGTH_MAX})`,
    )
    return { syntax: 'UNREADABLE', problems: [problem], keys: [] }
  }
  const problems = resemblanceProblems(text)
  return { syntax: 'SERIAL', serial: text, problems, keys: serialOrLotKeys(text) }
}

/** A numbered edition; on record the number stands alone or with the size of the edition. */
export const readEditionNumber: IdentifierReader = (text) => {
  const [, serial, editionOf] = EDITION.exec(text) ?? []
  if (serial === undefined || editionOf === undefined) return undefined
  if (Number(serial) > Number(editionOf)) return undefined
  const keys = serialKeys(text, serial)
  return { syntax: 'EDITION_NUMBER', serial, details: { editionOf }, problems: [], keys }
}
