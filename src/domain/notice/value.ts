import { gtinProblem } from '../identifiers/gtin'
import { isGtin } from '../identity-key'
import { isDateWord } from './printed-date'

/** Longer than any lot or serial of a label: GS1 allows 20 characters, makers print a few more. */
const CODE_LENGTH_MAX = 40

const ORDINAL_OR_MEASURE = /^[\d.]+(st|nd|rd|th|mm|cm|ml|mg|mcg|kg|fr|ga|v|hz|%|x|in)$/i

/**
 * Whether a word may be an identifier at all. It has a digit: words of letters only cannot be told
 * from prose, and a lot that is read out of prose is worse than one that is left unread.
 */
export function looksLikeCode(text: string): boolean {
  return /\d/.test(text) && !ORDINAL_OR_MEASURE.test(text)
}

/** A model name may do without digits where its form is no word: `TSF-/-BH`. */
export function looksLikeModel(text: string): boolean {
  return looksLikeCode(text) || /^[A-Z0-9]+([-/]+[A-Z0-9]+)+$/.test(text)
}

/** Why a word that looks like an identifier cannot be taken as one lot, serial or version. */
export function codeProblem(text: string): string | undefined {
  if (text.length > CODE_LENGTH_MAX) return `longer than ${CODE_LENGTH_MAX} characters`
  if (isDateWord(text)) return 'a date, and no label says which'
  if (/[*?]/.test(text)) return STARRED
  if (/\dx{2,}|\dX{3,}|x{2,}\d/.test(text)) return WILDCARD
  if (/\+$/.test(text)) return 'a range without its other end'
  if (text.includes('/')) return 'one value or two, with a slash between'
  if (!/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text)) {
    return 'has a character that labels do not print'
  }
  return undefined
}

const WILDCARD = 'a pattern: if it stands for any characters, write them as ? (one) or * (any)'

const STARRED =
  'a pattern, or a value with a mark: add it to the scope if * stands for any characters' +
  ' or ? for one'

/** Why a value under a label of a UDI-DI is not proposed as one. */
export function udiDiProblem(text: string): string | undefined {
  if (isGtin(text)) return undefined
  const problem = gtinProblem(text)
  if (problem !== undefined) return `labelled as a UDI-DI, but the ${problem}`
  return 'labelled as a UDI-DI, but no GTIN of 8, 12, 13 or 14 digits: it is on no label'
}

/** Why a model name cannot be taken as one word. */
export function modelProblem(text: string): string | undefined {
  if (text.length > CODE_LENGTH_MAX) return `longer than ${CODE_LENGTH_MAX} characters`
  return isDateWord(text) ? 'a date, and no label says which' : undefined
}

/** The form of a value: letters to A, digits to 9. Members of a list are mostly of one form. */
export function shapeOf(text: string): string {
  return text.replace(/[A-Za-z]/g, 'A').replace(/\d/g, '9')
}
