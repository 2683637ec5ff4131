import type { NoticeText } from './notice-text'
import { AUXILIARIES } from './words'

/** Words that say which units a recall is about. */
interface Affirmation {
  next: number
  /** They stand before what they are said of: "Affected lots:", "New lots:". */
  heading: boolean
  /** "None of the lots … are affected". */
  denied: boolean
}

const AFFIRMED = /^(affected|impacted|recalled|concerned|included|implicated)$/
const HEADINGS = /^(affected|impacted|recalled|new|additional)$/
const UNITS_OF = /^(lots?|units?|devices?|products?|batch|batches|serials?|models?)$/

/**
 * The words at a token that say that units are affected, if they do.
 *
 * @param subject index of the token at which the subject of a predicate begins
 */
export function affirmationAt(
  notice: NoticeText,
  index: number,
  subject: number,
): Affirmation | undefined {
  const word = notice.word(index)
  const next = index + 1
  const before = notice.word(index - 1)
  if (HEADINGS.test(word) && begins(notice, index)) {
    const headed = notice.word(next) === ':' || notice.label(next) !== undefined
    if (headed) return { next, heading: true, denied: false }
  }
  if (!AFFIRMED.test(word) && !(word === 'subject' && notice.word(next) === 'to')) {
    return undefined
  }
  const denied = isDenied(notice, subject)
  const predicate = AUXILIARIES.has(before)
  return predicate || denied ? { next, heading: false, denied } : undefined
}

function begins(notice: NoticeText, index: number): boolean {
  if (index === 0 || notice.tokens[index]?.line) return true
  return /^([.;:,•)|-]|but|and|only|the)$/.test(notice.word(index - 1))
}

/** "None of", "Neither", "No units of" at the beginning; "no other" denies nothing of the list. */
function isDenied(notice: NoticeText, subject: number): boolean {
  const start = /^[,;.(-]$|^(and|but)$/.test(notice.word(subject)) ? subject + 1 : subject
  const word = notice.word(start)
  if (word === 'none' || word === 'neither') return true
  return word === 'no' && UNITS_OF.test(notice.word(start + 1))
}
