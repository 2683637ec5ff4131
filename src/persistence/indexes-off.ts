import type { DataSource } from 'typeorm'
import { type Sql, sqlOf } from './sql'

/** The tables that grow with every event. */
const LARGE_TABLES = ['device', 'custody_period', 'device_event']

/** The index of these that writing itself asks for every unit: has its identity a twin? */
const NEEDED_TO_WRITE = ['IX_device_identity']

/** What writing asks when a recall names units: years may pass before it does. */
export const ASKED_BY_SCOPES = ['IX_device_model_lot_page', 'IX_device_serial']

const OTHER_INDEXES = `
  SELECT class.relname AS name, pg_get_indexdef(index.indexrelid) AS definition
  FROM pg_index AS index JOIN pg_class AS class ON class.oid = index.indexrelid
  WHERE index.indrelid = ANY($1::regclass[]) AND NOT index.indisprimary
    AND class.relname <> ALL($2)
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = index.indexrelid)`

/** What is done at the same time at the end: each takes one core of the server. */
const LANES = 2

/**
 * Sorting a large index in memory; an index is built once, and two at a time. Workers of the
 * server would be more processes than cores, and took twice as long.
 */
const BUILD_SETTINGS = `SELECT set_config('maintenance_work_mem', '128MB', TRUE),
  set_config('max_parallel_maintenance_workers', '0', TRUE)`

/** An index as PostgreSQL writes it down. */
interface TakenOff {
  name: string
  definition: string
}

/**
 * Takes the indexes that only questions need off the large tables. A first sync then writes rows
 * and few indexes, and changes rows in place; the indexes are built at its end, each in one go,
 * which costs a small part of keeping them up to date. Questions are answered meanwhile, slowly.
 */
export async function takeIndexesOff(database: DataSource): Promise<void> {
  await database.transaction(async (manager) => {
    const sql = sqlOf(manager)
    const indexes = await sql<TakenOff>(OTHER_INDEXES, [LARGE_TABLES, NEEDED_TO_WRITE])
    for (const { name, definition } of indexes) {
      await sql('INSERT INTO squid_processor.index_taken_off VALUES ($1, $2)', [name, definition])
      await sql(`DROP INDEX "${name}"`)
    }
  })
}

/** Whether indexes are off: the first sync is not over, or was broken off. */
export async function areIndexesOff(sql: Sql): Promise<boolean> {
  return (await sql('SELECT FROM squid_processor.index_taken_off LIMIT 1')).length > 0
}

/**
 * Has the planner look at the tables anew, and builds the indexes that were taken off, in the order
 * of their names. Each is a transaction of its own: what was built before a crash stays.
 *
 * @param say is told of each index
 */
export async function putIndexesBack(
  database: DataSource,
  say: (line: string) => void,
): Promise<void> {
  const missing = await takenOff(sqlOf(database.manager))
  if (missing.length === 0) return
  // First: rows that were changed leave dead versions, which every index would point to.
  say('statistics of the large tables')
  await inLanes(LARGE_TABLES.values(), (table) => database.query(`VACUUM (ANALYZE) ${table}`))
  await inLanes(missing.entries(), async ([index, { name, definition }]) => {
    say(`building index ${index + 1} of ${missing.length}: ${name}`)
    await database.transaction((manager) => putBack(sqlOf(manager), { name, definition }))
  })
}

async function inLanes<Item>(
  items: IterableIterator<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const lane = async () => {
    for (const item of items) await work(item)
  }
  await Promise.all(Array.from({ length: LANES }, lane))
}

/**
 * Builds those that are off within the transaction of the caller, who is about to need them.
 *
 * @param names those that are needed; all, where not given
 */
export async function requireIndexes(sql: Sql, names?: readonly string[]): Promise<void> {
  for (const index of await takenOff(sql)) {
    if (names === undefined || names.includes(index.name)) await putBack(sql, index)
  }
}

async function putBack(sql: Sql, { name, definition }: TakenOff): Promise<void> {
  await sql(BUILD_SETTINGS)
  await sql(definition)
  await sql('DELETE FROM squid_processor.index_taken_off WHERE name = $1', [name])
}

function takenOff(sql: Sql): Promise<TakenOff[]> {
  return sql<TakenOff>('SELECT name, definition FROM squid_processor.index_taken_off ORDER BY name')
}
