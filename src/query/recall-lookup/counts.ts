import { Parameters } from '../parameters'
import type { RecallLookup } from '../recall-lookup'
import type { Sql } from '../sql'
import { matchedSql } from './matching-units'
import { DISPOSITIONS, type UnitDisposition, unitsSql } from './unit-states'

/** Units certainly in scope. */
export interface RecallCounts {
  inScope: number
  /** Every disposition, also with a count of 0; they add up to `inScope`. */
  byDisposition: { disposition: UnitDisposition; count: number }[]
}

export async function recallCounts(sql: Sql, lookup: RecallLookup): Promise<RecallCounts> {
  const parameters = new Parameters()
  const units = unitsSql(lookup, 'IN_SCOPE', parameters)
  const groups = await sql<{ disposition: UnitDisposition; count: number }>(
    `WITH ${units.text}
    SELECT disposition, count(*)::int AS "count" FROM unit GROUP BY disposition`,
    parameters.values,
  )
  const counts = new Map(groups.map(({ disposition, count }) => [disposition, count]))
  return {
    inScope: groups.reduce((sum, { count }) => sum + count, 0),
    byDisposition: DISPOSITIONS.map((disposition) => ({
      disposition,
      count: counts.get(disposition) ?? 0,
    })),
  }
}

/** How many units the record cannot exclude: an attribute that the scope asks for is missing. */
export async function countCannotTell(sql: Sql, lookup: RecallLookup): Promise<number> {
  const parameters = new Parameters()
  const block = lookup.asOf.isHead ? null : parameters.add(lookup.asOf.height)
  const matched = matchedSql(lookup, 'CANNOT_TELL', parameters, block)
  const [row] = await sql<{ count: number }>(
    `SELECT count(*)::int AS "count" FROM (${matched}) AS matched`,
    parameters.values,
  )
  return row?.count ?? 0
}
