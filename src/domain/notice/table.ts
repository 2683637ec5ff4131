import type { LabelField } from './label-table'
import { labelAt } from './labels'
import { isCandidate, listValueAt } from './list-value'
import type { NoticeText } from './notice-text'
import { printedDateAt } from './printed-date'
import { type Statement, statement } from './statement'

/** Tokens of one cell. */
interface Cell {
  first: number
  next: number
}

/** A table that was read: its statements row by row, and the index after it. */
export interface Table {
  statements: Statement[]
  next: number
}

const NAMES: readonly Statement['field'][] = ['udiDi', 'model']
const WRONG_CELL = 'a cell that does not fit the head of its column'

/**
 * The table whose head is the line at a token: two or more labels, and lines of as many cells
 * below. Cells are parted by tabs or by more than one blank.
 */
export function tableAt(notice: NoticeText, start: number): Table | undefined {
  if (start > 0 && notice.tokens[start]?.line !== true) return undefined
  const head = lineAt(notice, start)
  const columns = head.map((cell) => columnOf(notice, cell))
  const known = columns.filter((field) => field !== undefined)
  if (known.length < 2 || known.length < columns.length) return undefined
  const statements: Statement[] = []
  let next = endOf(head, start)
  for (let rows = 0; ; rows++) {
    const cells = lineAt(notice, next)
    if (cells.length !== columns.length) {
      if (rows === 0) return undefined
      break
    }
    statements.push(...rowOf(notice, cells, known))
    next = endOf(cells, next)
  }
  notice.markRead(start, endOf(head, start))
  return { statements, next }
}

/** The cells from a token to the end of its line. */
function lineAt(notice: NoticeText, start: number): Cell[] {
  const cells: Cell[] = []
  for (let index = start; index < notice.tokens.length; index++) {
    const token = notice.tokens[index]
    if (token === undefined || (token.line && index > start)) break
    const last = cells.at(-1)
    if (last === undefined || token.wide) cells.push({ first: index, next: index + 1 })
    else last.next = index + 1
  }
  return cells
}

function endOf(cells: readonly Cell[], start: number): number {
  return cells.at(-1)?.next ?? start
}

/** What a cell of the head labels, if it is a label and nothing else. */
function columnOf(notice: NoticeText, { first, next }: Cell): LabelField | undefined {
  const label = labelAt(notice.tokens.slice(first, next), 0)
  return label?.next === next - first ? label.field : undefined
}

/** The statements of a row, names first. */
function rowOf(notice: NoticeText, cells: readonly Cell[], fields: readonly LabelField[]) {
  const found = cells.flatMap((cell, column) => {
    const field = fields[column]
    const read = field === undefined ? undefined : cellOf(notice, cell, field)
    if (read === undefined) notice.refuse(cell.first, cell.next, WRONG_CELL)
    else notice.markRead(cell.first, cell.next)
    return read ?? []
  })
  const names = found.filter(({ field }) => NAMES.includes(field))
  const units = found.filter(({ field }) => field === 'lot' || field === 'serial')
  const dates = found.filter(({ field }) => field === 'expiry' || field === 'made')
  return [...names, ...units, ...dates.map((date) => ({ ...date, continues: true }))]
}

function cellOf(notice: NoticeText, cell: Cell, field: LabelField): Statement | undefined {
  const { first, next } = cell
  if (field === 'other' || field === 'unclear') return undefined
  if (field === 'expiry' || field === 'made') {
    const date = printedDateAt(notice.tokens, first)
    return date?.next === next ? statement({ field, dates: [date], first, next }) : undefined
  }
  if (!isCandidate(notice, first, field)) return undefined
  const value = listValueAt(notice, first, field)
  if (value.next !== next || 'problem' in value) return undefined
  return statement({ field, values: [value.text], first, next })
}
