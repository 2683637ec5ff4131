import type { HashAndHeight } from './database-interface'
import type { Sql } from './sql'

/**
 * How far the ledger is, in the tables of @subsquid/typeorm-store, so that squidStatus and existing
 * tools read it: `status` is the last final block, `hot_block` the chain above it that may still be
 * forked away.
 */
export interface ProcessorState extends HashAndHeight {
  /** Counts the commits; two writers would count past each other. */
  nonce: number
  /** Blocks above the final one, in order. */
  top: HashAndHeight[]
}

export async function readState(sql: Sql): Promise<ProcessorState> {
  const [status] = await sql<HashAndHeight & { nonce: number }>(
    'SELECT height, hash, nonce FROM squid_processor.status WHERE id = 0',
  )
  if (status === undefined) throw new Error('squid_processor.status has no row')
  const top = await sql<HashAndHeight>(
    'SELECT height, hash FROM squid_processor.hot_block ORDER BY height',
  )
  return { ...status, top }
}

/** Moves the final block; false when another process moved it meanwhile. */
export async function writeFinal(sql: Sql, nonce: number, final: HashAndHeight): Promise<boolean> {
  const moved = await sql(
    `UPDATE squid_processor.status SET height = $1, hash = $2, nonce = nonce + 1
     WHERE id = 0 AND nonce = $3 RETURNING id`,
    [final.height, final.hash, nonce],
  )
  await sql('DELETE FROM squid_processor.hot_block WHERE height <= $1', [final.height])
  return moved.length === 1
}

export async function addHotBlocks(sql: Sql, blocks: readonly HashAndHeight[]): Promise<void> {
  await sql(
    `INSERT INTO squid_processor.hot_block (height, hash)
     SELECT * FROM unnest($1::int4[], $2::text[])`,
    [blocks.map(({ height }) => height), blocks.map(({ hash }) => hash)],
  )
}

export async function dropHotBlocksAbove(sql: Sql, height: number): Promise<void> {
  await sql('DELETE FROM squid_processor.hot_block WHERE height > $1', [height])
}

/** Time of the last block that was read, whether it carried anything of ours or not. */
export async function writeHeadTime(sql: Sql, timestamp: number): Promise<void> {
  await sql(
    'UPDATE squid_processor.chain_state SET head_timestamp = to_timestamp($1::float8 / 1000)',
    [timestamp],
  )
}

/** After a rewind: the time of the last block that is still remembered. */
export async function resetHeadTime(sql: Sql): Promise<void> {
  await sql(
    `UPDATE squid_processor.chain_state SET head_timestamp =
       (SELECT "timestamp" FROM block ORDER BY height DESC LIMIT 1)`,
  )
}
