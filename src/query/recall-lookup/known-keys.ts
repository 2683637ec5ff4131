import { Parameters } from '../parameters'
import type { Sql } from '../sql'
import type { ScopeTerm } from './scope-term'
import { fitsTerm, termRows } from './term-rows'

/** Fewer patterns and ranges than this are tested on each unit. */
const LOOKED_UP_FROM = 8

/** Keys that are walked, fitting or not. More of them are dearer than a test of each unit. */
const WALKED_MAX = 20_000

/**
 * The keys on record that the terms of a field name, exact ones included: what many patterns and
 * ranges mean, found by steps from key to key along the index, however many units have each. A test
 * of five hundred ranges on each of a hundred thousand units takes seconds.
 *
 * @returns null where the terms themselves are the better test: few, or too many keys to walk
 */
export async function knownKeys(
  sql: Sql,
  column: 'lot_key' | 'serial_key',
  terms: readonly ScopeTerm[] | null,
): Promise<readonly string[] | null> {
  const loose = terms?.filter(({ form }) => form !== 'exact') ?? []
  if (loose.length < LOOKED_UP_FROM) return null
  const parameters = new Parameters()
  const next = (after: string) => `
    SELECT ${column} FROM device
    WHERE ${column} COLLATE "C" ${after} AND ${column} COLLATE "C" <= term.high
    ORDER BY ${column} COLLATE "C" LIMIT 1`
  const rows = await sql<{ key: string; fits: boolean }>(
    `SELECT walk.key AS "key", ${fitsTerm('walk.key')} AS "fits"
    FROM ${termRows(loose, parameters)} CROSS JOIN LATERAL (
      WITH RECURSIVE step(key) AS (
        (${next('>= term.low')})
        UNION ALL
        SELECT (${next('> step.key')}) FROM step WHERE step.key IS NOT NULL
      )
      SELECT key FROM step WHERE key IS NOT NULL
    ) AS walk
    LIMIT ${WALKED_MAX + 1}`,
    parameters.values,
  )
  if (rows.length > WALKED_MAX) return null
  const exact = terms?.flatMap((term) => (term.form === 'exact' ? [term.key] : [])) ?? []
  return [...new Set([...exact, ...rows.flatMap(({ key, fits }) => (fits ? [key] : []))])]
}
