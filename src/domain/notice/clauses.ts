import { isListMark } from './list-mark'
import type { NoticeText } from './notice-text'
import { isDateWord } from './printed-date'
import { looksLikeCode } from './value'

/** A part of a notice that makes one statement about its units. */
export interface Clause {
  first: number
  next: number
  /** What ends the clause before it: a blank line, a line end or full stop, or less. */
  after: 'paragraph' | 'sentence' | 'mark'
  /** A label stands in it. */
  labelled: boolean
}

/** Index of a token → index after the label that it belongs to. */
export type LabelEnds = readonly (number | undefined)[]

export interface Clauses {
  clauses: readonly Clause[]
  labels: LabelEnds
}

/**
 * Cuts a notice where one statement about units may end and the next begin. The full stop of
 * "Lot No." ends nothing, nor does anything in parentheses.
 */
export function clausesOf(notice: NoticeText): Clauses {
  const labels: (number | undefined)[] = []
  const clauses: Clause[] = []
  let clause: Clause = { first: 0, next: 0, after: 'paragraph', labelled: false }
  let closing = 0
  for (let index = 0; index < notice.tokens.length; index++) {
    const inside = labels[index] !== undefined
    const after = inside || index < closing ? undefined : endBefore(notice, index, labels)
    if (after !== undefined && index > 0) {
      clauses.push(clause)
      clause = { first: index, next: index, after, labelled: false }
    }
    const label = inside ? undefined : notice.label(index)
    for (let at = index; label !== undefined && at < label.next; at++) labels[at] = label.next
    clause.labelled ||= label !== undefined
    clause.next = index + 1
    closing = Math.max(closing, notice.closing(index) ?? 0)
  }
  clauses.push(clause)
  return { clauses, labels }
}

function endBefore(
  notice: NoticeText,
  index: number,
  labels: LabelEnds,
): Clause['after'] | undefined {
  const token = notice.tokens[index]
  const before = notice.word(index - 1)
  if (token?.line && blankLine(notice, index)) return 'paragraph'
  if (/^\.+$/.test(before) && labels[index - 1] === undefined) return 'sentence'
  if (token?.line && !/^(,|;|and|or|&|\/)$/.test(before)) return 'sentence'
  if (notice.word(index) === '•' || isListMark(notice, index)) return 'mark'
  if (before === ';' && (!isCode(notice, index) || notice.label(index))) return 'mark'
  return undefined
}

function blankLine(notice: NoticeText, index: number): boolean {
  const [before, token] = [notice.tokens[index - 1], notice.tokens[index]]
  if (before === undefined || token === undefined) return true
  return /\n[^\S\n]*\r?\n/.test(notice.text.slice(before.end, token.at))
}

/** Whether a token may be an identifier, whatever label it has. */
export function isCode(notice: NoticeText, index: number): boolean {
  const text = notice.shown(index)
  return looksLikeCode(text) && !isDateWord(text)
}
