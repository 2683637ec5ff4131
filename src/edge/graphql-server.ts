import { join } from 'node:path'
import { Server } from '@subsquid/graphql-server/lib/server'
import type { Logger } from '@subsquid/logger'
import type { ApiLimits } from './limits'
import { onLoopback } from './loopback'

/** A server that listens. */
export interface Listening {
  port: number
  close(): Promise<void>
}

/** Of schema.graphql and lib/. */
const PROJECT = join(__dirname, '../..')

/**
 * A request reads all its answers in one transaction. Repeatable read gives it one snapshot, so
 * that numbers and the block that they are true for belong together; read only keeps a bug in a
 * resolver from writing.
 */
const SESSION =
  '-c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read'

/** Starts graphql-server on a port of the loopback interface that the system picks. */
export function startGraphqlServer(
  databaseUrl: string,
  limits: ApiLimits,
  log: Logger,
): Promise<Listening> {
  const server = new Server({
    dir: PROJECT,
    log,
    maxRequestSizeBytes: limits.requestBytes,
    maxRootFields: limits.rootFields,
    maxResponseNodes: limits.responseNodes,
    sqlStatementTimeout: limits.statementTimeoutMs,
    squidStatus: true,
    subscriptions: false,
  })
  const environment = { GQL_PORT: '0', DB_URL: bounded(databaseUrl, limits) }
  return withEnvironment(environment, () => onLoopback(() => server.start()))
}

/** How much later than the server we give a statement up: a server that hangs never does. */
const GRACE_MS = 2_000

function bounded(databaseUrl: string, { statementTimeoutMs }: ApiLimits): string {
  const url = new URL(databaseUrl)
  url.searchParams.set('query_timeout', String(statementTimeoutMs + GRACE_MS))
  const options = url.searchParams.get('options')
  url.searchParams.set('options', options === null ? SESSION : `${options} ${SESSION}`)
  return url.href
}

/**
 * graphql-server takes port and database from the environment only, and reads it while it starts.
 */
async function withEnvironment<Result>(
  variables: Readonly<Record<string, string>>,
  start: () => Promise<Result>,
): Promise<Result> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, variables)
  try {
    return await start()
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}
