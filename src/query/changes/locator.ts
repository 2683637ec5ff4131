import type { Sql } from '../sql'
import { HASH_END_LENGTH, type KnownBlock } from './cursor'

/**
 * How a poll finds its place again after a fork, as a Bitcoin node does with a block locator: a
 * cursor carries the hashes of its own block and of older ones, at distances that grow fourfold.
 * The highest of them that is still on record has the same past as before, for each block names its
 * parent. A fork of depth d sends the poll back by at most four times d blocks, and a cursor knows
 * no more than seventeen, however long the chain.
 */
const GROWTH = 4

const LAST_BY = `
  SELECT sought.height AS sought, block.height, block."hashEnd"
  FROM unnest($1::int[]) AS sought(height)
  CROSS JOIN LATERAL (
    SELECT height, right(hash, ${HASH_END_LENGTH}) AS "hashEnd" FROM block
    WHERE height <= sought.height ORDER BY height DESC LIMIT 1
  ) AS block`

/**
 * The recorded blocks by which a place is found again: those at growing distances below `height`,
 * the nearest first, and the last ones at or below each of `own`, by that height.
 */
export async function locate(
  sql: Sql,
  height: number,
  own: readonly number[] = [],
): Promise<{ older: KnownBlock[]; at: ReadonlyMap<number, KnownBlock> }> {
  const below: number[] = []
  for (let back = 1; back <= height; back *= GROWTH) below.push(height - back)
  const sought = [...new Set([...below, ...own])]
  const rows =
    sought.length === 0
      ? []
      : await sql<{ sought: number; height: number; hashEnd: string }>(LAST_BY, [sought], 'kept')
  const at = new Map(
    rows.map((row): [number, KnownBlock] => [row.sought, [row.height, row.hashEnd]]),
  )
  const distinct = new Map(
    below.flatMap((one) => {
      const block = at.get(one)
      return block === undefined ? [] : [[block[0], block] as const]
    }),
  )
  return { older: [...distinct.values()], at }
}

/**
 * The relation `start`, one row: after which position a poll goes on. That is the position of its
 * cursor while its block is on record, else the end of the highest block of the cursor that is;
 * `undoneAfter` is then the height of that block, or -1 when there is none.
 *
 * @param at number of the first of five parameters: see `startParameters`
 */
export function startSql(at: number): string {
  const given = `unnest($${at}::int[], $${at + 1}::text[])`
  return `
  start AS (
    SELECT COALESCE(place.height, -1) AS height, place."hashEnd",
      CASE WHEN nth = 1 THEN $${at + 2}::int ELSE 2147483647 END AS log_index,
      CASE WHEN nth = 1 THEN $${at + 3}::int ELSE 9 END AS rank,
      CASE WHEN nth = 1 THEN $${at + 4}::text ELSE '' END AS id,
      CASE WHEN nth = 1 OR cardinality($${at}::int[]) = 0 THEN NULL
        ELSE COALESCE(place.height, -1) END AS "undoneAfter"
    FROM (SELECT) AS always LEFT JOIN LATERAL (
      SELECT known.* FROM ${given} WITH ORDINALITY AS known(height, "hashEnd", nth)
      JOIN block ON block.height = known.height
        AND right(block.hash, ${HASH_END_LENGTH}) = known."hashEnd"
      ORDER BY nth LIMIT 1
    ) AS place ON true
  )`
}
