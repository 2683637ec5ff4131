import type { Sql } from '../../persistence/sql'
import { DIFFERENCES_TOLD, type Difference, type Found } from '../difference'

/** Something that must hold of every ledger, whatever the chain said. */
export interface Rule {
  /** Stable, in kebab case. */
  readonly name: string
  /** One sentence: what a ledger that keeps the rule is proved to be. */
  readonly proves: string
  /** Looks for what breaks it; the caller holds the snapshot. */
  find(sql: Sql): Promise<Found>
}

/**
 * A rule of one statement.
 *
 * @param tables whose rows it looks at
 * @param differences `SELECT subject, field, recorded, expected`, a row for each difference
 */
export function sqlRule(
  name: string,
  proves: string,
  tables: readonly string[],
  differences: string,
): Rule {
  const counted = tables.map((table) => `(SELECT count(*) FROM ${table})`).join(' + ')
  const text = `
    WITH difference AS (${differences})
    SELECT subject, field, recorded, expected, (count(*) OVER ())::int AS count
    FROM difference ORDER BY subject COLLATE "C", field LIMIT ${DIFFERENCES_TOLD}`
  return {
    name,
    proves,
    async find(sql) {
      const rows = await sql<Difference & { count: number }>(text)
      const [size] = await sql<{ checked: number }>(`SELECT (${counted})::int AS checked`)
      return {
        checked: size?.checked ?? 0,
        count: rows[0]?.count ?? 0,
        first: rows.map(({ count: _, ...difference }) => difference),
      }
    },
  }
}
