import { isCalendarDate } from '../calendar-date'

/**
 * A GS1 date YYMMDD as YYYY-MM-DD (GS1 General Specifications 3.4.2 and 7.12): day 00 is the last
 * day of the month, and of the years that end in YY the one is meant that lies 49 back to 50 ahead
 * of the present one.
 *
 * @returns undefined where it is no date
 */
export function gs1Date(yymmdd: string, presentYear: number): string | undefined {
  if (!/^\d{6}$/.test(yymmdd)) return undefined
  const month = Number(yymmdd.slice(2, 4))
  const year = fullYear(Number(yymmdd.slice(0, 2)), presentYear)
  const stated = yymmdd.slice(4)
  const day = stated === '00' ? String(daysIn(year, month)) : stated
  const date = `${String(year).padStart(4, '0')}-${yymmdd.slice(2, 4)}-${day}`
  return isCalendarDate(date) ? date : undefined
}

function fullYear(twoDigits: number, presentYear: number): number {
  const ahead = twoDigits - (presentYear % 100)
  const sameCentury = presentYear + ahead
  if (ahead >= 51) return sameCentury - 100
  if (ahead <= -50) return sameCentury + 100
  return sameCentury
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}
