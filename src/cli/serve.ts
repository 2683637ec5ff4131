import { createLogger } from '@subsquid/logger'
import { Command } from 'commander'
import { readServeConfig } from '../config/environment'
import { useLogLevel } from '../config/log-level'
import { stopSignal } from './stop-signal'

/** `devicetrail serve` */
export function serveCommand(): Command {
  return new Command('serve').description('Serve the GraphQL API, until stopped.').action(serve)
}

async function serve(): Promise<void> {
  const { host, port, databaseUrl, logLevel } = readServeConfig(process.env)
  useLogLevel(logLevel)
  const log = createLogger('devicetrail:api')
  const stop = stopSignal()
  const { startApi } = await import('../edge/start-api')
  const api = await startApi({ host, port, dbUrl: databaseUrl, log })
  log.info(`listening on http://${host}:${api.port}/graphql`)
  stop.addEventListener('abort', () => void api.close().finally(() => process.exit(0)))
}
