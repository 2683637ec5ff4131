/** Stable names of what can be wrong with an identifier. */
export type ProblemCode =
  | 'BAD_CATEGORY'
  | 'BAD_CHECK_CHARACTER'
  | 'BAD_CHECK_DIGIT'
  | 'BAD_CHECK_PAIR'
  | 'BAD_DATE'
  | 'BAD_DATE_DAY'
  | 'BAD_DATE_MONTH'
  | 'BASIC_UDI_DI_NOT_A_DI'
  | 'BLANK_CHECK_CHARACTER_SUSPECTED'
  | 'BLANK_CHECK_CHARACTER_TRIMMED'
  | 'BLANK_IGNORED'
  | 'CHECK_CHARACTER_MISSING'
  | 'CHECK_DIGIT_MISSING'
  | 'CONTRACT_NOT_FOLLOWED'
  | 'CONTRACT_NOT_NAMED'
  | 'DI_NOT_NUMERIC'
  | 'DI_WRONG_LENGTH'
  | 'DUPLICATE_ELEMENT'
  | 'ELEMENTS_EXCLUDE_EACH_OTHER'
  | 'EMPTY'
  | 'EMPTY_VALUE'
  | 'INVALID_CHARACTER'
  | 'KEY_QUALIFIER_IN_QUERY'
  | 'LEADING_ZEROS_LOST'
  | 'LINK_CHARACTER_MISMATCH'
  | 'LOT_TOO_LONG'
  | 'LOWER_CASE_HIBC'
  | 'MISSING_SEPARATOR'
  | 'MISSING_SEPARATOR_SUSPECTED'
  | 'NO_DEVICE_IDENTIFIER'
  | 'NOT_AN_IDENTIFIER'
  | 'NOT_A_DEVICE_IDENTIFIER'
  | 'NOT_ONE_UNIT'
  | 'NOT_USED'
  | 'PATTERN_NOT_UNIT'
  | 'PLUS_MISSING'
  | 'QUOTES_REMOVED'
  | 'APOSTROPHE_REMOVED'
  | 'REDUNDANT_SEPARATOR'
  | 'SEPARATOR_BLANK'
  | 'SERIAL_NOT_NUMERIC'
  | 'SERIAL_TOO_LONG'
  | 'SPREADSHEET_DECIMAL'
  | 'SPREADSHEET_ERROR'
  | 'SPREADSHEET_SCIENTIFIC_NOTATION'
  | 'TOO_LONG'
  | 'TRUNCATED_DI'
  | 'UNICODE_NORMALISED'
  | 'UNKNOWN_AI'
  | 'WHITESPACE_REMOVED'
  | 'ZERO_SUPPRESSED_GTIN'

/**
 * NOTE: read all the same, and rightly. DOUBT: not valid as what it looks like, or not the identity
 * of a unit or model, but looked up all the same: a text that may be a plain serial is never
 * refused, for a device that is not found is worse than a doubt too many. FAULT: damaged, so that
 * nothing is looked up.
 */
export type Weight = 'NOTE' | 'DOUBT' | 'FAULT'

/** What is wrong with an identifier, or was repaired in reading it. */
export interface Problem {
  readonly code: ProblemCode
  readonly weight: Weight
  /** Where in the text, counted from 1; null where it concerns the whole. */
  readonly at: number | null
  readonly message: string
  /** A repair to offer to a person, never to apply in silence. */
  readonly suggestion: string | null
}

/** A harmless repair, or something that was not used. */
export function note(code: ProblemCode, at: number | null, message: string): Problem {
  return { code, weight: 'NOTE', at, message, suggestion: null }
}

/** A reason to look twice, which does not forbid to look it up. */
export function doubt(
  code: ProblemCode,
  at: number | null,
  message: string,
  suggestion: string | null = null,
): Problem {
  return { code, weight: 'DOUBT', at, message, suggestion }
}

/** Damage that forbids to look the identifier up: it could lead to another device. */
export function fault(
  code: ProblemCode,
  at: number | null,
  message: string,
  suggestion: string | null = null,
): Problem {
  return { code, weight: 'FAULT', at, message, suggestion }
}

/** The problem in a sentence: `at 5: check digit of 123 is 3, expected 2; is "122" meant?`. */
export function toldProblem({ at, message, suggestion }: Problem): string {
  const place = at === null ? '' : `at ${at}: `
  return `${place}${message}${suggestion === null ? '' : `; is "${suggestion}" meant?`}`
}

/** The same problems of a text that begins `by` characters further on. */
export function shifted(problems: readonly Problem[], by: number): Problem[] {
  return problems.map((one) => (one.at === null ? one : { ...one, at: one.at + by }))
}
