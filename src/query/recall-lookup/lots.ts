import { Parameters } from '../parameters'
import type { RecallLookup } from '../recall-lookup'
import type { Sql } from '../sql'
import { matchedSql } from './matching-units'

export interface LotCount {
  /**
   * As stated; of spellings that compare equal, the first by code point. Empty for units without a
   * lot on record.
   */
  lot: string
  count: number
}

/** Units in scope by lot, largest first; the counts add up to `inScope`. */
export function recallLots(sql: Sql, lookup: RecallLookup): Promise<LotCount[]> {
  const parameters = new Parameters()
  const block = lookup.asOf.isHead ? null : parameters.add(lookup.asOf.height)
  const text = `
    SELECT COALESCE(min(lot COLLATE "C"), '') AS "lot", count(*)::int AS "count"
    FROM (${matchedSql(lookup, 'IN_SCOPE', parameters, block)}) AS matched
    GROUP BY lot_key
    ORDER BY count(*) DESC, lot_key COLLATE "C" NULLS LAST`
  return sql<LotCount>(text, parameters.values)
}
