import { createServer } from 'node:http'
import type { Logger } from '@subsquid/logger'
import { watchAbandonedQueries } from './abandoned-queries'
import type { Listening } from './graphql-server'
import { type ApiLimits, DEFAULT_LIMITS } from './limits'
import { LOOPBACK } from './loopback'
import { publicApp } from './public-app'
import { closeServer, listen } from './public-server'
import { watchReadiness } from './readiness'
import { startInside } from './start-inside'

export interface ApiOptions {
  /** 0 lets the system pick one. */
  port: number
  /** Interface to listen on; only this machine, if absent. */
  host?: string
  dbUrl: string
  limits?: Partial<ApiLimits>
  log: Logger
  /**
   * Waits until the database is there and has its schema; rejects with what only a person can mend.
   * Where absent, only the connection is waited for.
   */
  databaseReady?(stop: AbortSignal): Promise<void>
}

/** An API whose public port is open. */
export interface Api extends Listening {
  /**
   * Resolves when questions are answered; until then they are told to come again. Rejects with what
   * a person must mend first, and when the API is closed before.
   */
  started: Promise<void>
}

/**
 * Starts the API: the public port at once, which hides the inside of errors and tells whether the
 * answers can be trusted, and graphql-server behind it on the loopback interface as soon as the
 * database is there. Needs the build in lib/, where graphql-server looks for models and resolvers.
 *
 * @throws DeviceTrailError PORT_UNAVAILABLE
 */
export async function startApi(options: ApiOptions): Promise<Api> {
  const { port, host = LOOPBACK, dbUrl, log, databaseReady = async () => undefined } = options
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  let inside: Listening | undefined
  const readiness = watchReadiness(dbUrl, log)
  const abandoned = watchAbandonedQueries(dbUrl, log)
  const behind = { graphqlPort: () => inside?.port, readiness, abandoned, limits, log }
  const server = createServer(publicApp(behind))
  const closeWatches = () => Promise.all([readiness.close(), abandoned.close()])
  const publicPort = await listen(server, port, host).catch(async (error) => {
    await closeWatches()
    throw error
  })
  const stop = new AbortController()
  const started = startInside({ dbUrl, limits, log, databaseReady }, stop.signal).then(
    (running) => {
      inside = running
    },
  )
  // Who closes before it has started need not listen for its failure.
  started.catch(() => undefined)
  return {
    port: publicPort,
    started,
    close: async () => {
      stop.abort()
      await Promise.all([closeServer(server), started.catch(() => undefined)])
      await Promise.all([inside?.close(), closeWatches()])
    },
  }
}
