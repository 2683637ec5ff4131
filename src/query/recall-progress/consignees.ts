import { type Keyed, type Page, type PageRequest, pageParameters, pageSql, toPage } from '../page'
import type { RecallProgress } from '../recall-progress'
import type { Sql } from '../sql'
import { DEVICE_OF_MEMBER, MEMBERS, memberParameters, NEXT_PARAMETER } from './recalled-units'
import {
  IS_RECONCILED,
  type Reconciliation,
  reconciliationOf,
  TALLY,
  type Tally,
} from './reconciliation'

/**
 * An owner who ever received units of the recall. What it was reconciled of counts each unit that
 * it received, whoever reported the resolution.
 */
export interface ConsigneeProgress extends Reconciliation {
  ownerId: string
  /** Of its units, held at the block of the answer; in transit, a unit is its sender's. */
  unitsHeld: number
  /** Of those held, unaccounted: what is to be fetched there. */
  unitsHeldUnaccounted: number
  /** Held at the moment that they came under the recall: 21 CFR 7.53(b)(2). */
  unitsOnHand: number
  firstReceivedAt: Date
  lastReceivedAt: Date
  /** Its own first report of what became of a unit of the recall. */
  firstRespondedAt: Date | null
  /** Its own latest report. */
  lastRespondedAt: Date | null
}

export interface ConsigneesChoice {
  /** Only those who reported themselves, or only those who did not. */
  responded?: boolean | null | undefined
}

export interface ConsigneesRequest extends ConsigneesChoice, PageRequest {}

/** The consignees of a recall as 21 CFR 7.53(b) counts them. */
export interface ConsigneeTotals {
  total: number
  responded: number
  /** Those of whose units none is unaccounted. */
  completed: number
  firstRespondedAt: Date | null
  lastRespondedAt: Date | null
}

/** A page with the totals over all pages: they come of the same work. */
export interface ConsigneePage extends Page<ConsigneeProgress> {
  totals: ConsigneeTotals
}

type ConsigneeRow = Keyed<Tally & Omit<ConsigneeProgress, keyof Reconciliation>>

interface TotalRow {
  total: number
  responded: number
  completed: number
  firstOfAll: Date | null
  lastOfAll: Date | null
}

// Its own maker is no consignee of a unit: 21 CFR 7.3(n). A response is a report of one's own: what
// the manufacturer says of a unit does not show that its holder has heard of the recall. How many
// answered is no guess of the planner's: a full join is never a loop over all pairs, as the left
// join that is meant can be.
const CONSIGNEES = `
  WITH ${MEMBERS},
  received AS (
    SELECT period.*, member.resolution
    FROM member ${DEVICE_OF_MEMBER}
    CROSS JOIN LATERAL (
      SELECT owner_id, min(since) AS first_at, max(since) AS last_at,
        bool_or(until_block <= $1 IS NOT TRUE) AS held,
        bool_or((block_height, log_index) < (member.block_height, member.log_index)
          AND ((until_block, until_log_index) > (member.block_height, member.log_index))
            IS NOT FALSE) AS on_hand
      FROM custody_period
      WHERE device_id = member.device_id AND block_height <= $1
        AND owner_id IS DISTINCT FROM device.manufacturer_id
      GROUP BY owner_id
    ) AS period
  ),
  response AS (
    SELECT event.party_id AS owner_id, min(event."timestamp") AS first_at,
      max(event."timestamp") AS last_at
    FROM device_event AS event JOIN member ON member.device_id = event.device_id
    WHERE event.recall_id = $2 AND event.kind = 'RECALL_UNIT_RESOLVED'
      AND event.block_height <= $1
      AND (event.block_height, event.log_index) > (member.block_height, member.log_index)
    GROUP BY event.party_id
  ),
  counted AS (
    SELECT owner_id, count(*) AS units, ${TALLY},
      count(*) FILTER (WHERE held)::int AS "unitsHeld",
      count(*) FILTER (WHERE held AND NOT ${IS_RECONCILED})::int AS "unitsHeldUnaccounted",
      count(*) FILTER (WHERE NOT ${IS_RECONCILED})::int AS unaccounted,
      count(*) FILTER (WHERE on_hand)::int AS "unitsOnHand",
      min(first_at) AS "firstReceivedAt", max(last_at) AS "lastReceivedAt"
    FROM received GROUP BY owner_id
  ),
  consignee AS (
    SELECT owner_id AS "key", owner_id AS "ownerId", counted.*,
      response.first_at AS "firstRespondedAt", response.last_at AS "lastRespondedAt"
    FROM counted FULL JOIN response USING (owner_id)
    WHERE COALESCE(counted.units, 0) > 0
  ),
  total AS (
    SELECT count(*)::int AS "total", count("firstRespondedAt")::int AS "responded",
      count(*) FILTER (WHERE unaccounted = 0)::int AS "completed",
      min("firstRespondedAt") AS "firstOfAll", max("lastRespondedAt") AS "lastOfAll"
    FROM consignee
  )`

