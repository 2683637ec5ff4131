import { isCalendarDate } from '../domain/calendar-date'
import { callerError } from '../domain/errors'

/** The longest text that any column which is compared can hold, with room. */
export const TEXT_LENGTH_MAX = 256
export const PAGE_SIZE_MAX = 1_000

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/

/**
 * Why a text cannot be compared with the record, or undefined. Postgres refuses U+0000 with an
 * error of its own.
 */
export function textProblem(value: string): string | undefined {
  if (value.length > TEXT_LENGTH_MAX) {
    return `it has ${value.length} characters, but at most ${TEXT_LENGTH_MAX} are compared`
  }
  const control = CONTROL.exec(value)
  if (control === null) return undefined
  const code = control[0].charCodeAt(0).toString(16).padStart(4, '0')
  return `it holds control character U+${code} at ${control.index + 1}`
}

/** @throws ARGUMENT_UNREADABLE */
export function checkText(argument: string, value: string): void {
  const problem = textProblem(value)
  if (problem === undefined) return
  throw callerError(
    'ARGUMENT_UNREADABLE',
    `${argument} cannot be read: ${problem}.`,
    'Send the text as it is printed on the label.',
  )
}

/** @throws ARGUMENT_UNREADABLE */
export function checkDate(argument: string, value: string): void {
  if (isCalendarDate(value)) return
  throw callerError(
    'ARGUMENT_UNREADABLE',
    `${argument} is "${value.slice(0, TEXT_LENGTH_MAX)}".`,
    'Expected a calendar date YYYY-MM-DD that exists, such as 2026-01-31.',
  )
}

/** @throws ARGUMENT_OUT_OF_RANGE */
export function checkPageSize(argument: string, value: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= PAGE_SIZE_MAX) return
  throw callerError(
    'ARGUMENT_OUT_OF_RANGE',
    `${argument} is ${value}.`,
    `Expected a whole number from 1 to ${PAGE_SIZE_MAX}; go on with the cursor of the last row.`,
  )
}
