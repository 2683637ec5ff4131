import { callerError } from '../../domain/errors'
import { isDeviceId } from '../../domain/identifiers/device-id'
import { textKey, udiDiKey } from '../../domain/identity-key'
import { MODEL_ID } from '../../domain/ids'
import { checkDate, textProblem } from '../arguments'

/** Which units a recall names. Different fields narrow (AND), values in one field widen (OR). */
export interface RecallScope {
  /** UDI-DI, any GTIN length; or a model id. */
  models?: readonly string[] | null | undefined
  lots?: readonly string[] | null | undefined
  serials?: readonly string[] | null | undefined
  deviceIds?: readonly string[] | null | undefined
  /** YYYY-MM-DD; windows of dates are refused for now. */
  manufacturedFrom?: string | null | undefined
  manufacturedTo?: string | null | undefined
  expiresFrom?: string | null | undefined
  expiresTo?: string | null | undefined
}

export const VALUE_FIELDS = ['models', 'lots', 'serials', 'deviceIds'] as const
export type ValueField = (typeof VALUE_FIELDS)[number]

const DATE_FIELDS = ['manufacturedFrom', 'manufacturedTo', 'expiresFrom', 'expiresTo'] as const

/** A value as given, and the form in which it is compared. */
export interface ScopeValue {
  value: string
  key: string
}

export interface UnmatchedScopeValue {
  /** Name of the field in the scope. */
  field: string
  value: string
  reason: string
}

/** A scope that was read. */
export interface ReadScope {
  /**
   * The usable values of each field that was asked for; a field that was not asked for is absent.
   */
  asked: ReadonlyMap<ValueField, readonly ScopeValue[]>
  refused: readonly UnmatchedScopeValue[]
  /**
   * A field was asked for, but none of its values can be used. To ignore it would widen the scope
   * in silence.
   */
  matchesNothing: boolean
}

export const SCOPE_VALUES_MAX = 10_000

/**
 * Reads a scope. What cannot be used is refused with a reason, never guessed.
 *
 * @throws RECALL_SCOPE_EMPTY the scope names nothing: every unit there is would match
 * @throws ARGUMENT_OUT_OF_RANGE more than `SCOPE_VALUES_MAX` values in one field
 * @throws ARGUMENT_UNREADABLE a date that is none
 */
export function readScope(scope: RecallScope): ReadScope {
  if (namesNothing(scope)) {
    throw callerError(
      'RECALL_SCOPE_EMPTY',
      'The scope names no model, lot, serial or device, so it would match every unit.',
      'Give at least one value in models, lots, serials or deviceIds.',
    )
  }
  const asked = new Map<ValueField, ScopeValue[]>()
  const refused: UnmatchedScopeValue[] = []
  for (const field of VALUE_FIELDS) {
    const values = scope[field]
    if (values == null) continue
    checkCount(field, values.length)
    const usable: ScopeValue[] = []
    for (const value of values) {
      const reason = refusal(field, value)
      if (reason === undefined) usable.push({ value, key: keyOf(field, value) })
      else refused.push({ field, value, reason })
    }
    if (values.length === 0) refused.push({ field, value: '', reason: EMPTY_LIST })
    asked.set(field, usable)
  }
  const dates = refusedDates(scope)
  refused.push(...dates)
  const unusable = [...asked.values()].some((usable) => usable.length === 0)
  return { asked, refused, matchesNothing: unusable || dates.length > 0 }
}

const EMPTY_LIST = 'an empty list names nothing; leave the field out to ask for any value'
const DATE_WINDOW = 'windows of dates are not supported yet, so the scope matches nothing'

function namesNothing(scope: RecallScope): boolean {
  const values = VALUE_FIELDS.every((field) => !scope[field]?.length)
  return values && DATE_FIELDS.every((field) => scope[field] == null)
}

function checkCount(field: ValueField, count: number): void {
  if (count <= SCOPE_VALUES_MAX) return
  throw callerError(
    'ARGUMENT_OUT_OF_RANGE',
    `scope.${field} has ${count} values.`,
    `Expected at most ${SCOPE_VALUES_MAX}; ask in several parts.`,
  )
}

function refusal(field: ValueField, value: string): string | undefined {
  if (value.trim() === '') return 'blank'
  const problem = textProblem(value)
  if (problem !== undefined) return `cannot be read: ${problem}`
  if (field === 'deviceIds' && !isDeviceId(value.trim())) {
    return 'no device id: expected {contract}-{tokenId}, such as demo-17'
  }
  if (field === 'models' || field === 'deviceIds') return undefined
  if (/[*?]/.test(value)) return 'wildcards * and ? are not supported yet; give exact values'
  if (value.includes('..')) return 'ranges are not supported yet; give exact values'
  return undefined
}

function keyOf(field: ValueField, value: string): string {
  if (field === 'deviceIds') return value.trim()
  if (field !== 'models') return textKey(value)
  // Ids are exact; every other value is a UDI-DI.
  return MODEL_ID.test(value.trim()) ? value.trim() : udiDiKey(value)
}

function refusedDates(scope: RecallScope): UnmatchedScopeValue[] {
  return DATE_FIELDS.flatMap((field) => {
    const value = scope[field]
    if (value == null) return []
    checkDate(`scope.${field}`, value)
    return [{ field, value, reason: DATE_WINDOW }]
  })
}
