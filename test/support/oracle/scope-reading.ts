import type { RecallScope } from '../../../src/query/recall-lookup/scope'
import type { Refusal } from './answer-block'
import { byText, isCalendarDay } from './label'
import { type Asked, FIELDS, type Field } from './touched-units'

/** Why a value of a scope brought nothing. */
export type Why =
  | 'BLANK'
  | 'UNREADABLE'
  | 'NO_DEVICE_ID'
  | 'WILDCARD'
  | 'RANGE'
  | 'EMPTY_LIST'
  | 'DATE_WINDOW'
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
  if (dates.some((field) => !isCalendarDay(scope[field] ?? ''))) {
    return { error: 'ARGUMENT_UNREADABLE' }
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
  }
  for (const field of dates) {
    refused.push({ field, value: scope[field] ?? '', why: 'DATE_WINDOW' })
  }
  const unusable = FIELDS.some((field) => asked[field]?.length === 0)
  return { asked, refused, matchesNothing: unusable || dates.length > 0 }
}

function refusalOf(field: Field, value: string): Why | null {
  if (value.trim() === '') return 'BLANK'
  if (value.length > 256 || value.includes('\0')) return 'UNREADABLE'
  if (field === 'deviceIds') return isDeviceId(value.trim()) ? null : 'NO_DEVICE_ID'
  if (field === 'models') return null
  if (value.includes('*') || value.includes('?')) return 'WILDCARD'
  return value.includes('..') ? 'RANGE' : null
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
  ['wildcards', 'WILDCARD'],
  ['ranges', 'RANGE'],
  ['an empty list', 'EMPTY_LIST'],
  ['windows of dates', 'DATE_WINDOW'],
  ['not looked up', 'NOT_LOOKED_UP'],
  ['no unit on record', 'NOT_ON_RECORD'],
  ['the model is on record, but no unit', 'ELSEWHERE_ON_RECORD'],
  ['units on record have this', 'ELSEWHERE_ON_RECORD'],
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
