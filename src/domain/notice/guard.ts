import type { NoticeText } from './notice-text'
import { BOUNDS, EXCLUSIONS, MISSING } from './words'

export const ONE_END = 'one end of a range whose other end is not read'
export const EXCLUDED = 'stands after words that exclude'
export const UNCLEAR = 'labels of different kinds stand together: which value is which'
export const NO_DEVICE = 'its label is of no identifier of a device'

/** Words before a label that are looked at. */
const LOOK_BACK = 3

/**
 * Why the values after a label must not be taken although they can be read: "prior to serial
 * number 100", "not lot 12".
 */
export function guardBefore(notice: NoticeText, label: number): string | undefined {
  for (let back = 1; back <= LOOK_BACK; back++) {
    const index = label - back
    const word = notice.word(index)
    if (word === '' || notice.isRead(index) || /^[,;:.()]$/.test(word)) break
    if (BOUNDS.has(word)) return ONE_END
    if (word === 'not' && !MISSING.has(notice.word(index + 1))) return EXCLUDED
    if (word === 'than' || (word === 'non' && back <= 2)) return EXCLUDED
  }
  return carriedOn(notice, label)
}

/** "between lot A and lot B": the second end is no value either. */
function carriedOn(notice: NoticeText, label: number): string | undefined {
  const reason = notice.reason(label - 2)
  return reason === ONE_END || reason === EXCLUDED ? reason : undefined
}

/** Whether a word excludes what the rest of its sentence names. */
export function excludes(notice: NoticeText, index: number): boolean {
  const word = notice.word(index)
  return EXCLUSIONS.has(word) || (word === 'other' && notice.word(index + 1) === 'than')
}
