import { isCalendarDate } from '../calendar-date'
import type { Token } from './tokens'

/** A date as a notice prints it. */
export interface PrintedDate {
  printed: string
  /**
   * First and last day that it can mean, YYYY-MM-DD: a month is all of its days. Absent where the
   * text leaves more than one reading: 05/04/2024, or a year of two digits.
   */
  days?: { first: string; last: string }
  /** Index after its last token. */
  next: number
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const MONTH = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}$/
const YEAR = /^(19[89]\d|20\d\d)$/

/** A date that no identifier is written like. */
const DATE_WORDS: readonly RegExp[] = [
  /^\d{1,2}[/-]\d{1,2}[/-](\d{4}|\d{2})$/,
  /^\d{4}[/-]\d{1,2}([/-]\d{1,2})?$/,
  /^\d{1,2}\/(\d{4}|\d{2})$/,
  /^(\d{1,2}-)?[a-z]{3,9}-(\d{4}|\d{2})$/i,
]

/** Whether a word is written as a date, with marks between its parts. */
export function isDateWord(text: string): boolean {
  if (!DATE_WORDS.some((form) => form.test(text))) return false
  const letters = /[a-z]+/i.exec(text)?.[0]
  return letters === undefined || MONTH.test(letters.toLowerCase())
}

/** The date that begins at a token, if one does. */
export function printedDateAt(tokens: readonly Token[], first: number): PrintedDate | undefined {
  return spelledOut(tokens, first) ?? oneWord(tokens, first)
}

/** `February 2015`, `Feb 1, 2015`, `1 Feb 2015`. */
function spelledOut(tokens: readonly Token[], first: number): PrintedDate | undefined {
  const parts = tokens.slice(first, first + 5).filter(({ text }) => text !== ',' && text !== '.')
  const [a = '', b = '', c = ''] = parts.map(({ word }) => word)
  const found = MONTH.test(a)
    ? YEAR.test(b)
      ? { length: 2, days: monthDays(b, monthOf(a)) }
      : isDay(b) && YEAR.test(c)
        ? { length: 3, days: day(c, monthOf(a), b) }
        : undefined
    : isDay(a) && MONTH.test(b) && YEAR.test(c)
      ? { length: 3, days: day(c, monthOf(b), a) }
      : undefined
  const last = parts[(found?.length ?? 0) - 1]
  if (found === undefined || last === undefined) return undefined
  const next = tokens.indexOf(last, first) + 1
  return { printed: printed(tokens, first, next), next, ...known(found.days) }
}

function printed(tokens: readonly Token[], first: number, next: number): string {
  return tokens
    .slice(first, next)
    .map(({ text, tight }, index) => (index === 0 || tight ? text : ` ${text}`))
    .join('')
}

function oneWord(tokens: readonly Token[], first: number): PrintedDate | undefined {
  const word = tokens[first]?.text ?? ''
  if (!isDateWord(word) && !/^(\d{8}|\d{6})$/.test(word) && !YEAR.test(word)) return undefined
  return { printed: word, next: first + 1, ...known(daysOf(word.toLowerCase())) }
}

function daysOf(word: string): PrintedDate['days'] {
  const parts = word.split(/[/-]/)
  const [a = '', b = '', c = ''] = parts
  if (parts.length === 1) return oneNumber(word)
  if (parts.length === 2) {
    if (YEAR.test(a)) return monthDays(a, b)
    return YEAR.test(b) ? monthDays(b, MONTH.test(a) ? monthOf(a) : a) : undefined
  }
  if (YEAR.test(a)) return day(a, b, c)
  if (!YEAR.test(c)) return undefined
  if (MONTH.test(b)) return day(c, monthOf(b), a)
  // Month first in the United States, day first elsewhere: only one of the two may be possible.
  const readings = [day(c, a, b), day(c, b, a)].filter((reading) => reading !== undefined)
  return readings.length === 1 || a === b ? readings[0] : undefined
}

/** 20240930 or 2024. */
function oneNumber(word: string): PrintedDate['days'] {
  if (YEAR.test(word)) return { first: `${word}-01-01`, last: `${word}-12-31` }
  if (word.length !== 8) return undefined
  return day(word.slice(0, 4), word.slice(4, 6), word.slice(6))
}

function known(days: PrintedDate['days']): { days?: { first: string; last: string } } {
  return days === undefined ? {} : { days }
}

function monthOf(name: string): string {
  return String(MONTHS.indexOf(name.slice(0, 3)) + 1)
}

function isDay(word: string): boolean {
  return /^\d{1,2}$/.test(word)
}

function day(year: string, month: string, date: string): PrintedDate['days'] {
  const iso = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isCalendarDate(iso) ? { first: iso, last: iso } : undefined
}

function monthDays(year: string, month: string): PrintedDate['days'] {
  const start = day(year, month, '1')
  if (start === undefined) return undefined
  const last = ['31', '30', '29', '28'].find((date) => day(year, month, date) !== undefined)
  return last === undefined
    ? undefined
    : { first: start.first, last: `${start.first.slice(0, 8)}${last}` }
}

/** The calendar day so many days after another. */
export function daysAfter(date: string, days: number): string {
  const instant = new Date(`${date}T00:00:00Z`)
  instant.setUTCDate(instant.getUTCDate() + days)
  return instant.toISOString().slice(0, 10)
}
