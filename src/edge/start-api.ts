import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from '@subsquid/logger'
import { DeviceTrailError } from '../domain/errors'
import { watchAbandonedQueries } from './abandoned-queries'
import { isUnavailable } from './faults'
import { type Listening, startGraphqlServer } from './graphql-server'
import { type ApiLimits, DEFAULT_LIMITS } from './limits'
import { LOOPBACK } from './loopback'
import { publicApp } from './public-app'
import { watchReadiness } from './readiness'

export interface ApiOptions {
  /** 0 lets the system pick one. */
  port: number
  /** Interface to listen on; only this machine, if absent. */
  host?: string
  dbUrl: string
  limits?: Partial<ApiLimits>
  log: Logger
}

/**
 * Starts the API: graphql-server on the loopback interface, and the public port in front of it,
 * which hides the inside of errors and tells whether the answers can be trusted. Needs the build in
 * lib/, where graphql-server looks for models and resolvers.
 *
 * @throws DeviceTrailError DATABASE_UNAVAILABLE, PORT_UNAVAILABLE
 */
export async function startApi({
  port,
  host = LOOPBACK,
  dbUrl,
  limits,
  log,
}: ApiOptions): Promise<Listening> {
  const all = { ...DEFAULT_LIMITS, ...limits }
  const graphql = await startGraphqlServer(dbUrl, all, log).catch(explainDatabase)
  const readiness = watchReadiness(dbUrl, log)
  const abandoned = watchAbandonedQueries(dbUrl, log)
  const closeInside = async () => {
    await Promise.all([graphql.close(), readiness.close(), abandoned.close()])
  }
  const behind = { graphqlPort: graphql.port, readiness, abandoned, limits: all, log }
  const server = createServer(publicApp(behind))
  try {
    return {
      port: await listen(server, port, host),
      close: async () => {
        await closeServer(server)
        await closeInside()
      },
    }
  } catch (error) {
    await closeInside()
    throw error
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const what = `Port ${port} of ${host} cannot be listened on (${cause.code}).`
      const todo = 'Stop what uses it, or set PORT to another one.'
      reject(
        new DeviceTrailError({ code: 'PORT_UNAVAILABLE', remedy: 'human', what, todo }, { cause }),
      )
    })
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

/** Lets running requests end; connections that only wait for a next one are cut. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
}

function explainDatabase(error: unknown): never {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (!isUnavailable(code, message)) throw error
  const problem = {
    code: 'DATABASE_UNAVAILABLE',
    remedy: 'retry' as const,
    what: `The database cannot be reached (${code || message}).`,
    todo: 'Start it, or correct DB_URL.',
  }
  throw new DeviceTrailError(problem, { cause: error })
}
