import { type Keyed, type Page, type PageRequest, pageParameters, pageSql, toPage } from '../page'
import { Parameters } from '../parameters'
import type { RecallLookup } from '../recall-lookup'
import type { Sql } from '../sql'
import { matchedSql } from './matching-units'
import { unitsSql } from './unit-states'

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

export interface ConsigneesRequest extends PageRequest {
  /** Only these owners: those of a tier. */
  ownerIds?: readonly string[] | null | undefined
}

/**
 * Who holds, or ever held, units in scope, in the order of addresses: 21 CFR 806.10(c)(11)
 * ("consignees … with dates and number of devices"). Who has none left stays on the list.
 *
 * Its own maker is no consignee of a unit (21 CFR 7.3(n): one who received the product from the
 * firm, by purchase or otherwise), whether the unit was minted to it or came back. Of a unit
 * without a known maker every holder is one.
 *
 * @throws ARGUMENT_OUT_OF_RANGE, CURSOR_INVALID
 */
export async function recallConsignees(
  sql: Sql,
  lookup: RecallLookup,
  request: ConsigneesRequest,
): Promise<Page<Consignee>> {
  const page = pageParameters('consignee', request)
  const parameters = new Parameters()
  const consignees = consigneesSql(lookup, request, parameters)
  const rows = await sql<Keyed<Consignee>>(
    `${consignees} ${pageSql('consignee', parameters.addAll(page))}`,
    parameters.values,
  )
  return toPage('consignee', request, rows, ({ key: _, ...consignee }) => consignee)
}

/** How many `recallConsignees` lists on all pages. */
export async function countRecallConsignees(
  sql: Sql,
  lookup: RecallLookup,
  { ownerIds }: Pick<ConsigneesRequest, 'ownerIds'> = {},
): Promise<number> {
  const parameters = new Parameters()
  const block = lookup.asOf.isHead ? null : parameters.add(lookup.asOf.height)
  const [row] = await sql<{ count: number }>(
    `WITH scope AS (${matchedSql(lookup, 'IN_SCOPE', parameters, block)}),
    receiver AS (${receiversSql(block, parameters, ownerIds)})
    SELECT count(*)::int AS "count" FROM receiver`,
    parameters.values,
  )
  return row?.count ?? 0
}

// Unit by unit, each by its index: to group the receipts of all units at once would sort them.
function consigneesSql(
  lookup: RecallLookup,
  { ownerIds }: ConsigneesRequest,
  parameters: Parameters,
): string {
  const { text, block } = unitsSql(lookup, 'IN_SCOPE', parameters)
  const lasts = block === null ? 'until_block IS NULL' : `until_block > ${block} IS NOT FALSE`
  return `
  WITH ${text},
  scope AS MATERIALIZED (SELECT id, manufacturer_id, disposition, receiver_id FROM unit),
  coming AS (
    SELECT receiver_id AS owner_id, count(*)::int AS units FROM scope
    WHERE disposition = 'IN_TRANSIT' AND receiver_id IS DISTINCT FROM manufacturer_id
    GROUP BY receiver_id
  ),
  received AS (
    SELECT owner_id, sum(held)::int AS held, count(*)::int AS units,
      min(first_at) AS first_at, max(last_at) AS last_at
    FROM scope CROSS JOIN LATERAL (
      SELECT owner_id, bool_or(${lasts})::int AS held,
        min(since) AS first_at, max(since) AS last_at
      FROM custody_period AS period
      WHERE ${received(block, ownerIds, parameters)}
      GROUP BY owner_id
    ) AS unit_receipt
    GROUP BY owner_id
  ),
  consignee AS (
    SELECT owner_id AS "key", owner_id AS "ownerId", held AS "unitsHeld",
      COALESCE(coming.units, 0) AS "unitsInTransit", received.units AS "unitsEverReceived",
      first_at AS "firstReceivedAt", last_at AS "lastReceivedAt"
    FROM received LEFT JOIN coming USING (owner_id)
  )`
}

/** SQL over `period` and `scope`: somebody but the maker received the unit by then. */
function received(
  block: string | null,
  ownerIds: readonly string[] | null | undefined,
  parameters: Parameters,
): string {
  const tests = [
    'period.device_id = scope.id',
    'period.owner_id IS DISTINCT FROM scope.manufacturer_id',
  ]
  if (block !== null) tests.push(`period.block_height <= ${block}`)
  if (ownerIds != null) tests.push(`period.owner_id = ANY(${parameters.add(ownerIds)}::text[])`)
  return tests.join(' AND ')
}

/**
 * SQL after the relation `scope`: each owner who received a unit in scope by the block, once.
 *
 * @param block placeholder of the height; null at the head
 */
export function receiversSql(
  block: string | null,
  parameters: Parameters,
  ownerIds?: readonly string[] | null,
): string {
  return `
    SELECT receipt.owner_id FROM scope CROSS JOIN LATERAL (
      SELECT DISTINCT owner_id FROM custody_period AS period
      WHERE ${received(block, ownerIds, parameters)}
    ) AS receipt
    GROUP BY receipt.owner_id`
}
