import type { NoticeText } from './notice-text'

/** Whether `2)` or `b.` begins at a token: the mark of an entry in a list of entries. */
export function isListMark(notice: NoticeText, index: number): boolean {
  if (!/^(\d{1,2}|[a-z])$/.test(notice.word(index))) return false
  if (notice.word(index + 1) === ')') return !notice.closes(index + 1)
  if (notice.word(index + 1) !== '.') return false
  return /^[;.]?$/.test(notice.word(index - 1)) || notice.tokens[index]?.wide === true
}
