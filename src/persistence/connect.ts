import path from 'node:path'
import type { ClientBase } from 'pg'
import { DataSource } from 'typeorm'
import { type Patience, persevere } from './persevere'

/** The project's folder, whether this file runs from `src` or, compiled, from `lib`. */
const PROJECT = path.resolve(__dirname, '../..')

const CONNECT_TIMEOUT_MS = 10_000
/** Pause of a connection after which it is asked whether its other end still lives. */
const KEEP_ALIVE_MS = 30_000

/**
 * Lets the server notice within seconds that we are gone, by a kill, a cut cable or a lost machine.
 * Otherwise a statement would run to its end, with its locks, and the lock of the only writer could
 * outlive its machine by hours. Old servers have no such setting, and do without.
 */
const NOTICE_OUR_END = `SELECT set_config(name, value, false)
  FROM (VALUES ('client_connection_check_interval', '2000'), ('tcp_keepalives_idle', '30'),
    ('tcp_keepalives_interval', '5'), ('tcp_keepalives_count', '3')) AS wanted (name, value)
  JOIN pg_settings USING (name)`

/** An open pool of connections that knows the migrations. The caller closes it with `destroy`. */
export async function connectDatabase(databaseUrl: string, poolSize = 4): Promise<DataSource> {
  const database = new DataSource({
    type: 'postgres',
    url: databaseUrl,
    migrations: [path.join(PROJECT, 'db/migrations/*.js')],
    migrationsTransactionMode: 'all',
    applicationName: 'devicetrail',
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    extra: {
      max: poolSize,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      onConnect: (client: ClientBase) => client.query(NOTICE_OUR_END).catch(() => undefined),
    },
  })
  return database.initialize()
}

/**
 * As `connectDatabase`, but waits for a database that is not there yet.
 *
 * @throws DeviceTrailError DATABASE_REFUSED, which only a person can mend; DATABASE_UNAVAILABLE
 *   when the patience is at its end
 */
export function awaitDatabase(databaseUrl: string, patience: Patience): Promise<DataSource> {
  return persevere(() => connectDatabase(databaseUrl), patience)
}
