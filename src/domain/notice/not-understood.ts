import type { NoticeQuote } from './notice-reading'
import type { NoticeText } from './notice-text'
import { CONNECTORS } from './words'

const NO_LABEL = 'no label says what the numbers are'
const PROSE = 'words that no field of a scope holds'

/** Everything in a notice that no statement took, in stretches of one reason each. */
export function notUnderstood(notice: NoticeText): NoticeQuote[] {
  const quotes: NoticeQuote[] = []
  const count = notice.tokens.length
  for (let index = 0; index < count; ) {
    if (notice.isRead(index) || isNeutral(notice, index)) {
      index++
      continue
    }
    const reason = notice.reason(index)
    const next = endOfStretch(notice, index, reason)
    const { at } = notice.tokens[index] ?? { at: 0 }
    const text = notice.between(index, next)
    quotes.push({ text, at, reason: reason ?? (/\d/.test(text) ? NO_LABEL : PROSE) })
    index = next
  }
  return quotes
}

/** Index after the last word of the stretch; marks at its end are left out. */
function endOfStretch(notice: NoticeText, first: number, reason: string | undefined): number {
  let next = first + 1
  for (let index = first + 1; index < notice.tokens.length; index++) {
    if (notice.isRead(index)) break
    if (isNeutral(notice, index)) continue
    if (notice.reason(index) !== reason) break
    next = index + 1
  }
  return next
}

/** Marks, and words that only join. */
function isNeutral(notice: NoticeText, index: number): boolean {
  const token = notice.tokens[index]
  return token === undefined || token.kind === 'mark' || CONNECTORS.has(token.word)
}
