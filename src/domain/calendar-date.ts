/**
 * A calendar date `YYYY-MM-DD` from the number YYYYMMDD that the contract writes. Dates of devices
 * have no time zone: as an instant, 2026-01-31 would be another day in half of the world.
 *
 * @returns null for 0 (absent), undefined for a number that is no date of the calendar
 */
export function calendarDate(yyyymmdd: number): string | null | undefined {
  if (yyyymmdd === 0) return null
  const digits = String(yyyymmdd)
  if (!/^\d{8}$/.test(digits)) return undefined
  const text = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
  return isCalendarDate(text) ? text : undefined
}

/** Days of each month, of a leap year. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * Whether a text is an ISO 8601 calendar date that exists. Reckoned, not tried with `Date`: that is
 * ten times slower, and every mint has two dates.
 */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const month = Number(text.slice(5, 7))
  const day = Number(text.slice(8))
  const days = DAYS[month - 1] ?? 0
  if (month === 2 && day === 29) return isLeapYear(Number(text.slice(0, 4)))
  return day >= 1 && day <= days
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}
