import type { RecallLookup } from '../recall-lookup'
import type { Sql } from '../sql'
import { MATCHED, matchParameters } from './matching-units'
import { UNIT_STATES } from './unit-states'

/**
 * Somebody whom units in scope are on the way to, and who never received one: no consignee yet, but
 * about to be.
 */
export interface IncomingReceiver {
  ownerId: string
  unitsInTransit: number
  /** When the first of the open hand-offs was started. */
  firstSentAt: Date
}

const INCOMING = `
  WITH ${MATCHED}, ${UNIT_STATES},
  scope AS MATERIALIZED (SELECT * FROM unit WHERE certain)
  SELECT receiver_id AS "ownerId", count(*)::int AS "unitsInTransit",
    min(started_at) AS "firstSentAt"
  FROM scope
  WHERE disposition = 'IN_TRANSIT' AND receiver_id IS DISTINCT FROM manufacturer_id
    AND receiver_id NOT IN (
      SELECT period.owner_id
      FROM scope AS received JOIN custody_period AS period ON period.device_id = received.id
      WHERE period.block_height <= $1
        AND period.owner_id IS DISTINCT FROM received.manufacturer_id)
  GROUP BY receiver_id
  ORDER BY receiver_id COLLATE "C"`

/** Receivers whom a recall must reach before the units do, in the order of addresses. */
export function recallIncoming(sql: Sql, lookup: RecallLookup): Promise<IncomingReceiver[]> {
  return sql<IncomingReceiver>(INCOMING, matchParameters(lookup))
}
