import type { Logger } from '@subsquid/logger'
import { Pool } from 'pg'
import { type IndexerStatus, indexerStatus } from '../query/indexer-status'

/** How long a database may take to say that it is there. */
const TIMEOUT_MS = 3_000

/** Whether questions can be answered, and truly. */
export interface Readiness {
  /** Null when the database does not answer. */
  status(): Promise<IndexerStatus | null>
  close(): Promise<void>
}

/**
 * Asks on a connection of its own: a pool that is busy with questions does not make us look dead.
 */
export function watchReadiness(databaseUrl: string, log: Logger): Readiness {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 1,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
  })
  // An idle connection that breaks is an event of the pool; without a listener it would end the
  // process.
  pool.on('error', (error) => log.warn(`the connection for readiness broke: ${error.message}`))
  async function look(): Promise<IndexerStatus | null> {
    try {
      return await indexerStatus(async (text, parameters = []) => {
        return (await pool.query(text, [...parameters])).rows
      })
    } catch (error) {
      log.warn(`not ready: ${error instanceof Error ? error.message : String(error)}`)
      return null
    }
  }
  let looking: Promise<IndexerStatus | null> | undefined
  return {
    close: () => pool.end(),
    // Whoever asks meanwhile gets the same answer: in a queue for the one connection, a database
    // that answers would look dead to the last ones.
    status: () => {
      looking ??= look().finally(() => {
        looking = undefined
      })
      return looking
    },
  }
}
