import { callerError } from '../../domain/errors'
import type { Window } from '../window'

/** Length of a bucket, in UTC; a week begins on Monday (ISO 8601). */
export type Interval = 'HOUR' | 'DAY' | 'WEEK' | 'MONTH'

export const BUCKETS_MAX = 1_000

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** 1970-01-01 was a Thursday. */
const FIRST_MONDAY = 4 * DAY

/**
 * The buckets of a window: those of the calendar, the first and the last cut where the window
 * begins and ends.
 *
 * @param window with `from` before `to`
 * @returns instants at which a bucket begins, and at last the end of the window
 * @throws ARGUMENT_OUT_OF_RANGE more than `BUCKETS_MAX` buckets
 */
export function bucketEdges(interval: Interval, { from, to }: Window): Date[] {
  const first = numberOf(interval, from)
  const last = numberOf(interval, new Date(to.getTime() - 1))
  const count = last - first + 1
  if (count > BUCKETS_MAX) {
    throw callerError(
      'ARGUMENT_OUT_OF_RANGE',
      `The window from ${from.toISOString()} to ${to.toISOString()} has ${count} buckets.`,
      `At most ${BUCKETS_MAX} are answered: shorten the window, or ask for a longer interval.`,
    )
  }
  const inner = Array.from({ length: count - 1 }, (_, at) => beginOf(interval, first + 1 + at))
  return [from, ...inner, to]
}

/** Buckets counted from the one that holds the beginning of 1970. */
function numberOf(interval: Interval, instant: Date): number {
  const time = instant.getTime()
  switch (interval) {
    case 'HOUR':
      return Math.floor(time / HOUR)
    case 'DAY':
      return Math.floor(time / DAY)
    case 'WEEK':
      return Math.floor((time - FIRST_MONDAY) / (7 * DAY))
    case 'MONTH':
      return (instant.getUTCFullYear() - 1970) * 12 + instant.getUTCMonth()
  }
}

function beginOf(interval: Interval, number: number): Date {
  switch (interval) {
    case 'HOUR':
      return new Date(number * HOUR)
    case 'DAY':
      return new Date(number * DAY)
    case 'WEEK':
      return new Date(FIRST_MONDAY + number * 7 * DAY)
    case 'MONTH':
      return new Date(Date.UTC(1970, number))
  }
}
