import { randomUUID } from 'node:crypto'
import type { Logger } from '@subsquid/logger'
import { Pool } from 'pg'
import { onRequest, type RunningRequest } from '../server-extension/running-request'

/** A request on its way through graphql-server. */
export interface TrackedRequest {
  /** What graphql-server knows it by. */
  id: string
  /** The caller went away: its statement is stopped. */
  abandon(): Promise<void>
  /** It was answered. */
  end(): void
}

/** Stops the SQL of requests that nobody waits for. */
export interface AbandonedQueries {
  track(): TrackedRequest
  close(): Promise<void>
}

const LIMITS = { connectionTimeoutMillis: 3_000, query_timeout: 3_000 }

/**
 * Cancels on a connection of its own: those of graphql-server may all be busy with what is to be
 * cancelled. Should a statement end in the instant before its cancel arrives, the next one of the
 * same connection is hit instead, and its caller is told to ask again: PostgreSQL cancels whatever
 * a server process does, not one statement.
 */
export function watchAbandonedQueries(databaseUrl: string, log: Logger): AbandonedQueries {
  const pool = new Pool({ connectionString: databaseUrl, max: 1, ...LIMITS })
  // An idle connection that breaks is an event of the pool; without a listener it would end the
  // process.
  pool.on('error', (error) => log.warn(`the connection for cancelling broke: ${error.message}`))
  const tracked = new Map<string, RunningRequest | null>()
  const stopListening = onRequest((request) => {
    if (tracked.has(request.id)) tracked.set(request.id, request)
  })

  async function cancel(id: string): Promise<void> {
    const backend = await tracked.get(id)?.backend()
    // Answered meanwhile: the server process may work for somebody else by now.
    if (backend === undefined || !tracked.has(id)) return
    await pool.query('SELECT pg_cancel_backend($1)', [backend])
  }

  return {
    track: () => {
      const id = randomUUID()
      tracked.set(id, null)
      return {
        id,
        // A failure is no harm: the statement timeout ends the statement in any case.
        abandon: () => cancel(id).catch((error) => log.warn(`nothing cancelled: ${error}`)),
        end: () => {
          tracked.delete(id)
        },
      }
    },
    close: async () => {
      stopListening()
      await pool.end()
    },
  }
}
