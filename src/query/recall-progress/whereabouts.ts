import { DISPOSITIONS, type UnitDisposition } from '../recall-lookup/unit-states'
import type { RecallProgress } from '../recall-progress'
import type { Sql } from '../sql'
import { MEMBERS, memberParameters } from './recalled-units'
import { unitPlaces } from './unit-places'

export interface RecallWhereabouts {
  /** Every disposition, also with a count of 0. */
  byDisposition: { disposition: UnitDisposition; count: number }[]
  /** Units that ever left their manufacturer: 21 CFR 806.10(c)(9). */
  distributed: number
}

interface Group {
  disposition: UnitDisposition
  count: number
  distributed: number
}

// A unit on its way to its first receiver has left, though its token has not moved.
const whereabouts = (progress: RecallProgress) => `
  WITH ${MEMBERS}, ${unitPlaces(progress, 'member')}
  SELECT disposition, count(*)::int AS "count",
    count(*) FILTER (WHERE
      (disposition = 'IN_TRANSIT' AND receiver_id IS DISTINCT FROM manufacturer_id)
      OR EXISTS (
        SELECT FROM custody_period AS period
        WHERE period.device_id = unit.id AND period.block_height <= $1
          AND period.owner_id IS DISTINCT FROM unit.manufacturer_id)
    )::int AS "distributed"
  FROM unit GROUP BY disposition`

/** Where the units of the recall are. */
export async function recallWhereabouts(
  sql: Sql,
  progress: RecallProgress,
): Promise<RecallWhereabouts> {
  const groups = await sql<Group>(whereabouts(progress), memberParameters(progress))
  return {
    byDisposition: DISPOSITIONS.map((disposition) => ({
      disposition,
      count: groups.find((group) => group.disposition === disposition)?.count ?? 0,
    })),
    distributed: groups.reduce((sum, { distributed }) => sum + distributed, 0),
  }
}
