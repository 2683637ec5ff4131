import { Parameters } from '../parameters'
import type { RecallLookup } from '../recall-lookup'
import type { Sql } from '../sql'
import { identityWasStated } from './matching-units'
import { lookAlikes, oneEditAway } from './similar-keys'
import { isOneOf } from './term-sql'

/** Values of a field whose neighbours are looked for: each costs up to two thousand searches. */
const NEAR_MISSES_MAX = 25

/**
 * Lots or serials on record that look like keys which are not: a hint for a person, never a match.
 * Where the scope names models, only theirs count, and then also those that are one edit away: in
 * another model, they would be another maker's.
 *
 * @param keys the first `NEAR_MISSES_MAX` of them are looked into
 * @returns for each key those like it, likeliest first; keys without any are absent
 */
export async function nearMisses(
  sql: Sql,
  lookup: RecallLookup,
  column: 'lot_key' | 'serial_key',
  keys: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  if (keys.length === 0) return new Map()
  const { models } = lookup
  const similar = keys.slice(0, NEAR_MISSES_MAX).map((key) => ({
    key,
    candidates: [
      // A key can look alike and be one edit away.
      ...new Set([...lookAlikes(key), ...(models === undefined ? [] : oneEditAway(key))]),
    ],
  }))
  const parameters = new Parameters()
  const searched = parameters.add([...new Set(similar.flatMap(({ candidates }) => candidates))])
  const tests = [`${column} = given.key`]
  if (models !== undefined) {
    const ids = models.named.map(({ id }) => id)
    tests.push(isOneOf('model_id', ids, parameters))
  }
  if (!lookup.asOf.isHead) {
    const block = parameters.add(lookup.asOf.height)
    tests.push(`block_height <= ${block}`, identityWasStated(block))
  }
  const rows = await sql<{ key: string }>(
    `SELECT given.key AS "key" FROM unnest(${searched}::text[]) AS given(key)
    CROSS JOIN LATERAL (SELECT FROM device WHERE ${tests.join(' AND ')} LIMIT 1) AS unit`,
    parameters.values,
  )
  const found = new Set(rows.map(({ key }) => key))
  const near = similar.map(({ key, candidates }): [string, string[]] => [
    key,
    candidates.filter((candidate) => found.has(candidate)),
  ])
  return new Map(near.filter(([, candidates]) => candidates.length > 0))
}
