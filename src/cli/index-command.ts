import { createLogger } from '@subsquid/logger'
import { Command } from 'commander'
import { readIndexConfig } from '../config/environment'
import { useLogLevel } from '../config/log-level'
import { superviseIndexer } from '../indexer/supervise'
import { stopSignal } from './stop-signal'

/** `devicetrail index` */
export function indexCommand(): Command {
  return new Command('index')
    .description('Follow the contracts into the database, until stopped.')
    .action(async () => {
      const config = readIndexConfig(process.env)
      useLogLevel(config.logLevel)
      const log = createLogger('devicetrail:index')
      process.exit(await superviseIndexer(config, log, stopSignal()))
    })
}
