import type { RecallLookup } from '../recall-lookup'
import type { Sql } from '../sql'
import { MATCHED, matchParameters } from './matching-units'

export interface LotCount {
  /**
   * As stated; of spellings that compare equal, the first by alphabet. Empty for units without a
   * lot on record.
   */
  lot: string
  count: number
}

const LOTS = `
  WITH ${MATCHED}
  SELECT COALESCE(min(lot), '') AS "lot", count(*)::int AS "count"
  FROM matched WHERE certain
  GROUP BY lot_key
  ORDER BY count(*) DESC, lot_key COLLATE "C" NULLS LAST`

/** Units in scope by lot, largest first; the counts add up to `inScope`. */
export function recallLots(sql: Sql, lookup: RecallLookup): Promise<LotCount[]> {
  return sql<LotCount>(LOTS, matchParameters(lookup))
}
