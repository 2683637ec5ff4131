/** In the order of a unit's life; also that of answers. */
export const DISPOSITIONS = [
  'WITH_MANUFACTURER',
  'IN_TRANSIT',
  'IN_FIELD',
  'RETURNED',
  'DECOMMISSIONED',
] as const
export type UnitDisposition = (typeof DISPOSITIONS)[number]

/**
 * Where each matched unit is at the end of block $1: the mirror, over facts, of the generated
 * column `device.disposition`, which knows only the present. A hand-off is open when nothing ended
 * it and the unit has not moved since. Needs `MATCHED` before it.
 */
export const UNIT_STATES = `
  unit AS (
    SELECT matched.*, held.owner_id AS holder_id, handoff.receiver_id, handoff.started_at,
      CASE
        WHEN held.owner_id IS NULL AND last.number IS NOT NULL THEN 'DECOMMISSIONED'
        WHEN handoff.receiver_id IS NOT NULL THEN 'IN_TRANSIT'
        WHEN held.owner_id = matched.manufacturer_id AND last.number = 0 THEN 'WITH_MANUFACTURER'
        WHEN held.owner_id = matched.manufacturer_id THEN 'RETURNED'
        ELSE 'IN_FIELD'
      END AS disposition
    FROM matched
    LEFT JOIN LATERAL (
      SELECT number, owner_id, until_block > $1 IS NOT FALSE AS lasts,
        CASE WHEN until_block <= $1 THEN until_block ELSE block_height END AS moved_block,
        CASE WHEN until_block <= $1 THEN until_log_index ELSE log_index END AS moved_log_index
      FROM custody_period
      WHERE device_id = matched.id AND block_height <= $1
      ORDER BY number DESC LIMIT 1
    ) AS last ON true
    LEFT JOIN LATERAL (SELECT last.owner_id WHERE last.lasts) AS held ON true
    LEFT JOIN LATERAL (
      SELECT CASE WHEN event.kind = 'HANDOFF_STARTED' THEN event.counterparty_id END AS receiver_id,
        event."timestamp" AS started_at
      FROM device_event AS event
      WHERE event.device_id = matched.id AND event.block_height <= $1
        AND event.kind IN ('HANDOFF_STARTED', 'HANDOFF_CONFIRMED', 'HANDOFF_CANCELLED')
        AND (event.block_height, event.log_index)
          > (COALESCE(last.moved_block, -1), COALESCE(last.moved_log_index, -1))
      ORDER BY event.id DESC LIMIT 1
    ) AS handoff ON true
  )`
