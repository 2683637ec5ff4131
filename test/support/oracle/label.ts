/** How labels are compared, told a second time and in the plainest way. */

const DASHES = '\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFE58\uFE63\uFF0D'

/** Lots, serials, names: two texts are the same when their plain forms are. */
export function plain(text: string): string {
  let made = ''
  for (const character of text.normalize('NFKC')) {
    made += DASHES.includes(character) ? '-' : character
  }
  return made.trim().toUpperCase()
}

/** UDI-DIs: GTINs in 14 digits, everything else as text. */
export function plainUdiDi(text: string): string {
  const made = plain(text)
  return isGtin(made) ? made.padStart(14, '0') : made
}

export function isGtin(text: string): boolean {
  return hasGtinForm(text) && checkDigitIsRight(text)
}

/** A number that looks like a GTIN, whose check digit is not the right one. */
export function isBrokenGtin(text: string): boolean {
  return hasGtinForm(text) && !checkDigitIsRight(text)
}

function hasGtinForm(text: string): boolean {
  return [8, 12, 13, 14].includes(text.length) && [...text].every((c) => c >= '0' && c <= '9')
}

/** All digits from the right, weighted 1, 3, 1, 3 …, must add up to a multiple of 10. */
function checkDigitIsRight(text: string): boolean {
  let sum = 0
  let weight = 1
  for (const digit of [...text].reverse()) {
    sum += weight * Number(digit)
    weight = weight === 1 ? 3 : 1
  }
  return sum % 10 === 0
}

/** PostgreSQL keeps no NUL; a replacement character stands in its place. */
export function stored(text: string): string {
  return text.split('\0').join('\uFFFD')
}

/** What a mint leaves blank is missing. */
export function statedOrMissing(text: string): string | null {
  return text.trim() === '' ? null : stored(text)
}

/** YYYYMMDD as YYYY-MM-DD; null for 0 and for what is in no calendar. */
export function calendarDay(yyyymmdd: bigint): string | null {
  const text = String(yyyymmdd)
  const [year, month, day] = [text.slice(0, 4), text.slice(4, 6), text.slice(6)]
  const date = `${year}-${month}-${day}`
  return text.length === 8 && isCalendarDay(date) ? date : null
}

export function isCalendarDay(date: string): boolean {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return day >= 1 && day <= (days[month - 1] ?? 0)
}

/** Order by code point, as the database compares text of this world (all of it below U+D800). */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
