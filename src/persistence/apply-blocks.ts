import { type Changes, Draft } from '../projection/draft'
import { type BlockOfEvents, projectBlock } from '../projection/project'
import { keysOf } from '../projection/slice'
import { inTurns } from './in-turns'
import { loadSlice } from './load-slice'
import type { Sql, Writer } from './sql'
import { type RenderedBatch, renderBatch, writeBatch } from './write-batch'

/**
 * A batch touches rows by their keys, a small part of tables that grow for ever. PostgreSQL prices
 * an index look-up as a read from disk, and would rather read a whole table with every batch.
 */
const LOOK_UP_BY_KEY = `SELECT set_config('enable_seqscan', 'off', TRUE),
  set_config('enable_hashjoin', 'off', TRUE), set_config('enable_mergejoin', 'off', TRUE)`

/** For the rest of a transaction that touches rows by their keys. */
export async function lookUpByKey(sql: Sql): Promise<void> {
  await sql(LOOK_UP_BY_KEY)
}

/**
 * What the rows become when blocks are added to the end of the ledger: loads what they touch,
 * folds, and renders. The caller holds the transaction, which may be another than the one that
 * writes; it looks up by key from here on.
 *
 * @param pending the batch before, where it may not be written yet
 * @returns undefined where no block says anything
 */
export async function foldBlocks(
  sql: Sql,
  blocks: readonly BlockOfEvents[],
  pending?: Changes,
): Promise<RenderedBatch | undefined> {
  const events = blocks.flatMap((block) => block.events)
  if (events.length === 0) return undefined
  await lookUpByKey(sql)
  const draft = new Draft(await loadSlice(sql, keysOf(events), pending))
  await inTurns(
    blocks,
    (block) => block.events.length,
    (block) => projectBlock(draft, block),
  )
  return renderBatch(draft)
}

/**
 * Writes what `foldBlocks` made, in the order in which it was made. The caller holds the
 * transaction, and looks up by key in it.
 */
export async function writeFolded(writer: Writer, batch: RenderedBatch | undefined): Promise<void> {
  if (batch !== undefined) await writeBatch(writer, batch)
}
