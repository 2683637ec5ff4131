import type { LabelField } from './label-table'
import { labelAt } from './labels'
import { isCandidate, listValueAt } from './list-value'
import type { NoticeText } from './notice-text'
import { printedDateAt } from './printed-date'
import { type Statement, statement } from './statement'
import { type Cell, endOfLine, isBarLine, isRule, lineAt } from './table-line'

/** A table that was read: its statements row by row, and the index after it. */
export interface Table {
  statements: Statement[]
  next: number
}

const NAMES: readonly Statement['field'][] = ['udiDi', 'model']
const WRONG_CELL = 'a cell that does not fit the head of its column'

/** Heads of columns that limit nothing. Any other that is no label may: "Status", "Safe". */
const HARMLESS = new Set([
  ...'product|products|product name|product description|description|trade name'.split('|'),
  ...'name|brand name|device|device name|item|size|brand|type|country|manufacturer'.split('|'),
])

/**
 * The table whose head is the line at a token: labels, and lines of as many cells below. Cells are
 * parted by bars, or by tabs or more than one blank; then two columns must be labels.
 */
export function tableAt(notice: NoticeText, start: number): Table | undefined {
  if (start > 0 && notice.tokens[start]?.line !== true) return undefined
  const bars = isBarLine(notice, start)
  const head = lineAt(notice, start, bars)
  const columns = head.map((cell) => columnOf(notice, cell))
  const known = columns.filter((field) => field !== undefined)
  const harmless = head.every(
    (cell, column) => columns[column] || (bars && isHarmless(notice, cell)),
  )
  if (known.length < (bars ? 1 : 2) || !harmless || head.length < 2) return undefined
  const statements: Statement[] = []
  let next = endOfLine(notice, start)
  if (bars && isRule(notice, next)) next = endOfLine(notice, next)
  const body = next
  for (;;) {
    const cells = lineAt(notice, next, bars)
    if (cells.length !== columns.length) {
      if (next === body) return undefined
      break
    }
    statements.push(...rowOf(notice, cells, columns))
    next = endOfLine(notice, next)
  }
  notice.markRead(start, body)
  return { statements, next }
}

function isHarmless(notice: NoticeText, { first, next }: Cell): boolean {
  const words = notice.tokens.slice(first, next).map(({ word }) => word)
  return HARMLESS.has(words.join(' '))
}

/** What a cell of the head labels, if it is a label and nothing else. */
function columnOf(notice: NoticeText, cell: Cell): LabelField | undefined {
  const { next } = cell
  const first = notice.word(cell.first) === 'affected' ? cell.first + 1 : cell.first
  const label = labelAt(notice.tokens.slice(first, next), 0)
  return label?.next === next - first ? label.field : undefined
}

/**
 * The statements of a row, names first. A row whose names cannot be read would be taken for units
 * of the row before it: it is left out.
 */
function rowOf(
  notice: NoticeText,
  cells: readonly Cell[],
  fields: readonly (LabelField | undefined)[],
): Statement[] {
  const found = cells.flatMap((cell, column) => {
    const field = fields[column]
    if (field === undefined) return []
    const read = cellOf(notice, cell, field)
    if (read === undefined) notice.refuse(cell.first, cell.next, WRONG_CELL)
    else notice.markRead(cell.first, cell.next)
    return read ?? []
  })
  const names = found.filter(({ field }) => isName(field))
  if (names.length === 0 && fields.some((field) => field !== undefined && isName(field))) {
    for (const { first, next } of cells) notice.refuse(first, next, WRONG_CELL)
    return []
  }
  const units = found.filter(({ field }) => field === 'lot' || field === 'serial')
  const dates = found.filter(({ field }) => field === 'expiry' || field === 'made')
  return [...names, ...units, ...dates.map((date) => ({ ...date, continues: true }))]
}

function isName(field: Statement['field']): boolean {
  return NAMES.includes(field)
}

function cellOf(notice: NoticeText, cell: Cell, field: LabelField): Statement | undefined {
  const { first, next } = cell
  if (field === 'other' || field === 'unclear' || first === next) return undefined
  if (notice.exclusion(first) !== undefined) return undefined
  if (field === 'expiry' || field === 'made') {
    const date = printedDateAt(notice.tokens, first)
    return date?.next === next ? statement({ field, dates: [date], first, next }) : undefined
  }
  const values = valuesOf(notice, cell, field)
  return values && statement({ field, values, first, next })
}

/** The values of a cell that holds nothing else. */
function valuesOf(notice: NoticeText, cell: Cell, field: LabelField): string[] | undefined {
  const values: string[] = []
  for (let index = cell.first; ; index++) {
    if (index >= cell.next || !isCandidate(notice, index, field)) return undefined
    const value = listValueAt(notice, index, field)
    if ('problem' in value || value.next > cell.next) return undefined
    values.push(value.text)
    if (value.next === cell.next) return values
    index = value.next
    if (!/^(,|;|and|&)$/.test(notice.word(index))) return undefined
  }
}
