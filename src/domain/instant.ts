import { isCalendarDate } from './calendar-date'

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/

/** What `readInstant` takes, for messages. */
export const INSTANT_FORM =
  'an instant of a day that exists, with its time zone, such as 2026-01-31T12:00:00Z or ' +
  '2026-01-31T14:00:00+02:00'

/**
 * The instant that a text in ISO 8601 names; undefined where it names none. A time zone is needed,
 * for a time without one is another instant in each. A day that does not exist is no typing error
 * to be carried over into the next month, as `Date.parse` does.
 */
export function readInstant(text: string): Date | undefined {
  const day = INSTANT.exec(text)?.[1]
  if (day === undefined || !isCalendarDate(day)) return undefined
  const instant = new Date(text)
  return Number.isNaN(instant.getTime()) ? undefined : instant
}
