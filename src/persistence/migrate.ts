import type { DataSource } from 'typeorm'
import { DeviceTrailError } from '../domain/errors'

/**
 * Brings the schema up to date; all of it or nothing. Returns the names of the migrations that were
 * run.
 */
export async function migrate(database: DataSource): Promise<string[]> {
  const run = await database.runMigrations({ transaction: 'all' })
  return run.map(({ name }) => name)
}

/**
 * Refuses a database whose schema is not the one that this version writes and reads.
 *
 * @throws DeviceTrailError SCHEMA_OUTDATED
 */
export async function requireMigrated(database: DataSource): Promise<void> {
  if (!(await database.showMigrations())) return
  throw new DeviceTrailError({
    code: 'SCHEMA_OUTDATED',
    remedy: 'human',
    what: 'The database lacks migrations of this version.',
    todo: 'Run "devicetrail migrate" with the same DB_URL, then start again.',
  })
}
