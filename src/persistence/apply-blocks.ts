import { type BlockOfEvents, project } from '../projection/project'
import { keysOf } from '../projection/slice'
import { loadSlice } from './load-slice'
import type { Sql } from './sql'
import { writeBatch } from './write-batch'

/**
 * A batch touches rows by their keys, a small part of tables that grow for ever. PostgreSQL prices
 * an index look-up as a read from disk, and would rather read a whole table with every batch.
 */
const LOOK_UP_BY_KEY = `SELECT set_config('enable_seqscan', 'off', TRUE),
  set_config('enable_hashjoin', 'off', TRUE), set_config('enable_mergejoin', 'off', TRUE)`

/**
 * Adds blocks to the end of the ledger: load what they touch, fold, write. The caller holds the
 * transaction.
 */
export async function applyBlocks(sql: Sql, blocks: readonly BlockOfEvents[]): Promise<void> {
  const events = blocks.flatMap((block) => block.events)
  if (events.length === 0) return
  await sql(LOOK_UP_BY_KEY)
  const before = await loadSlice(sql, keysOf(events))
  await writeBatch(sql, project(before, blocks))
}
