import { EXCLUDED_TOO, ONE_END } from './guard'
import type { LabelField } from './label-table'
import type { NoticeText } from './notice-text'
import { joinedWord, rangeProblem, rangeText } from './range'
import {
  codeProblem,
  looksLikeCode,
  looksLikeModel,
  modelProblem,
  shapeOf,
  udiDiProblem,
} from './value'
import { OPEN_ENDED, RANGE_CONNECTORS, UNITS } from './words'

/** One member of a list: a value, or why it is none; and the index after it. */
export type ListValue = { next: number } & ({ text: string } | { problem: string })

export const BLANK_INSIDE = 'two values, or one with a blank inside'
const RANGE_OR_ENTRIES = 'a range, or two entries of a list'
const RANGE_OR_VALUE = 'a range, or one value with a hyphen'
export const QUANTITY = 'a quantity'

/** Whether a token may be a value of a list under such a label. */
export function isCandidate(notice: NoticeText, index: number, field: LabelField): boolean {
  const text = notice.shown(index)
  return field === 'model' ? looksLikeModel(text) : looksLikeCode(text)
}

/**
 * The member of a list that begins at a token which may be a value.
 *
 * @param bulleted dashes mark the members, so that none joins the end of a line to the next
 */
export function listValueAt(
  notice: NoticeText,
  index: number,
  field: LabelField,
  bulleted = false,
): ListValue {
  const dash = notice.isBullet(index + 1) && RANGE_CONNECTORS.has(notice.word(index + 1))
  if (dash && !bulleted) return { next: index + 1, problem: RANGE_OR_ENTRIES }
  const value = (dash ? undefined : rangeAt(notice, index, field)) ?? single(notice, index, field)
  if ('problem' in value) return value
  const problem = problemAfter(notice, value.next)
  return problem === undefined ? value : { next: value.next, problem }
}

function single(notice: NoticeText, index: number, field: LabelField): ListValue {
  const text = notice.shown(index)
  const next = index + 1
  const problem = problemOf(text, field)
  if (problem !== undefined) return { next, problem }
  if (field !== 'lot' && field !== 'serial') return { next, text }
  if (notice.isExcludedValue(text))
    return { next, problem: notice.exclusion(index) ?? EXCLUDED_TOO }
  const joined = joinedWord(text)
  if (joined.kind === 'unclear') return { next, problem: RANGE_OR_VALUE }
  if (joined.kind === 'doubtful') {
    notice.doubt(index, `"${text}" is taken for one value; it may be a range.`)
  }
  if (joined.kind !== 'range') return { next, text }
  const wrong = rangeProblem(joined.from, joined.to)
  return wrong ? { next, problem: wrong } : { next, text: rangeText(joined.from, joined.to) }
}

function problemOf(text: string, field: LabelField): string | undefined {
  if (field === 'udiDi') return udiDiProblem(text)
  return field === 'model' ? modelProblem(text) : codeProblem(text)
}

/** `A100 - A199`, `A100 through A199`. */
function rangeAt(notice: NoticeText, index: number, field: LabelField): ListValue | undefined {
  const connector = notice.word(index + 1)
  if (isListSlash(notice, index + 1)) return undefined
  const mark = connector === '/' || RANGE_CONNECTORS.has(connector)
  if (!mark || index + 2 >= notice.tokens.length) return undefined
  const label = notice.label(index + 2)
  if (label !== undefined) {
    const ranged = connector !== '/' && label.field === field
    return ranged ? { next: index + 2, problem: ONE_END } : undefined
  }
  if (!isCandidate(notice, index + 2, field)) {
    const dash = /^[-–—/]$/.test(connector) && !OPEN_ENDED.has(notice.word(index + 2))
    return dash ? undefined : { next: index + 2, problem: ONE_END }
  }
  const next = index + 3
  if (connector === '/') return { next, problem: 'one value or two, with a slash between' }
  if (field !== 'lot' && field !== 'serial') return { next, problem: 'a range' }
  if (RANGE_CONNECTORS.has(notice.word(next)) && !notice.isBullet(next)) {
    return { next, problem: 'a range with more than two ends' }
  }
  const [from, to] = [notice.shown(index), notice.shown(index + 2)]
  const problem = codeProblem(from) ?? codeProblem(to) ?? rangeProblem(from, to)
  return problem === undefined ? { next, text: rangeText(from, to) } : { next, problem }
}

/** Shorter numbers between slashes are dates. */
const SLASHED_MIN = 3

/**
 * Whether a slash parts members of a list: `A101 / A102 / A103`. Between two values it may as well
 * say that they are one.
 */
export function isListSlash(notice: NoticeText, index: number): boolean {
  if (notice.shown(index) !== '/') return false
  const shape = shapeOf(notice.shown(index + 1))
  const alike = (at: number) => shapeOf(notice.shown(at)) === shape
  if (shape.length < SLASHED_MIN || !/9/.test(shape) || !alike(index - 1)) return false
  const before = notice.shown(index - 2) === '/' && alike(index - 3)
  return before || (notice.shown(index + 2) === '/' && alike(index + 3))
}

/** What follows a value can make it something else. */
function problemAfter(notice: NoticeText, next: number): string | undefined {
  const token = notice.tokens[next]
  if (token === undefined) return undefined
  if (token.tight && /^[#=&]$/.test(token.text)) return 'has a character that labels do not print'
  const unit = UNITS.has(token.word) && !token.line && notice.label(next) === undefined
  if (unit) return QUANTITY
  if (openEnded(notice, next)) return ONE_END
  if (token.text === '.' || token.wide || !/^[A-Z]{1,3}$/.test(token.text)) return undefined
  const known = notice.label(next) !== undefined || /^(AND|OR|TO|EXP|UDI)$/.test(token.text)
  return known ? undefined : BLANK_INSIDE
}

/** "1234 and above", "1234, or later", "1234 (and higher)". */
function openEnded(notice: NoticeText, next: number): boolean {
  let index = next
  while (index < next + 3 && /^(,|and|or|&|\(|and\/or)$/.test(notice.word(index))) index++
  return OPEN_ENDED.has(notice.word(index))
}
