import type { DataSource } from 'typeorm'
import { DeviceTrailError } from '../domain/errors'

/** Any two numbers that no other program uses on the same database: "devi" and "trai" in ASCII. */
const LOCK = [0x64657669, 0x74726169] as const

/**
 * Takes the one writer's place at a database for as long as the connection lives, so that a killed
 * indexer leaves it at once. Should the connection break, another indexer may take the place; the
 * count of commits in `processor-state` then stops the slower one.
 *
 * @throws DeviceTrailError SECOND_INDEXER when the place is taken
 */
export async function becomeOnlyWriter(database: DataSource): Promise<void> {
  const connection = database.createQueryRunner()
  await connection.connect()
  const [lock]: { taken: boolean }[] = await connection.query(
    'SELECT pg_try_advisory_lock($1, $2) AS taken',
    [...LOCK],
  )
  if (lock?.taken) return
  await connection.release()
  throw new DeviceTrailError({
    code: 'SECOND_INDEXER',
    remedy: 'human',
    what: 'Another indexer is writing to this database.',
    todo: 'Stop it first, or give this one a database of its own (DB_URL).',
  })
}
