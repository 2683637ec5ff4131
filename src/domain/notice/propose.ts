import type { Group } from './group'
import type { NoticeDate, ProposedScope } from './notice-reading'
import type { NoticeText } from './notice-text'
import type { PrintedDate } from './printed-date'
import type { DateWindow, Statement } from './statement'
import { warningsOf } from './warnings'

/** The lists of one scope, and the stretch of tokens that it is read from. */
interface ScopePart {
  lots: readonly string[]
  serials: readonly string[]
  first: number
  next: number
}

/** Indexes of tokens: from the end of the group before to the beginning of the next. */
export interface Surroundings {
  from: number
  to: number
}

/** Names that all scopes of one group may repeat; the answer could outgrow its question. */
const REPEATED_NAMES_MAX = 20_000

/** The scopes that one group of statements proposes. */
export function proposeScopes(
  notice: NoticeText,
  group: Group,
  around: Surroundings,
): ProposedScope[] {
  const models = valuesOf(group.statements, 'udiDi')
  const modelNames = valuesOf(group.statements, 'model')
  const named = {
    modelNames,
    versions: valuesOf(group.statements, 'version'),
    all: group.names('all'),
  }
  const windows = windowsOf(group)
  const dates = datesOf(group)
  const nested = nestedParts(group)
  if (nested.size * (models.length + modelNames.length) > REPEATED_NAMES_MAX) {
    for (const { first, next } of nested.values()) notice.refuse(first, next, TOO_MANY)
    nested.clear()
  }
  const parts = [...plainParts(group, nested), ...nested.values()]
  const [one = { lots: [], serials: [], first: group.first, next: group.next }] = parts
  const scopes = (parts.length > 0 ? parts : [one]).map((part, index) => ({
    scope: {
      models: orNull(models),
      lots: orNull(part.lots),
      serials: orNull(part.serials),
      ...windows,
    },
    ...named,
    dates: datesFor(part, dates, index === 0),
    quote: notice.between(part.first, part.next),
    at: notice.tokens[part.first]?.at ?? 0,
  }))
  const warnings = warningsOf(notice, group, around, scopes)
  return scopes.map((scope) => ({ ...scope, warnings }))
}

const TOO_MANY = 'too many names and lots in one entry'

/** Serials in the parentheses of a lot make a scope with it. */
function nestedParts(group: Group): Map<string, ScopePart> {
  const nested = new Map<string, ScopePart & { serials: string[] }>()
  for (const { field, withinLot, values, first, next } of group.statements) {
    if (field !== 'serial' || withinLot === undefined) continue
    const part = nested.get(withinLot)
    if (part === undefined) {
      // The lot and the parenthesis stand before the label.
      nested.set(withinLot, { lots: [withinLot], serials: [...values], first: first - 2, next })
    } else {
      part.serials.push(...values)
      part.next = next
    }
  }
  return nested
}

/** What is left makes one scope of lots and one of serials: one scope would ask for both. */
function plainParts(group: Group, nested: ReadonlyMap<string, unknown>): ScopePart[] {
  const { first, next } = group
  const plain = group.statements.filter(({ withinLot }) => withinLot === undefined)
  const lots = valuesOf(plain, 'lot').filter((lot) => !nested.has(lot))
  const serials = valuesOf(plain, 'serial')
  const parts: ScopePart[] = []
  if (lots.length > 0) parts.push({ lots, serials: [], first, next })
  if (serials.length > 0) parts.push({ lots: [], serials, first, next })
  return parts
}

function valuesOf(statements: readonly Statement[], kind: Statement['field']): string[] {
  const named = statements.filter(({ field }) => field === kind)
  return [...new Set(named.flatMap(({ values }) => values))]
}

function orNull(values: readonly string[]): readonly string[] | null {
  return values.length > 0 ? values : null
}

function windowsOf(group: Group) {
  const made = windowOf(group, 'made')
  const expiry = windowOf(group, 'expiry')
  return {
    manufacturedFrom: made.from,
    manufacturedTo: made.to,
    expiresFrom: expiry.from,
    expiresTo: expiry.to,
  }
}

/** The span from the first to the last day of all spans: two spans are one too wide, never less. */
function windowOf({ statements }: Group, kind: 'made' | 'expiry'): DateWindow {
  const windows = statements.flatMap(({ field, window }) =>
    field === kind && window ? [window] : [],
  )
  const open: DateWindow = { from: null, to: null }
  return windows.reduce(
    (one, other) => ({
      from: one.from === null || other.from === null ? null : minimum(one.from, other.from),
      to: one.to === null || other.to === null ? null : maximum(one.to, other.to),
    }),
    windows[0] ?? open,
  )
}

function minimum(one: string, other: string): string {
  return one < other ? one : other
}

function maximum(one: string, other: string): string {
  return one > other ? one : other
}

/** The dates of a group by the one lot or serial that they stand beside. */
function datesOf({ statements }: Group): Map<string | null, NoticeDate[]> {
  const found = new Map<string | null, NoticeDate[]>()
  statements.forEach(({ field, dates, sameUdi }, index) => {
    const before = oneUnit(statements[index - 1])
    const behind = statements[index + 1]
    const of = before ?? (sameUdi && behind?.sameUdi ? oneUnit(behind) : null)
    const beside = found.get(of) ?? []
    beside.push(...dates.map((date) => noticeDate(field, of, date)))
    found.set(of, beside)
  })
  return found
}

/** The dates of a part; those that stand beside no one unit come with the first part. */
function datesFor(
  { lots, serials }: ScopePart,
  dates: ReadonlyMap<string | null, NoticeDate[]>,
  first: boolean,
): NoticeDate[] {
  const without = first ? (dates.get(null) ?? []) : []
  return [...without, ...[...lots, ...serials].flatMap((unit) => dates.get(unit) ?? [])]
}

/** The lot or serial of a statement that names exactly one. */
function oneUnit(statement: Statement | undefined): string | null {
  if (statement?.field !== 'lot' && statement?.field !== 'serial') return null
  const [value, more] = statement.values
  return value === undefined || more !== undefined || value.includes('..') ? null : value
}

function noticeDate(field: string, of: string | null, { printed, days }: PrintedDate): NoticeDate {
  const kind = field === 'expiry' ? 'EXPIRY' : 'MANUFACTURE'
  return { kind, of, printed, date: days?.first === days?.last ? (days?.first ?? null) : null }
}
