import { type DataSource, MigrationExecutor } from 'typeorm'
import { DeviceTrailError } from '../domain/errors'
import { requireIndexes } from './indexes-off'
import { type Patience, persevere } from './persevere'
import { type Sql, sqlOf } from './sql'

/** Of the one that migrates: "devi" and "migr" in ASCII. */
const LOCK = [0x64657669, 0x6d696772] as const

/** How long an indexer waits for a migration that was started beside it. */
const SCHEMA_WAIT_MS = 20_000

/**
 * Brings the schema up to date; all of it or nothing, also when it is killed half way. Of several
 * at once one works and the others wait for it. Returns the names of the migrations that were run.
 */
export async function migrate(
  database: DataSource,
  patience: Patience = { say: () => undefined },
): Promise<string[]> {
  const connection = database.createQueryRunner()
  try {
    await connection.connect()
    await persevere(async () => {
      const [lock]: { taken: boolean }[] = await connection.query(
        'SELECT pg_try_advisory_lock($1, $2) AS taken',
        [...LOCK],
      )
      if (!lock?.taken) throw migratedByAnother()
    }, patience)
    const executor = new MigrationExecutor(database, connection)
    executor.transaction = 'all'
    if ((await executor.getPendingMigrations()).length > 0)
      await requireAllIndexes(sqlOf(connection.manager))
    const run = await executor.executePendingMigrations()
    await connection.query('SELECT pg_advisory_unlock($1, $2)', [...LOCK])
    return run.map(({ name }) => name)
  } finally {
    await connection.release()
  }
}

/** A migration may change an index, so it must find all of them, also after a broken first sync. */
async function requireAllIndexes(sql: Sql): Promise<void> {
  const [table] = await sql<{ found: boolean }>(
    `SELECT to_regclass('squid_processor.index_taken_off') IS NOT NULL AS found`,
  )
  if (table?.found) await requireIndexes(sql)
}

/**
 * Refuses a database whose schema is not the one that this version writes and reads. Only looks.
 *
 * @throws DeviceTrailError SCHEMA_OUTDATED
 */
export async function requireMigrated(database: DataSource): Promise<void> {
  const sql = sqlOf(database.manager)
  const [table] = await sql<{ found: boolean }>(
    `SELECT to_regclass('migrations') IS NOT NULL AS found`,
  )
  const rows = table?.found ? await sql<{ name: string }>('SELECT name FROM migrations') : []
  const done = new Set(rows.map(({ name }) => name))
  const names = database.migrations.map((migration) => migration.name ?? migration.constructor.name)
  const missing = names.filter((name) => !done.has(name))
  if (missing.length === 0) return
  throw new DeviceTrailError({
    code: 'SCHEMA_OUTDATED',
    remedy: 'human',
    what: `The database lacks migrations of this version: ${missing.join(', ')}.`,
    todo: 'Run "devicetrail migrate" with the same DB_URL; if it is done, start again.',
  })
}

/**
 * As `requireMigrated`, but waits for a migration that may be on its way.
 *
 * @throws DeviceTrailError SCHEMA_OUTDATED when the patience is at its end: twenty seconds, if it
 *   has none
 */
export function awaitMigrated(database: DataSource, patience: Patience): Promise<void> {
  return persevere(() => requireMigrated(database), {
    forMs: SCHEMA_WAIT_MS,
    ...patience,
    passes: ({ code, remedy }) => code === 'SCHEMA_OUTDATED' || remedy === 'retry',
  })
}

function migratedByAnother(): DeviceTrailError {
  return new DeviceTrailError({
    code: 'MIGRATION_RUNS',
    remedy: 'retry',
    what: 'Another process migrates this database.',
    todo: 'It is waited for; if it was killed, its statement ends within seconds.',
  })
}
