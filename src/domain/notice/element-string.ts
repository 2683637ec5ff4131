import { isGtin } from '../identity-key'
import type { NoticeText } from './notice-text'
import { printedDateAt } from './printed-date'
import { type Statement, statement } from './statement'
import { codeProblem, looksLikeCode } from './value'

/** Application identifiers of GS1 that a scope can hold. */
const FIELDS = new Map<string, Statement['field']>([
  ['10', 'lot'],
  ['21', 'serial'],
  ['17', 'expiry'],
  ['11', 'made'],
])

/**
 * The bracketed UDI that begins at a token: `(01)00844505000772(10)122927(17)310301`. Only behind
 * (01) and a right GTIN is a number in parentheses an application identifier; elsewhere it may be
 * a quantity or a list mark.
 */
export function elementStringAt(
  notice: NoticeText,
  start: number,
): { statements: Statement[]; next: number } | undefined {
  if (notice.word(start + 1) !== '01' || !isIdentifier(notice, start)) return undefined
  const gtin = notice.shown(start + 3)
  if (gtin.length !== 14 || !isGtin(gtin)) return undefined
  let next = start + 4
  const statements = [statement({ field: 'udiDi', values: [gtin], first: start, next })]
  for (;;) {
    const field = isIdentifier(notice, next) ? FIELDS.get(notice.word(next + 1)) : undefined
    const part = field === undefined ? undefined : elementAt(notice, next, field)
    if (part === undefined) break
    statements.push(part)
    next = part.next
  }
  for (const { first, next: end } of statements) notice.markRead(first, end)
  return { statements, next }
}

function elementAt(
  notice: NoticeText,
  first: number,
  field: Statement['field'],
): Statement | undefined {
  const next = first + 4
  const value = notice.shown(first + 3)
  const element = { field, first, next, sameUdi: true }
  if (field === 'lot' || field === 'serial') {
    const usable = looksLikeCode(value) && codeProblem(value) === undefined
    return usable ? statement({ ...element, values: [value] }) : undefined
  }
  const date = /^\d{6}$/.test(value) ? printedDateAt(notice.tokens, first + 3) : undefined
  return date && statement({ ...element, dates: [date] })
}

function isIdentifier(notice: NoticeText, start: number): boolean {
  if (notice.shown(start) !== '(' || notice.shown(start + 2) !== ')') return false
  return /^\d{2,4}$/.test(notice.shown(start + 1))
}
