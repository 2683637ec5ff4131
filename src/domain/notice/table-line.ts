import type { NoticeText } from './notice-text'

/** Tokens of one cell; none where a cell between bars is empty. */
export interface Cell {
  first: number
  next: number
}

/** Index after the last token of the line that a token begins. */
export function endOfLine(notice: NoticeText, start: number): number {
  let next = start + 1
  while (next < notice.tokens.length && notice.tokens[next]?.line === false) next++
  return Math.min(next, notice.tokens.length)
}

/** Whether bars stand in the line that a token begins. */
export function isBarLine(notice: NoticeText, start: number): boolean {
  const next = endOfLine(notice, start)
  for (let index = start; index < next; index++) if (notice.shown(index) === '|') return true
  return false
}

/** Whether a line has nothing but dashes: `|---|:---:|`. */
export function isRule(notice: NoticeText, start: number): boolean {
  const line = notice.tokens.slice(start, endOfLine(notice, start))
  return line.length > 0 && line.every(({ text }) => /^([|:]|-+)$/.test(text))
}

/**
 * The cells of the line that a token begins.
 *
 * @param bars bars part them; else tabs, or more than one blank
 */
export function lineAt(notice: NoticeText, start: number, bars: boolean): Cell[] {
  if (start >= notice.tokens.length) return []
  const next = endOfLine(notice, start)
  return bars ? betweenBars(notice, start, next) : betweenBlanks(notice, start, next)
}

function betweenBlanks(notice: NoticeText, start: number, end: number): Cell[] {
  const cells: Cell[] = []
  for (let index = start; index < end; index++) {
    const last = cells.at(-1)
    if (last === undefined || notice.tokens[index]?.wide)
      cells.push({ first: index, next: index + 1 })
    else last.next = index + 1
  }
  return cells
}

/** A bar at the beginning or the end of the line is its frame. */
function betweenBars(notice: NoticeText, start: number, end: number): Cell[] {
  const cells: Cell[] = []
  const isBar = (index: number) => notice.shown(index) === '|'
  let first = isBar(start) ? start + 1 : start
  for (let index = first; index < end; index++) {
    if (!isBar(index)) continue
    cells.push({ first, next: index })
    first = index + 1
  }
  if (first < end) cells.push({ first, next: end })
  return cells
}
