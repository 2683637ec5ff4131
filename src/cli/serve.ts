import { createLogger, type Logger } from '@subsquid/logger'
import { Command } from 'commander'
import { readServeConfig } from '../config/environment'
import { useLogLevel } from '../config/log-level'
import { reportAndExit } from './report'
import { onStop, stopSignal } from './stop-signal'

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
  const databaseReady = (ended: AbortSignal) => awaitSchema(databaseUrl, log, ended)
  const api = await startApi({ host, port, dbUrl: databaseUrl, log, databaseReady })
  onStop(stop, () => void api.close().finally(() => process.exit(0)))
  log.info(`listening on http://${host}:${api.port}/graphql`)
  await api.started.catch((error) => {
    // A start that is interrupted fails in many ways, none of which is of interest.
    if (!stop.aborted) reportAndExit(error)
  })
  if (!stop.aborted) log.info('the database is there: questions are answered')
}

/** Waits until the database is there and has been migrated, however long that takes. */
async function awaitSchema(databaseUrl: string, log: Logger, stop: AbortSignal): Promise<void> {
  // Loaded here, as above, so that --help and a bad value answer at once.
  const { awaitDatabase } = await import('../persistence/connect')
  const { awaitMigrated } = await import('../persistence/migrate')
  const patience = { say: (line: string) => log.warn(line), stop, forMs: Infinity }
  const database = await awaitDatabase(databaseUrl, patience)
  try {
    await awaitMigrated(database, patience)
  } finally {
    await database.destroy()
  }
}
