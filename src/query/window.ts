import { callerError, type DeviceTrailError } from '../domain/errors'

/** A span of block time, half-open: `from` belongs to it, `to` does not. */
export interface Window {
  from: Date
  to: Date
}

/** A span that may be open at either side. */
export interface OpenWindow {
  from?: Date | null | undefined
  to?: Date | null | undefined
}

/**
 * @throws ARGUMENT_OUT_OF_RANGE an end that is no instant of our era, or `from` that is not before
 *   `to`
 */
export function checkWindow({ from, to }: OpenWindow): void {
  checkInstant('from', from)
  checkInstant('to', to)
  if (from == null || to == null || from < to) return
  throw outOfRange(`from is ${from.toISOString()} and to is ${to.toISOString()}.`)
}

/** PostgreSQL knows fewer years than Date does; no chain needs either's. */
const YEAR_MAX = 9_999

function checkInstant(argument: string, instant: Date | null | undefined): void {
  if (instant == null) return
  const year = instant.getUTCFullYear()
  if (year >= 1 && year <= YEAR_MAX) return
  throw outOfRange(`${argument} is no instant of the years 1 to ${YEAR_MAX}.`)
}

function outOfRange(what: string): DeviceTrailError {
  return callerError(
    'ARGUMENT_OUT_OF_RANGE',
    what,
    'Expected instants in ISO 8601, from before to; to itself is not part of the window.',
  )
}

/**
 * The first block at or after an instant, as a scalar: blocks come in the order of their times, so
 * a window of time is a range of heights, which every table of facts has an index on. Null when
 * there is none.
 */
export function firstBlockAt(instant: string): string {
  return `(SELECT height FROM block WHERE "timestamp" >= ${instant}
      ORDER BY "timestamp", height LIMIT 1)`
}
