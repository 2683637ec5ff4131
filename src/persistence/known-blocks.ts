import type { HashAndHeight } from './database-interface'
import type { Sql } from './sql'

/**
 * The highest block at or below a height whose hash the ledger remembers; undefined when there is
 * none.
 */
export async function knownBlockAtOrBelow(
  sql: Sql,
  height: number,
): Promise<HashAndHeight | undefined> {
  const [found] = await sql<HashAndHeight>(
    `SELECT height, hash FROM (
       (SELECT height, hash FROM block WHERE height <= $1 ORDER BY height DESC LIMIT 1)
       UNION ALL
       (SELECT height, hash FROM squid_processor.hot_block
        WHERE height <= $1 ORDER BY height DESC LIMIT 1)
       UNION ALL
       (SELECT height, hash FROM squid_processor.status WHERE height BETWEEN 0 AND $1)
     ) AS known ORDER BY height DESC LIMIT 1`,
    [height],
  )
  return found
}
