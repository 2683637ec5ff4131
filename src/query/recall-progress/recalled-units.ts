import type { RecallProgress } from '../recall-progress'

/** What was reported of the unit of a row of `recall_unit`, up to block $1 and by its position. */
const reportsOf = (unit: string) => `
  device_event AS report
  WHERE report.recall_id = $2 AND report.device_id = ${unit}.device_id
    AND report.kind = 'RECALL_UNIT_RESOLVED' AND report.block_height <= $1
    AND (report.block_height, report.log_index) > (${unit}.block_height, ${unit}.log_index)`

/**
 * The units of recall $2 at the end of block $1, each with what was last reported of it since it
 * came under the recall. The row of a unit knows the latest report; where that came after the
 * block, the log tells the one before.
 */
export const MEMBERS = `
  member AS (
    SELECT unit.device_id, unit.block_height, unit.log_index,
      CASE
        WHEN unit.resolved_block <= $1 THEN unit.resolution
        WHEN unit.resolved_block > $1 THEN (
          SELECT report.detail->>'resolution' FROM ${reportsOf('unit')}
          ORDER BY report.id DESC LIMIT 1)
      END AS resolution
    FROM recall_unit AS unit
    WHERE unit.recall_id = $2 AND unit.block_height <= $1
  )`

/** When the last report that `MEMBERS` tells of was made; null where there is none. */
export const lastReportedAt = (member: string) => `(
    SELECT report."timestamp" FROM ${reportsOf(member)}
    ORDER BY report.id DESC LIMIT 1)`

/**
 * The device of each member, by its key: the planner would read all devices for some thousand
 * members, so it is kept from choosing.
 */
export const DEVICE_OF_MEMBER = `
  CROSS JOIN LATERAL (
    SELECT * FROM device WHERE device.id = member.device_id LIMIT 1
  ) AS device`

/** Parameters $1 and $2 of `MEMBERS`. */
export function memberParameters({ asOf, recallId }: RecallProgress): unknown[] {
  return [asOf.height, recallId]
}

/** The first free parameter of a statement that begins with `MEMBERS`. */
export const NEXT_PARAMETER = 3
