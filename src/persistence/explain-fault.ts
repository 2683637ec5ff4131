import { type DatabaseFault, databaseFaultOf } from '../domain/database-fault'
import { DeviceTrailError, type Problem } from '../domain/errors'

type Explanation = Omit<Problem, 'what'> & { what: string }

const EXPLANATIONS: Readonly<Record<DatabaseFault, Explanation>> = {
  away: {
    code: 'DATABASE_UNAVAILABLE',
    remedy: 'retry',
    what: 'The database cannot be reached at the moment',
    todo: 'Start it, or correct DB_URL.',
  },
  full: {
    code: 'DATABASE_FULL',
    remedy: 'retry',
    what: 'The database has no room left on its disk',
    todo: 'Make room; nothing is lost, and indexing goes on by itself.',
  },
  'read-only': {
    code: 'DATABASE_READ_ONLY',
    remedy: 'retry',
    what: 'The database takes no writes',
    todo: 'Point DB_URL to the primary, or make it writable; indexing then goes on by itself.',
  },
  conflict: {
    code: 'DATABASE_CONFLICT',
    remedy: 'retry',
    what: 'Another transaction stood in the way',
    todo: 'If it goes on, see in pg_stat_activity who holds the lock.',
  },
  refused: {
    code: 'DATABASE_REFUSED',
    remedy: 'human',
    what: 'The database refuses us',
    todo: 'Correct DB_URL (or DB_NAME, DB_USER, DB_PASS), or create what is missing.',
  },
  damaged: {
    code: 'DATABASE_DAMAGED',
    remedy: 'human',
    what: 'The database reports damaged data',
    todo: 'Restore a back-up, or index into an empty database.',
  },
}

/**
 * A fault of the database in words that a person can act on; any other error, and one that is
 * explained already, comes back as it is.
 */
export function explainFault(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DeviceTrailError) return error
  const code = codeOf(error)
  const fault = databaseFaultOf(code, error.message)
  if (fault === undefined) return error
  const { what, ...explanation } = EXPLANATIONS[fault]
  const detail = [code, error.message].filter((part) => part !== '').join(': ')
  return new DeviceTrailError({ ...explanation, what: `${what} (${detail}).` }, { cause: error })
}

function codeOf(error: Error & { code?: unknown }): string {
  return typeof error.code === 'string' ? error.code : ''
}
