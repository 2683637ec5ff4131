import {
  LABEL_BEGINNINGS,
  LABEL_TAILS,
  LABELS,
  type LabelField,
  PHRASE_TOKENS_MAX,
} from './label-table'
import type { Token } from './tokens'
import { LABEL_FILLERS } from './words'

/** A label that was found. */
export interface Label {
  field: LabelField
  /** Index of its first token. */
  first: number
  /** Index after its last token, colon and fillers included. */
  next: number
  /** `from` stands before the values: the first of them is one end of a range. */
  from: boolean
  /** Neither "number" nor a colon stands behind it: "lots 2015" may name a year. */
  bare: boolean
}

interface Head {
  field: LabelField
  next: number
  colon: boolean
  names: boolean
  from: boolean
}

const UNIT_FIELDS: readonly LabelField[] = ['udiDi', 'model', 'lot', 'serial', 'version']

/** "S/N": the number is in the short form. */
const NUMBER_INSIDE = /^[sp]\/?n('?s)?$/

/** The label that begins at a token, if one does. */
export function labelAt(tokens: readonly Token[], first: number): Label | undefined {
  let head = headAt(tokens, first)
  if (head === undefined) return undefined
  let { field } = head
  for (;;) {
    const joined = joinedHead(tokens, head)
    if (joined === undefined) break
    if (joined.field !== field) field = 'unclear'
    head = joined
  }
  const { next, from, colon, names } = head
  return { field, first, next, from, bare: !colon && !names }
}

/**
 * The next label of several that share their values: `Lot/Batch Numbers`, `Model (REF)`. Labels of
 * different kinds without a value between them are the head of a table, or say "one or the other".
 */
function joinedHead(tokens: readonly Token[], head: Head): Head | undefined {
  const mark = tokens[head.next]?.word ?? ''
  if (mark === '/' || mark === '&' || mark === 'and' || mark === 'or') {
    const other = headAt(tokens, head.next + 1)
    return other && isUnitField(head.field) && isUnitField(other.field) ? other : undefined
  }
  if (mark === '(') {
    const inner = headAt(tokens, head.next + 1)
    if (inner?.field !== head.field || tokens[inner.next]?.text !== ')') return undefined
    return { ...inner, ...endOfLabel(tokens, inner.next + 1) }
  }
  if (head.colon) return undefined
  const other = headAt(tokens, head.next)
  const fits = isUnitField(head.field) || head.field === 'expiry' || head.field === 'made'
  return other && fits && isUnitField(other.field) ? other : undefined
}

function isUnitField(field: LabelField): boolean {
  return UNIT_FIELDS.includes(field)
}

function headAt(tokens: readonly Token[], first: number): Head | undefined {
  if (!LABEL_BEGINNINGS.has(tokens[first]?.word ?? '')) return undefined
  for (let length = PHRASE_TOKENS_MAX; length >= 1; length--) {
    const phrase = tokens.slice(first, first + length).map(({ word }) => word)
    const found = phrase.length === length ? LABELS.get(phrase.join(' ')) : undefined
    if (found === undefined) continue
    const dated = found.field === 'expiry' || found.field === 'made'
    const tail = tailEnd(tokens, first + length, dated)
    if (found.needsTail && !tail.names) continue
    const names = tail.names || NUMBER_INSIDE.test(phrase.join(' '))
    return { field: found.field, names, ...endOfLabel(tokens, tail.next) }
  }
  return undefined
}

/** `number`, `No.`, `codes`, `#`, `(s)`; behind "exp." and the like also `date`. */
function tailEnd(tokens: readonly Token[], from: number, dated: boolean) {
  let next = from
  let names = false
  for (;;) {
    const token = tokens[next]
    if (token === undefined) break
    if (isPluralMark(tokens, next)) next += 3
    else if (token.text === '.' && token.tight) next++
    else if (dated && /^dates?$/.test(token.word)) next++
    else if (token.text === '#' || LABEL_TAILS.has(token.word)) {
      next++
      names = true
    } else break
  }
  return { next, names }
}

/** Fillers and the colon after a label. */
function endOfLabel(tokens: readonly Token[], from: number) {
  let next = from
  let ranges = false
  while (LABEL_FILLERS.has(tokens[next]?.word ?? '')) {
    ranges = tokens[next]?.word === 'from'
    next++
  }
  const colon = tokens[next]?.text === ':' || tokens[next]?.text === '='
  return { next: colon ? next + 1 : next, colon, from: ranges }
}

function isPluralMark(tokens: readonly Token[], at: number): boolean {
  const [open, letter, close] = tokens.slice(at, at + 3)
  return open?.text === '(' && open.tight && letter?.word === 's' && close?.text === ')'
}
