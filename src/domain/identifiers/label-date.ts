import { isCalendarDate } from '../calendar-date'
import type { ProblemCode } from './problem'

/** A calendar date YYYY-MM-DD, or what is wrong with it. */
export type LabelDate =
  | { readonly date: string; readonly fault?: never }
  | { readonly date?: never; readonly fault: ProblemCode; readonly message: string }

/**
 * Of the years that end in two digits the one that lies 49 back to 50 ahead of the present one
 * (GS1 General Specifications 7.12); HIBC and old labels are read likewise.
 */
export function fullYear(twoDigits: number, presentYear: number): number {
  const ahead = twoDigits - (presentYear % 100)
  const sameCentury = presentYear + ahead
  if (ahead >= 51) return sameCentury - 100
  if (ahead <= -50) return sameCentury + 100
  return sameCentury
}

/** A date of the calendar; day 0 is the last day of the month. */
export function dateOf(year: number, month: number, day: number): LabelDate {
  if (month < 1 || month > 12) {
    return { fault: 'BAD_DATE_MONTH', message: `there is no month ${month}` }
  }
  const date = `${digits(year, 4)}-${digits(month, 2)}-${digits(day || daysIn(year, month), 2)}`
  if (isCalendarDate(date)) return { date }
  const message = `month ${month} of ${year} has no day ${day}`
  return { fault: 'BAD_DATE_DAY', message }
}

/** The n-th day of a year, counted from 1. */
export function dayOfYear(year: number, n: number): LabelDate {
  let day = n
  for (let month = 1; month <= 12; month++) {
    if (day >= 1 && day <= daysIn(year, month)) return dateOf(year, month, day)
    day -= daysIn(year, month)
  }
  return { fault: 'BAD_DATE_DAY', message: `the year ${year} has no day ${n}` }
}

/** A GS1 date YYMMDD (GS1 General Specifications 3.4.2): day 00 is the last day of the month. */
export function gs1Date(yymmdd: string, presentYear: number): LabelDate {
  const match = /^(\d\d)(\d\d)(\d\d)$/.exec(yymmdd)
  if (match === null) return { fault: 'BAD_DATE', message: `"${yymmdd}" is no date YYMMDD` }
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number)
  const read = dateOf(fullYear(year, presentYear), month, day)
  if (read.fault === undefined) return read
  return { ...read, message: `"${yymmdd}" is no date YYMMDD: ${read.message}` }
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function digits(number: number, length: number): string {
  return String(number).padStart(length, '0')
}
