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

/** Whether a text is an ISO 8601 calendar date that exists. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const instant = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text)
}
