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

/**
 * What callers are told of errors. Those that speak to the caller pass: ours (their remedy is the caller's) and those of
 * GraphQL. Every other one is replaced, for it may carry SQL, parameters or a stack.
 *
 * @param status HTTP status; before execution graphql-server answers 400, with errors that have no code of their own
 * @param report is given what is hidden, under an incident that the caller is told
 */
export function toldErrors(
  errors: readonly RawError[],
  status: number,
  report: (incident: string, error: RawError) => void,
): ToldError[] {
  const faults = errors.map((error) => (isForCaller(error, status) ? null : fault(error)))
  // A statement that failed because an earlier one had shares the cause of that one.
  const cause = faults.find((code) => code != null) ?? 'INTERNAL'
  return errors.map((error, n) => {
    const code = faults[n]
    if (code === null) return pass(error)
    return hide(error, code ?? cause, report)
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

function hide(
  error: RawError,
  code: FaultCode,
  report: (incident: string, error: RawError) => void,
): ToldError {
  const told = { message: FAULT_MESSAGES[code], ...place(error.locations, error.path) }
  if (code !== 'INTERNAL') return { ...told, extensions: { code } }
  const incident = randomUUID()
  report(incident, error)
  return { ...told, extensions: { code, incident } }
}

function place(locations: unknown, path: unknown) {
  return { ...(locations === undefined ? {} : { locations }), ...(path === undefined ? {} : { path }) }
}
