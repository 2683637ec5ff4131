import { randomUUID } from 'node:crypto'
import { FAULT_MESSAGES, type FaultCode, faultOf } from './faults'

/** An error as graphql-server writes it: with the inside of the error beneath. */
export interface RawError {
  message?: string
  locations?: unknown
  path?: unknown
  extensions?: {
    code?: string
    remedy?: string
    exception?: { code?: string; message?: string }
  }
}

/** An error as callers get it. */
export interface ToldError {
  message: string
  locations?: unknown
  path?: unknown
  extensions: { code: string; incident?: string }
}

/** Codes of GraphQL itself: the text speaks of the query, not of us. */
const GRAPHQL_CODES: ReadonlySet<string> = new Set([
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
])

/** How the request went beside its errors. */
export interface Circumstances {
  /**
   * HTTP status; before execution graphql-server answers 400, with errors that have no code of
   * their own.
   */
  status: number
  /**
   * The database does not answer. An error of opening or closing a transaction arrives without its
   * code.
   */
  databaseGone: boolean
  /** Is given what is hidden, under an incident that the caller is told. */
  report(incident: string, error: RawError): void
}

/**
 * What callers are told of errors. Those that speak to the caller pass: ours (their remedy is the
 * caller's) and those of GraphQL. Every other one is replaced, for it may carry SQL, parameters or
 * a stack.
 */
export function toldErrors(
  errors: readonly RawError[],
  { status, databaseGone, report }: Circumstances,
): ToldError[] {
  const distinct = withoutRepeats(errors)
  const faults = distinct.map((error) => {
    if (isForCaller(error, status)) return null
    return databaseGone ? 'DATABASE_UNAVAILABLE' : fault(error)
  })
  // A statement that failed because an earlier one had shares the cause of that one.
  const cause = faults.find((code) => code != null) ?? 'INTERNAL'
  return distinct.map((error, n) => {
    const code = faults[n]
    if (code === null) return pass(error)
    return hide(error, code ?? cause, report)
  })
}

/** A field of a list fails for each of its rows: the first of them speaks for all. */
function withoutRepeats(errors: readonly RawError[]): RawError[] {
  const seen = new Set<string>()
  return errors.filter(({ message, locations }) => {
    const place = JSON.stringify([message, locations])
    if (locations === undefined || !seen.has(place)) {
      seen.add(place)
      return true
    }
    return false
  })
}

function isForCaller({ message, path, extensions }: RawError, status: number): boolean {
  if (extensions?.remedy === 'caller') return true
  if (GRAPHQL_CODES.has(extensions?.code ?? '')) return faultOf('', message ?? '') === 'INTERNAL'
  return status === 400 && path === undefined
}

function fault({ message, extensions }: RawError): FaultCode | undefined {
  return faultOf(extensions?.exception?.code ?? '', message ?? '')
}

function pass({ message, locations, path, extensions }: RawError): ToldError {
  const code = extensions?.code
  const told = code === undefined || code === 'INTERNAL_SERVER_ERROR' ? 'BAD_USER_INPUT' : code
  return { message: message ?? '', ...place(locations, path), extensions: { code: told } }
}

function hide(error: RawError, code: FaultCode, report: Circumstances['report']): ToldError {
  const told = { message: FAULT_MESSAGES[code], ...place(error.locations, error.path) }
  if (code !== 'INTERNAL') return { ...told, extensions: { code } }
  const incident = randomUUID()
  report(incident, error)
  return { ...told, extensions: { code, incident } }
}

function place(locations: unknown, path: unknown) {
  return {
    ...(locations === undefined ? {} : { locations }),
    ...(path === undefined ? {} : { path }),
  }
}
