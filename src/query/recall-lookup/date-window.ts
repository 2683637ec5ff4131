import { callerError } from '../../domain/errors'
import { checkDate } from '../arguments'

/** Dates of a unit that a scope can ask for, with the fields of the scope that do. */
const WINDOWS = [
  { of: 'manufacturedOn', fromField: 'manufacturedFrom', toField: 'manufacturedTo' },
  { of: 'expiresOn', fromField: 'expiresFrom', toField: 'expiresTo' },
] as const

export type DatedAttribute = (typeof WINDOWS)[number]['of']
export type DateField = (typeof WINDOWS)[number]['fromField' | 'toField']

/** YYYY-MM-DD, both ends included; an absent end is open. */
export type DateFields = { [Field in DateField]?: string | null | undefined }

/** Calendar dates, both ends included; at least one is there. */
export interface DateWindow {
  of: DatedAttribute
  from: string | null
  to: string | null
  /** The field of the scope that names it in a report, and how it reads there. */
  field: DateField
  value: string
}

/**
 * The windows of dates that a scope asks for.
 *
 * @throws ARGUMENT_UNREADABLE a date that is none
 * @throws ARGUMENT_OUT_OF_RANGE a window that ends before it begins
 */
export function readWindows(scope: DateFields): DateWindow[] {
  return WINDOWS.flatMap(({ of, fromField, toField }) => {
    const from = readDate(scope, fromField)
    const to = readDate(scope, toField)
    if (from === null && to === null) return []
    // Dates of this form compare as their text does.
    if (from !== null && to !== null && from > to) {
      throw callerError(
        'ARGUMENT_OUT_OF_RANGE',
        `scope.${fromField} is ${from}, after scope.${toField} ${to}.`,
        'Expected a window that begins before it ends, or on the same day.',
      )
    }
    const field = from === null ? toField : fromField
    return [{ of, from, to, field, value: `${from ?? ''}..${to ?? ''}` }]
  })
}

/** Whether a scope asks for any date. */
export function asksForDates(scope: DateFields): boolean {
  return WINDOWS.some(
    ({ fromField, toField }) => scope[fromField] != null || scope[toField] != null,
  )
}

function readDate(scope: DateFields, field: DateField): string | null {
  const value = scope[field]
  if (value == null) return null
  checkDate(`scope.${field}`, value)
  return value
}
