import { Parameters } from '../parameters'
import type { RecallLookup } from '../recall-lookup'
import type { Sql } from '../sql'
import { receiversSql } from './consignees'
import { unitsSql } from './unit-states'

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

/** Receivers whom a recall must reach before the units do, in the order of addresses. */
export function recallIncoming(sql: Sql, lookup: RecallLookup): Promise<IncomingReceiver[]> {
  const parameters = new Parameters()
  const { text, block } = unitsSql(lookup, 'IN_SCOPE', parameters)
  const past = block === null ? '' : `AND event.block_height <= ${block}`
  // What is in transit was last handed off by the latest start of a hand-off.
  return sql<IncomingReceiver>(
    `WITH ${text},
    scope AS MATERIALIZED (SELECT id, manufacturer_id, disposition, receiver_id FROM unit),
    received AS MATERIALIZED (${receiversSql(block, parameters)})
    SELECT receiver_id AS "ownerId", count(*)::int AS "unitsInTransit",
      min(started.at) AS "firstSentAt"
    FROM scope AS coming LEFT JOIN received ON received.owner_id = coming.receiver_id
    CROSS JOIN LATERAL (
      SELECT event."timestamp" AS at FROM device_event AS event
      WHERE event.device_id = coming.id AND event.kind = 'HANDOFF_STARTED' ${past}
      ORDER BY event.id DESC LIMIT 1
    ) AS started
    WHERE disposition = 'IN_TRANSIT' AND receiver_id IS DISTINCT FROM manufacturer_id
      AND received.owner_id IS NULL
    GROUP BY receiver_id
    ORDER BY receiver_id COLLATE "C"`,
    parameters.values,
  )
}
