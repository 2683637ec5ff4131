import type { NoticeText } from './notice-text'

/** Whether `2)` or `b.` begins at a token: the mark of an entry in a list of entries. */
export function isListMark(notice: NoticeText, index: number): boolean {
  const entry = notice.tokens[index + 2]
  if (entry === undefined || entry.line) return false
  if (!/^(\d{1,2}|[a-z])$/.test(notice.word(index))) return false
  if (notice.word(index + 1) === ')') return !notice.closes(index + 1)
  if (notice.word(index + 1) !== '.') return false
  return /^[;.]?$/.test(notice.word(index - 1)) || notice.tokens[index]?.wide === true
}

/** Whether a mark can be nothing else: `; 13.` within a line may also end a list of lots. */
export function isClearMark(notice: NoticeText, index: number): boolean {
  const begins = index === 0 || notice.tokens[index]?.line === true
  return begins || notice.word(index + 1) === ')' || !/^\d/.test(notice.word(index))
}
