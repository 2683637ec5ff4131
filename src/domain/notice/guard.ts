import type { NoticeText } from './notice-text'
import { BOUNDS, CONNECTORS, MISSING, RANGE_CONNECTORS, USES } from './words'

export const ONE_END = 'one end of a range whose other end is not read'
export const EXCLUDED = 'stands after words that exclude'
export const EXCLUDED_BEHIND = 'stands before words that exclude'
export const EXCLUDED_TOO = 'stands beside words that exclude in another place'
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
    if (/^(but|however|whereas|while)$/.test(word)) break
    // How far these words reach has been decided for the whole text.
    if (notice.exclusion(index) !== undefined) break
    if (BOUNDS.has(word) && notice.word(index - 1) !== 'limited') return ONE_END
    if (word === 'not' && !harmless(notice.word(index + 1))) return EXCLUDED
    if (word === 'than' || (word === 'non' && back <= 2)) return EXCLUDED
  }
  return carriedOn(notice, label)
}

/** "not available" and "do not use" exclude nothing, nor does "not limited to". */
function harmless(negated: string): boolean {
  return MISSING.has(negated) || USES.has(negated) || negated === 'limited'
}

/** "between lot A and lot B": the second end is no value either. */
function carriedOn(notice: NoticeText, label: number): string | undefined {
  const joint = notice.word(label - 1)
  if (!CONNECTORS.has(joint) && !RANGE_CONNECTORS.has(joint)) return undefined
  const reason = notice.refusal(label - 2)
  return reason === ONE_END || reason === EXCLUDED ? reason : undefined
}
