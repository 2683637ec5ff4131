/**
 * Text cells that survive a spreadsheet. Two things happen to text in CSV when it is opened: what
 * begins like a formula is run (a serial `=HYPERLINK(…)` from a hostile label), and what looks like
 * a number or a date becomes one (`09506000134352` loses its zero, a serial of 20 digits its last
 * ones, lot `MAR-02` becomes a day in March). An apostrophe in front prevents both, and shows.
 *
 * Reversible: whatever begins with an apostrophe has been given one, so to read a cell, take one
 * leading apostrophe away.
 */
const APOSTROPHE = "'"

/** Also after blanks and quotes, which some programs strip; full-width signs count as signs. */
const FORMULA = /^[\s"']*[=+\-@|%\t\r\n\uff1d\uff0b\uff0d\uff20]/
/** Digits with what numbers, dates, times and amounts are written with, and nothing else. */
const NUMBER_LIKE = /^\(?[$€£¥]?\s?[\d.,][\d.,\s'’:/\-+e%$€£¥apm]*\)?$/i
/** Months in English, German, French, Spanish and Italian: `MAR02`, `2-Sept`, `1 dez 2026`. */
const MONTH = [
  'jan(uary|uar|vier)?|feb(ruary|ruar)?|mar(ch|zo)?|mär(z)?|apr(il|ile)?|may(o)?|june?|july?',
  'aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?|mai|juni|juli|okt(ober)?|dez(ember)?',
  'fév|févr|avr(il)?|juin|juil(let)?|août|déc|ene(ro)?|abr(il)?|ago(sto)?|dic|gen|mag|giu|lug|set',
  'ott',
].join('|')
const DATE_LIKE = new RegExp(`^(\\d+[-\\s./]*)?(${MONTH})[-\\s./,\\d]*$`, 'i')
const BOOLEAN = /^(true|false)$/i

/** A text as it is written into a cell. */
export function protectedText(text: string): string {
  return mustBeProtected(text) ? APOSTROPHE + text : text
}

/** The text that a cell was made from; also that of a cell which a person marked as text. */
export function unprotectedText(cell: string): string {
  return cell.startsWith(APOSTROPHE) ? cell.slice(APOSTROPHE.length) : cell
}

function mustBeProtected(text: string): boolean {
  if (text.startsWith(APOSTROPHE) || FORMULA.test(text)) return true
  const trimmed = text.trim()
  return [NUMBER_LIKE, DATE_LIKE, BOOLEAN].some((form) => form.test(trimmed))
}
