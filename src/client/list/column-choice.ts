import { callerError, type DeviceTrailError } from '../../domain/errors'

/** Which cell of each line is the identifier. */
export interface ColumnChoice {
  /** From 0. */
  readonly index: number
  /** The first line names the columns and is no row. */
  readonly hasHeading: boolean
}

/** A column of this name is taken without being asked for. */
const OWN_NAME = 'identifier'

/**
 * Chooses the column from the first line. Where a list has several columns and none is asked for,
 * nothing is guessed.
 *
 * @param asked a name, for which the first line must be a heading; or a number from 1; or none
 * @param hasHeading whether the first line is a heading, where the caller says so
 * @throws DeviceTrailError COLUMN_UNKNOWN
 */
export function chooseColumn(
  firstLine: readonly string[],
  asked: string | undefined,
  hasHeading: boolean | undefined,
): ColumnChoice {
  if (asked === undefined) return unasked(firstLine, hasHeading)
  const named = positionOf(asked, firstLine)
  if (/^\d{1,4}$/.test(asked) && (named === -1 || hasHeading === false)) {
    const index = Number(asked) - 1
    if (index >= 0 && index < firstLine.length) return { index, hasHeading: hasHeading ?? false }
    throw unknown(`The list has no column ${asked}`, firstLine)
  }
  if (named === -1 || hasHeading === false) {
    throw unknown(`The first line of the list does not name a column "${asked}"`, firstLine)
  }
  return { index: named, hasHeading: true }
}

function unasked(firstLine: readonly string[], hasHeading: boolean | undefined): ColumnChoice {
  const named = positionOf(OWN_NAME, firstLine)
  if (named !== -1 && hasHeading !== false) return { index: named, hasHeading: true }
  if (firstLine.length === 1) return { index: 0, hasHeading: hasHeading ?? false }
  throw unknown('The list has several columns', firstLine)
}

function positionOf(name: string, firstLine: readonly string[]): number {
  const wanted = name.trim().toLowerCase()
  return firstLine.findIndex((cell) => cell.trim().toLowerCase() === wanted)
}

function unknown(what: string, firstLine: readonly string[]): DeviceTrailError {
  const columns = firstLine.map((cell, n) => `${n + 1} "${cell.slice(0, 40)}"`).join(', ')
  return callerError(
    'COLUMN_UNKNOWN',
    `${what}; its first line has: ${columns}.`,
    'Say which with --column <name or number>, or take whole lines with --lines.',
  )
}
