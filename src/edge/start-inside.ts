import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@subsquid/logger'
import { isUnavailable } from './faults'
import { type Listening, startGraphqlServer } from './graphql-server'
import type { ApiLimits } from './limits'

const PAUSE_MS = 1_000

/** What the server behind the public port is made of. */
export interface Inside {
  dbUrl: string
  limits: ApiLimits
  log: Logger
  /** Resolves when the database is there; rejects with what only a person can mend. */
  databaseReady(stop: AbortSignal): Promise<void>
}

/**
 * Starts graphql-server, which does not start without its database, as soon as that is there; one
 * that goes away again meanwhile is waited for anew.
 *
 * @throws what only a person can mend; the reason of `stop`
 */
export async function startInside(
  { dbUrl, limits, log, databaseReady }: Inside,
  stop: AbortSignal,
): Promise<Listening> {
  for (;;) {
    await databaseReady(stop)
    stop.throwIfAborted()
    try {
      return await startGraphqlServer(dbUrl, limits, log)
    } catch (error) {
      const { code = '', message = '' } = error as { code?: string; message?: string }
      if (!isUnavailable(code, message)) throw error
      log.warn(`waiting. The database cannot be reached (${code || message}).`)
    }
    await sleep(PAUSE_MS, undefined, { signal: stop })
  }
}
