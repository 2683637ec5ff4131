import { createLogger } from '@subsquid/logger'
import { Command } from 'commander'
import { readServeConfig } from '../config/environment'
import { startApi } from '../edge/start-api'
import { stopSignal } from './stop-signal'

/** `devicetrail serve` */
export function serveCommand(): Command {
  return new Command('serve').description('Serve the GraphQL API, until stopped.').action(async () => {
    const config = readServeConfig(process.env)
    const log = createLogger('devicetrail:api')
    const stop = stopSignal()
    const api = await startApi({
      port: config.port,
      dbUrl: config.databaseUrl,
      contracts: new Map(config.contracts.map(({ address, name }) => [address, name])),
      log,
    })
    log.info(`listening on port ${api.port}`)
    stop.addEventListener('abort', () => {
      void api.close().finally(() => process.exit(0))
    })
  })
}
