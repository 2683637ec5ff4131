import type { RecallLookup } from '../recall-lookup'
import type { Sql } from '../sql'
import { MATCHED, matchParameters } from './matching-units'
import { DISPOSITIONS, UNIT_STATES, type UnitDisposition } from './unit-states'

export interface RecallCounts {
  /** Units certainly in scope. */
  inScope: number
  /** Units that the record cannot exclude. */
  cannotTell: number
  /** Units in scope; every disposition, also with a count of 0. */
  byDisposition: { disposition: UnitDisposition; count: number }[]
}

interface Group {
  certain: boolean
  disposition: UnitDisposition
  count: number
}

const COUNTS = `
  WITH ${MATCHED}, ${UNIT_STATES}
  SELECT certain, disposition, count(*)::int AS "count" FROM unit GROUP BY certain, disposition`

export async function recallCounts(sql: Sql, lookup: RecallLookup): Promise<RecallCounts> {
  const groups = await sql<Group>(COUNTS, matchParameters(lookup))
  const total = (chosen: (group: Group) => boolean) =>
    groups.filter(chosen).reduce((sum, { count }) => sum + count, 0)
  return {
    inScope: total(({ certain }) => certain),
    cannotTell: total(({ certain }) => !certain),
    byDisposition: DISPOSITIONS.map((disposition) => ({
      disposition,
      count: total((group) => group.certain && group.disposition === disposition),
    })),
  }
}
