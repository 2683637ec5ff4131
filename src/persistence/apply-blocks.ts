import { type BlockOfEvents, project } from '../projection/project'
import { keysOf } from '../projection/slice'
import { loadSlice } from './load-slice'
import type { Sql } from './sql'
import { writeBatch } from './write-batch'

/**
 * Adds blocks to the end of the ledger: load what they touch, fold, write. The caller holds the
 * transaction.
 */
export async function applyBlocks(sql: Sql, blocks: readonly BlockOfEvents[]): Promise<void> {
  const events = blocks.flatMap((block) => block.events)
  if (events.length === 0) return
  const before = await loadSlice(sql, keysOf(events))
  await writeBatch(sql, project(before, blocks))
}