// A page without a row still tells the totals.
const PAGE = `${CONSIGNEES},
  chosen AS (
    SELECT * FROM consignee
    WHERE $${NEXT_PARAMETER}::boolean IS NULL
      OR ("firstRespondedAt" IS NOT NULL) = $${NEXT_PARAMETER}::boolean
  ),
  page AS (${pageSql('chosen', NEXT_PARAMETER + 1)})
  SELECT total.*, page.* FROM total LEFT JOIN page ON true ORDER BY "key" COLLATE "C"`

const TOTALS = `${CONSIGNEES} SELECT * FROM total`

/**
 * Who received units of the recall and how far each is with them, in the order of addresses: 21 CFR
 * 806.10(c)(11), 7.53(b)(2) to (4).
 *
 * @throws ARGUMENT_OUT_OF_RANGE, CURSOR_INVALID
 */
export async function progressByConsignee(
  sql: Sql,
  progress: RecallProgress,
  request: ConsigneesRequest,
): Promise<ConsigneePage> {
  const page = pageParameters('consignee', request)
  const parameters = [...memberParameters(progress), request.responded ?? null, ...page]
  const rows = await sql<TotalRow & (ConsigneeRow | { key: null })>(PAGE, parameters)
  const listed = rows.filter((row) => row.key !== null)
  const consignees = toPage('consignee', request, listed, (row) => ({
    ownerId: row.ownerId,
    unitsHeld: row.unitsHeld,
    unitsHeldUnaccounted: row.unitsHeldUnaccounted,
    unitsOnHand: row.unitsOnHand,
    firstReceivedAt: row.firstReceivedAt,
    lastReceivedAt: row.lastReceivedAt,
    firstRespondedAt: row.firstRespondedAt,
    lastRespondedAt: row.lastRespondedAt,
    ...reconciliationOf(row),
  }))
  return { ...consignees, totals: totalsOf(rows[0]) }
}

/** The totals of `progressByConsignee` where no page is asked for. */
export async function consigneeTotals(
  sql: Sql,
  progress: RecallProgress,
): Promise<ConsigneeTotals> {
  const [row] = await sql<TotalRow>(TOTALS, memberParameters(progress))
  return totalsOf(row)
}

function totalsOf(row: TotalRow | undefined): ConsigneeTotals {
  if (row === undefined) throw new TypeError('an aggregate without a row')
  const { total, responded, completed, firstOfAll, lastOfAll } = row
  return {
    total,
    responded,
    completed,
    firstRespondedAt: firstOfAll,
    lastRespondedAt: lastOfAll,
  }
}

/** How many `progressByConsignee` lists on all pages. */
export function countChosen(totals: ConsigneeTotals, { responded }: ConsigneesChoice): number {
  if (responded == null) return totals.total
  return responded ? totals.responded : totals.total - totals.responded
}
