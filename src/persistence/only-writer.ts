import type { DataSource } from 'typeorm'
import { DeviceTrailError } from '../domain/errors'
import { type Patience, persevere } from './persevere'

/** Any two numbers that no other program uses on the same database: "devi" and "trai" in ASCII. */
const LOCK = [0x64657669, 0x74726169] as const

/**
 * A predecessor that was killed, or that stops at this moment, leaves its place when the server has
 * noticed; a second indexer stays.
 */
const PREDECESSOR_MS = 10_000

/**
 * Takes the one writer's place at a database for as long as the connection lives, so that a killed
 * indexer leaves it at once. Should the connection break, another indexer may take the place; the
 * count of commits in `processor-state` then stops the slower one.
 *
 * @param lost is called when the connection has broken: the place must be taken anew
 * @throws DeviceTrailError SECOND_INDEXER when the place stays taken
 */
export async function becomeOnlyWriter(
  database: DataSource,
  patience: Patience,
  lost: (error: DeviceTrailError) => void,
): Promise<void> {
  const connection = database.createQueryRunner()
  const client: { once(event: 'end', listener: () => void): unknown } = await connection.connect()
  try {
    await persevere(() => takePlace(connection), {
      forMs: PREDECESSOR_MS,
      ...patience,
      passes: ({ code }) => code === 'SECOND_INDEXER',
    })
  } catch (error) {
    await connection.release()
    throw error
  }
  client.once('end', () => lost(placeLost()))
}

async function takePlace(connection: { query: DataSource['query'] }): Promise<void> {
  const [lock]: { taken: boolean }[] = await connection.query(
    'SELECT pg_try_advisory_lock($1, $2) AS taken',
    [...LOCK],
  )
  if (lock?.taken) return
  throw new DeviceTrailError({
    code: 'SECOND_INDEXER',
    remedy: 'human',
    what: 'Another indexer is writing to this database.',
    todo: 'Stop it first, or give this one a database of its own (DB_URL).',
  })
}

function placeLost(): DeviceTrailError {
  return new DeviceTrailError({
    code: 'DATABASE_UNAVAILABLE',
    remedy: 'retry',
    what: 'The connection that keeps other indexers away has broken.',
    todo: 'It is taken anew; nothing is lost.',
  })
}
