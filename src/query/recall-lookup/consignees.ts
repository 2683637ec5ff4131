import { type Keyed, type Page, type PageRequest, pageParameters, pageSql, toPage } from '../page'
import type { RecallLookup } from '../recall-lookup'
import type { Sql } from '../sql'
import { MATCHED, matchParameters, NEXT_PARAMETER } from './matching-units'
import { UNIT_STATES } from './unit-states'

/** An owner who ever received units in scope; all counts are of units in scope. */
export interface Consignee {
  ownerId: string
  /** Held at the block of the answer; a unit in transit is still held by its sender. */
  unitsHeld: number
  /** On the way to this owner: a hand-off is open. */
  unitsInTransit: number
  /** Each unit once, however often it came. */
  unitsEverReceived: number
  firstReceivedAt: Date
  lastReceivedAt: Date
}

// Its own maker is no consignee of a unit (21 CFR 7.3(n): one who received the product from the
// firm, by purchase or otherwise), whether the unit was minted to it or came back. Of a unit
// without a known maker every holder is one.
const CONSIGNEES = `
  WITH ${MATCHED}, ${UNIT_STATES},
  scope AS MATERIALIZED (SELECT * FROM unit WHERE certain),
  received AS (
    SELECT period.owner_id, count(DISTINCT period.device_id)::int AS units,
      min(period.since) AS first_at, max(period.since) AS last_at
    FROM scope JOIN custody_period AS period ON period.device_id = scope.id
    WHERE period.block_height <= $1 AND period.owner_id IS DISTINCT FROM scope.manufacturer_id
    GROUP BY period.owner_id
  ),
  held AS (
    SELECT holder_id AS owner_id, count(*)::int AS units FROM scope
    WHERE holder_id IS DISTINCT FROM manufacturer_id GROUP BY holder_id
  ),
  coming AS (
    SELECT receiver_id AS owner_id, count(*)::int AS units FROM scope
    WHERE disposition = 'IN_TRANSIT' AND receiver_id IS DISTINCT FROM manufacturer_id
    GROUP BY receiver_id
  ),
  consignee AS (
    SELECT owner_id AS "key", owner_id AS "ownerId", COALESCE(held.units, 0) AS "unitsHeld",
      COALESCE(coming.units, 0) AS "unitsInTransit", received.units AS "unitsEverReceived",
      received.first_at AS "firstReceivedAt", received.last_at AS "lastReceivedAt"
    FROM received LEFT JOIN held USING (owner_id) LEFT JOIN coming USING (owner_id)
  )
  ${pageSql('consignee', NEXT_PARAMETER)}`

/**
 * Who holds, or ever held, units in scope, in the order of addresses.
 *
 * @throws ARGUMENT_OUT_OF_RANGE, CURSOR_INVALID
 */
export async function recallConsignees(
  sql: Sql,
  lookup: RecallLookup,
  page: PageRequest,
): Promise<Page<Consignee>> {
  const parameters = [...matchParameters(lookup), ...pageParameters('consignee', page)]
  const rows = await sql<Keyed<Consignee>>(CONSIGNEES, parameters)
  return toPage('consignee', page, rows, ({ key: _, totalCount: __, ...consignee }) => consignee)
}
