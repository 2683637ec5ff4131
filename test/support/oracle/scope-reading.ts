import type { RecallScope } from '../../../src/query/recall-lookup/scope'
import type { Refusal } from './answer-block'
import { byText, isCalendarDay } from './label'
import { badTerm } from './scope-term'
import { type Asked, FIELDS, type Field, type Window } from './touched-units'

/** Why a value of a scope brought nothing. */
export type Why =
  | 'BLANK'
  | 'UNREADABLE'
  | 'NO_DEVICE_ID'
  | 'WILDCARDS_ONLY'
  | 'NO_RANGE'
  | 'EMPTY_LIST'
  | 'NOT_LOOKED_UP'
  | 'NOT_ON_RECORD'
  | 'ELSEWHERE_ON_RECORD'

export interface Unmatched {
  field: string
  value: string
  why: Why
}

export interface ScopeReading {
  asked: Asked
  refused: Unmatched[]
  /** A field whose values are all refused must not be passed over: that would widen the scope. */
  matchesNothing: boolean
}

const DATES = ['manufacturedFrom', 'manufacturedTo', 'expiresFrom', 'expiresTo'] as const

export function readingOf(scope: RecallScope): ScopeReading | Refusal {
  const dates = DATES.filter((field) => scope[field] != null)
  if (dates.length === 0 && FIELDS.every((field) => (scope[field] ?? []).length === 0)) {
    return { error: 'RECALL_SCOPE_EMPTY' }
  }
  const windows = [
    windowOf('manufacturedOn', scope.manufacturedFrom ?? null, scope.manufacturedTo ?? null),
    windowOf('expiresOn', scope.expiresFrom ?? null, scope.expiresTo ?? null),
  ]
  for (const { from, to } of windows) {
    const ends = [from, to].filter((end) => end !== null)
    if (ends.some((end) => !isCalendarDay(end))) return { error: 'ARGUMENT_UNREADABLE' }
    if (from !== null && to !== null && from > to) return { error: 'ARGUMENT_OUT_OF_RANGE' }
  }
  const refused: Unmatched[] = []
  const usable = (field: Field): string[] | null => {
    const values = scope[field] ?? null
    if (values === null) return null
    if (values.length === 0) refused.push({ field, value: '', why: 'EMPTY_LIST' })
    return values.filter((value) => {
      const why = refusalOf(field, value)
      if (why !== null) refused.push({ field, value, why })
      return why === null
    })
  }
  const asked: Asked = {
    models: usable('models'),
    lots: usable('lots'),
    serials: usable('serials'),
    deviceIds: usable('deviceIds'),
    windows: windows.filter(({ from, to }) => from !== null || to !== null),
  }
  return { asked, refused, matchesNothing: FIELDS.some((field) => asked[field]?.length === 0) }
}

function windowOf(of: Window['of'], from: string | null, to: string | null): Window {
  return { of, from, to }
}

/** How a window is named among the values that matched nothing. */
export function nameOfWindow({ of, from, to }: Window): { field: string; value: string } {
  const name = of === 'manufacturedOn' ? 'manufactured' : 'expires'
  return { field: `${name}${from === null ? 'To' : 'From'}`, value: `${from ?? ''}..${to ?? ''}` }
}

function refusalOf(field: Field, value: string): Why | null {
  if (value.trim() === '') return 'BLANK'
  if (value.length > 256 || value.includes('\0')) return 'UNREADABLE'
  if (field === 'deviceIds') return isDeviceId(value.trim()) ? null : 'NO_DEVICE_ID'
  return field === 'models' ? null : badTerm(value)
}

/** A contract's name in lower case, a dash, and a number without leading zeros below 2^256. */
function isDeviceId(text: string): boolean {
  const [name = '', number = '', ...more] = text.split('-')
  const isNumber = number !== '' && [...number].every((c) => c >= '0' && c <= '9')
  if (more.length > 0 || !/^[a-z]/.test(name) || /[^a-z0-9]/.test(name) || !isNumber) return false
  return String(BigInt(number)) === number && BigInt(number) < 2n ** 256n
}

/** The first words of each reason; what follows may say more of the value. */
const REASONS: readonly [string, Why][] = [
  ['blank', 'BLANK'],
  ['cannot be read', 'UNREADABLE'],
  ['no device id', 'NO_DEVICE_ID'],
  ['the pattern holds nothing but wildcards', 'WILDCARDS_ONLY'],
  ['no range', 'NO_RANGE'],
  ['an empty list', 'EMPTY_LIST'],
  ['not looked up', 'NOT_LOOKED_UP'],
  ['no unit on record', 'NOT_ON_RECORD'],
  ['the model is on record, but no unit', 'ELSEWHERE_ON_RECORD'],
  ['units on record have', 'ELSEWHERE_ON_RECORD'],
]

/** What a reason that the program gives means. */
export function whyOf(reason: string): Why {
  const known = REASONS.find(([words]) => reason.startsWith(words))
  if (known === undefined) throw new Error(`the oracle does not know the reason "${reason}"`)
  return known[1]
}

export function byReason(a: Unmatched, b: Unmatched): number {
  return byText(`${a.field} ${a.value} ${a.why}`, `${b.field} ${b.value} ${b.why}`)
}
