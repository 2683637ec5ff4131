import { callerError } from '../../domain/errors'
import { isDeviceId } from '../../domain/identifiers/device-id'
import { udiDiKey } from '../../domain/identity-key'
import { MODEL_ID } from '../../domain/ids'
import { textProblem } from '../arguments'
import { asksForDates, type DateFields, type DateWindow, readWindows } from './date-window'
import { type ExactTerm, type Refused, readTerm, type ScopeTerm } from './scope-term'

export const VALUE_FIELDS = ['models', 'lots', 'serials', 'deviceIds'] as const
export type ValueField = (typeof VALUE_FIELDS)[number]

/**
 * Which units a recall names. Different fields narrow (AND), values in one field widen (OR).
 *
 * Models are UDI-DIs, any GTIN length, or model ids; lots and serials are exact, patterns with `*`
 * and `?`, or ranges A100..A199.
 */
export interface RecallScope
  extends DateFields,
    Partial<Record<ValueField, readonly string[] | null | undefined>> {}

export interface UnmatchedScopeValue {
  /** Name of the field in the scope. */
  field: string
  value: string
  reason: string
}

/** A scope that was read. */
export interface ReadScope {
  /** The usable values of each field; null where it was not asked for. */
  asked: {
    models: readonly ExactTerm[] | null
    lots: readonly ScopeTerm[] | null
    serials: readonly ScopeTerm[] | null
    deviceIds: readonly ExactTerm[] | null
  }
  windows: readonly DateWindow[]
  refused: readonly UnmatchedScopeValue[]
  /**
   * A field was asked for, but none of its values can be used. To ignore it would widen the scope
   * in silence.
   */
  matchesNothing: boolean
}

/** Values in one field. */
export const SCOPE_VALUES_MAX = 10_000

/** Patterns and ranges in one field: each costs a walk of an index, and time to plan. */
export const SCOPE_PATTERNS_MAX = 1_000

/**
 * Reads a scope. What cannot be used is refused with a reason, never guessed.
 *
 * @throws RECALL_SCOPE_EMPTY the scope names nothing: every unit there is would match
 * @throws ARGUMENT_OUT_OF_RANGE more than `SCOPE_VALUES_MAX` values or `SCOPE_PATTERNS_MAX`
 *   patterns and ranges in one field, or a window of dates that ends before it begins
 * @throws ARGUMENT_UNREADABLE a date that is none
 */
export function readScope(scope: RecallScope): ReadScope {
  if (!asksForDates(scope) && VALUE_FIELDS.every((field) => !scope[field]?.length)) {
    throw callerError(
      'RECALL_SCOPE_EMPTY',
      'The scope names no model, lot, serial, device or date, so it would match every unit.',
      'Give at least one value in models, lots, serials or deviceIds, or a window of dates.',
    )
  }
  const refused: UnmatchedScopeValue[] = []
  const usable = <Term>(field: ValueField, read: (value: string) => Term | Refused) =>
    readField(field, scope[field] ?? null, read, refused)
  const asked = {
    models: usable('models', readModel),
    lots: usable('lots', readTerm),
    serials: usable('serials', readTerm),
    deviceIds: usable('deviceIds', readDeviceId),
  }
  checkPatterns('lots', asked.lots)
  checkPatterns('serials', asked.serials)
  const matchesNothing = VALUE_FIELDS.some((field) => asked[field]?.length === 0)
  return { asked, windows: readWindows(scope), refused, matchesNothing }
}

const EMPTY_LIST = 'an empty list names nothing; leave the field out to ask for any value'

function readField<Term>(
  field: ValueField,
  values: readonly string[] | null,
  read: (value: string) => Term | Refused,
  refused: UnmatchedScopeValue[],
): Term[] | null {
  if (values === null) return null
  if (values.length > SCOPE_VALUES_MAX) {
    throw tooMany(`scope.${field} has ${values.length} values.`, SCOPE_VALUES_MAX)
  }
  if (values.length === 0) refused.push({ field, value: '', reason: EMPTY_LIST })
  return values.flatMap((value) => {
    const term = readValue(value, read)
    if (!isRefused(term)) return [term]
    refused.push({ field, value, reason: term.refused })
    return []
  })
}

function readValue<Term>(value: string, read: (value: string) => Term | Refused): Term | Refused {
  if (value.trim() === '') return { refused: 'blank' }
  const problem = textProblem(value)
  return problem === undefined ? read(value) : { refused: `cannot be read: ${problem}` }
}

function isRefused<Term>(read: Term | Refused): read is Refused {
  return typeof read === 'object' && read !== null && 'refused' in read
}

function readModel(value: string): ExactTerm {
  // Ids are exact; every other value is a UDI-DI.
  const key = MODEL_ID.test(value.trim()) ? value.trim() : udiDiKey(value)
  return { form: 'exact', value, key }
}

function readDeviceId(value: string): ExactTerm | Refused {
  const key = value.trim()
  if (isDeviceId(key)) return { form: 'exact', value, key }
  return { refused: 'no device id: expected {contract}-{tokenId}, such as demo-17' }
}

function checkPatterns(field: ValueField, terms: readonly ScopeTerm[] | null): void {
  const count = terms?.filter(({ form }) => form !== 'exact').length ?? 0
  if (count <= SCOPE_PATTERNS_MAX) return
  throw tooMany(`scope.${field} has ${count} patterns and ranges.`, SCOPE_PATTERNS_MAX)
}

function tooMany(what: string, most: number) {
  return callerError(
    'ARGUMENT_OUT_OF_RANGE',
    what,
    `Expected at most ${most}; ask in several parts.`,
  )
}
