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

/** In one statement, so that both are of one moment. */
export async function readState(sql: Sql): Promise<ProcessorState> {
  const [state] = await sql<ProcessorState>(
    `SELECT height, hash, nonce, (
       SELECT coalesce(jsonb_agg(jsonb_build_object('height', hot.height, 'hash', hot.hash)
         ORDER BY hot.height), '[]')
       FROM squid_processor.hot_block AS hot) AS top
     FROM squid_processor.status WHERE id = 0`,
  )
  if (state === undefined) throw new Error('squid_processor.status has no row')
  return state
}

/** Where a commit leaves the ledger. */
export interface Position {
  final: HashAndHeight
  /**
   * Time of the last block that was read, in milliseconds, whether it carried anything of ours or
   * not; undefined where none was.
   */
  headTime: number | undefined
}

/** Moves the position; false when another process moved it meanwhile. */
export async function writePosition(
  sql: Sql,
  nonce: number,
  { final, headTime }: Position,
): Promise<boolean> {
  const moved = await sql(
    `WITH sunk AS (
       DELETE FROM squid_processor.hot_block WHERE height <= $1
     ), seen AS (
       UPDATE squid_processor.chain_state SET head_timestamp = to_timestamp($4::float8 / 1000)
       WHERE $4::float8 IS NOT NULL
     )
     UPDATE squid_processor.status SET height = $1, hash = $2, nonce = nonce + 1
     WHERE id = 0 AND nonce = $3 RETURNING id`,
    [final.height, final.hash, nonce, headTime ?? null],
  )
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

/** After a rewind: the time of the last block that is still remembered. */
export async function resetHeadTime(sql: Sql): Promise<void> {
  await sql(
    `UPDATE squid_processor.chain_state SET head_timestamp =
       (SELECT "timestamp" FROM block ORDER BY height DESC LIMIT 1)`,
  )
}
