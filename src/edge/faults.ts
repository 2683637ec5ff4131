import { type DatabaseFault, databaseFaultOf } from '../domain/database-fault'

/** Why an answer failed, as far as callers are told. */
export type FaultCode =
  | 'QUERY_TIMEOUT'
  | 'DATABASE_UNAVAILABLE'
  | 'RESPONSE_TOO_LARGE'
  | 'BAD_USER_INPUT'
  | 'INTERNAL'

/** What openreader says when page sizes multiply beyond the limit, or when a list has none. */
const TOO_LARGE_TEXT = 'response might exceed the size limit'

/** Codes of a connection that is refused; once a server runs, they come of what is done to it. */
const REFUSED_CONNECTION = /^(28[0-9A-Z]{3}|3D000)$/

/**
 * What happened, from the code (SQLSTATE or system) and the text of the error beneath.
 *
 * @returns undefined for a statement that failed only because an earlier one of the transaction had
 */
export function faultOf(code: string, text: string): FaultCode | undefined {
  if (text.startsWith(TOO_LARGE_TEXT)) return 'RESPONSE_TOO_LARGE'
  if (code === '25P02') return undefined
  if (code === '57014') return 'QUERY_TIMEOUT'
  if (isUnavailable(code, text)) return 'DATABASE_UNAVAILABLE'
  // Class 22, data exception: a value that no column holds, such as U+0000 in text or a negative
  // limit.
  if (/^22[0-9A-Z]{3}$/.test(code)) return 'BAD_USER_INPUT'
  return 'INTERNAL'
}

/** Faults that a reader may wait out; a write, or a privilege that lacks, is a bug or set-up. */
const PASSES: ReadonlySet<DatabaseFault | undefined> = new Set(['away', 'full', 'conflict'])

/**
 * Whether the database cannot be reached or does not take us at the moment (it restarts, is full,
 * is closed or being restored): it passes.
 */
export function isUnavailable(code: string, text: string): boolean {
  return REFUSED_CONNECTION.test(code) || PASSES.has(databaseFaultOf(code, text))
}

/** What callers are told: what they can do, and nothing of the inside. */
export const FAULT_MESSAGES: Readonly<Record<FaultCode, string>> = {
  QUERY_TIMEOUT:
    'The query took too long and was stopped. Ask for less: fewer fields, smaller pages.',
  DATABASE_UNAVAILABLE: 'The database cannot be reached at the moment. Try again later.',
  RESPONSE_TOO_LARGE:
    'The answer might be too large. Give every list a limit (or first), or lower those given.',
  BAD_USER_INPUT:
    'An argument holds a value that cannot be compared with the record, such as a negative limit.',
  INTERNAL: 'Something went wrong on our side; the log has the details under the incident.',
}
