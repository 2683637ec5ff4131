import type { NoticeText } from './notice-text'
import { daysAfter, printedDateAt } from './printed-date'
import type { DateWindow } from './statement'

/** A span of days as a notice says it, and the index after it. */
export interface PrintedWindow {
  window: DateWindow
  next: number
}

type Days = { first: string; last: string }
type Bound = (days: Days) => DateWindow

const until: Bound = ({ last }) => ({ from: null, to: last })
const before: Bound = ({ first }) => ({ from: null, to: daysAfter(first, -1) })
const since: Bound = ({ first }) => ({ from: first, to: null })
const after: Bound = ({ last }) => ({ from: daysAfter(last, 1), to: null })

/** What stands before a date. Longest first: "on or before" is not "before". */
const OPENINGS = phrases([
  ['on or before', until],
  ['on or after', since],
  ['on or prior to', until],
  ['before or on', until],
  ['after or on', since],
  ['no later than', until],
  ['not later than', until],
  ['up to and including', until],
  ['earlier than', before],
  ['later than', after],
  ['prior to', before],
  ['before', before],
  ['after', after],
])

/** What stands after a date. */
const CLOSINGS = phrases([
  ['or earlier', until],
  ['and earlier', until],
  ['or before', until],
  ['and before', until],
  ['or older', until],
  ['and older', until],
  ['or prior', until],
  ['and prior', until],
  ['or later', since],
  ['and later', since],
  ['or after', since],
  ['and after', since],
  ['or newer', since],
  ['and newer', since],
])

function phrases(table: readonly (readonly [phrase: string, bound: Bound])[]) {
  return table.map(([phrase, bound]) => ({ words: phrase.split(' '), bound }))
}

const UP_TO = new Set(['to', 'through', 'thru', '-', '–', '—'])

/**
 * The span of days that begins at a token: `between A and B`, `from A to B`, `A through B`, `on or
 * before A`, `A or later`. A date that can mean two days gives no span, nor does one bare date.
 */
export function windowAt(notice: NoticeText, start: number): PrintedWindow | undefined {
  return bounded(notice, start) ?? opened(notice, start) ?? closed(notice, start)
}

function bounded(notice: NoticeText, start: number): PrintedWindow | undefined {
  const opening = notice.word(start)
  const first = opening === 'between' || opening === 'from' ? start + 1 : start
  const from = printedDateAt(notice.tokens, first)
  if (from === undefined) return undefined
  const joint = notice.word(from.next)
  if (!(opening === 'between' ? joint === 'and' : UP_TO.has(joint))) return undefined
  const to = printedDateAt(notice.tokens, from.next + 1)
  if (!from.days || !to?.days || from.days.first > to.days.last) return undefined
  return { window: { from: from.days.first, to: to.days.last }, next: to.next }
}

function opened(notice: NoticeText, start: number): PrintedWindow | undefined {
  for (const { words, bound } of OPENINGS) {
    const at = afterPhrase(notice, start, words)
    if (at === undefined) continue
    const date = printedDateAt(notice.tokens, at)
    return date?.days && { window: bound(date.days), next: date.next }
  }
  return undefined
}

function closed(notice: NoticeText, start: number): PrintedWindow | undefined {
  const date = printedDateAt(notice.tokens, start)
  if (date?.days === undefined) return undefined
  for (const { words, bound } of CLOSINGS) {
    const next = afterPhrase(notice, date.next, words)
    if (next !== undefined) return { window: bound(date.days), next }
  }
  return undefined
}

function afterPhrase(
  notice: NoticeText,
  start: number,
  words: readonly string[],
): number | undefined {
  return words.every((word, index) => notice.word(start + index) === word)
    ? start + words.length
    : undefined
}
