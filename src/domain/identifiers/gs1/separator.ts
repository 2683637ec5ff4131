/**
 * FNC1 between two elements: the control character GS as scanners send it, and its spellings in
 * logs, forms and manuals. None of them can be part of a GS1 value but `<GS>`, which no label has.
 */
const SPELLINGS = '\\u001d|\\u241d|\\^|[<{[](?:GS|FNC1)[>}\\]]|\\\\x1d|\\\\u001d'
const HERE = new RegExp(SPELLINGS, 'iy')
const NEXT = new RegExp(SPELLINGS, 'ig')
const BLANKS_HERE = new RegExp(`${SPELLINGS}| +`, 'iy')
const BLANKS_NEXT = new RegExp(`${SPELLINGS}| +`, 'ig')

/** Where separators stand in a text; places are counted from 0. */
export interface Separators {
  /** How long the separator at a place is; 0 where there is none. */
  lengthAt(index: number): number
  /** The place of the next one, or the end of the text. */
  next(from: number): number
}

/** @param blanks whether a blank was written for FNC1 */
export function separatorsOf(text: string, blanks: boolean): Separators {
  const [here, next] = blanks ? [BLANKS_HERE, BLANKS_NEXT] : [HERE, NEXT]
  return {
    lengthAt(index) {
      here.lastIndex = index
      return here.exec(text)?.[0].length ?? 0
    },
    next(from) {
      next.lastIndex = from
      return next.exec(text)?.index ?? text.length
    },
  }
}
