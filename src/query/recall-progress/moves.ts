import { type Keyed, type Page, type PageRequest, pageParameters, pageSql, toPage } from '../page'
import type { RecallProgress } from '../recall-progress'
import type { Sql } from '../sql'
import { MEMBERS, memberParameters, NEXT_PARAMETER } from './recalled-units'

/** A move of a unit's token after the unit came under the recall, while the recall was open. */
export interface MoveAfterRecall {
  deviceId: string
  /** Who held it before, as the record has it; null where nobody did. */
  fromId: string | null
  /** Null for a burn. */
  toId: string | null
  blockHeight: number
  logIndex: number
  timestamp: Date
  txHash: string
  /**
   * Whether it broke the recall. To go back to its manufacturer, to whoever issued the recall, or
   * out of use is the recall being carried out; to go anywhere else puts the unit back into
   * circulation.
   */
  breach: boolean
}

export interface MovesChoice {
  /** Only moves that broke the recall, or only those that did not. */
  breach?: boolean | null | undefined
}

export interface MovesRequest extends MovesChoice, PageRequest {}

export interface MoveCounts {
  moves: number
  breaches: number
}

/** No log of a block has this index. */
const AFTER_LAST_LOG = 2 ** 31 - 1

// $3 is the issuer; ($4, $5) the position before which a move counts. A burn ends a period and
// begins none. Almost every period lies before the recall, so the index alone, which tells all but
// how a period ended, finds those that do not; only for them are more rows read.
const MOVES = `
  WITH ${MEMBERS},
  moved AS MATERIALIZED (
    SELECT member.device_id, period.number, step.*
    FROM member
    CROSS JOIN LATERAL (
      SELECT number, owner_id, block_height, log_index, until_block, until_log_index
      FROM custody_period
      WHERE device_id = member.device_id
        AND ((block_height, log_index) > (member.block_height, member.log_index)
          OR (until_block, until_log_index) > (member.block_height, member.log_index))
      OFFSET 0
    ) AS period
    CROSS JOIN LATERAL (
      SELECT period.owner_id, period.block_height, period.log_index
      UNION ALL
      SELECT NULL, period.until_block, period.until_log_index FROM custody_period AS ended
      WHERE ended.device_id = member.device_id AND ended.number = period.number
        AND ended.ended_by_burn
    ) AS step (to_id, block_height, log_index)
    WHERE (step.block_height, step.log_index) > (member.block_height, member.log_index)
      AND (step.block_height, step.log_index) < ($4::int, $5::int)
  ),
  move AS (
    SELECT lpad(block_height::text, 10, '0') || '-' || lpad(log_index::text, 6, '0')
        || '-' || device_id AS "key",
      device_id, number, to_id, block_height, log_index,
      to_id IS NOT NULL AND to_id IS DISTINCT FROM $3::text AND to_id IS DISTINCT FROM (
        SELECT manufacturer_id FROM device WHERE device.id = moved.device_id) AS "breach"
    FROM moved
  )`

const PAGE = `${MOVES},
  chosen AS (
    SELECT * FROM move
    WHERE $${NEXT_PARAMETER + 3}::boolean IS NULL OR "breach" = $${NEXT_PARAMETER + 3}::boolean
  ),
  page AS (${pageSql('chosen', NEXT_PARAMETER + 4)})
  SELECT "key", page.device_id AS "deviceId", to_id AS "toId", "breach",
    page.block_height AS "blockHeight", page.log_index AS "logIndex",
    CASE WHEN to_id IS NULL THEN period.until ELSE period.since END AS "timestamp",
    CASE WHEN to_id IS NULL THEN period.until_tx_hash ELSE period.tx_hash END AS "txHash",
    CASE WHEN to_id IS NULL THEN period.owner_id ELSE before.owner_id END AS "fromId"
  FROM page
  JOIN custody_period AS period
    ON period.device_id = page.device_id AND period.number = page.number
  LEFT JOIN custody_period AS before
    ON before.device_id = page.device_id AND before.number = page.number - 1
      AND (before.until_block, before.until_log_index) = (page.block_height, page.log_index)
  ORDER BY "key" COLLATE "C"`

const COUNTS = `${MOVES}
  SELECT count(*)::int AS "moves", count(*) FILTER (WHERE "breach")::int AS "breaches" FROM move`

/**
 * Moves of units under the recall, oldest first.
 *
 * @throws ARGUMENT_OUT_OF_RANGE, CURSOR_INVALID
 */
export async function movesAfterRecall(
  sql: Sql,
  progress: RecallProgress,
  request: MovesRequest,
): Promise<Page<MoveAfterRecall>> {
  const page = pageParameters('move', request)
  const parameters = [...moveParameters(progress), request.breach ?? null, ...page]
  const rows = await sql<Keyed<MoveAfterRecall>>(PAGE, parameters)
  return toPage('move', request, rows, ({ key: _, ...move }) => move)
}

/** The same over all pages. */
export async function moveCounts(sql: Sql, progress: RecallProgress): Promise<MoveCounts> {
  const [counts] = await sql<MoveCounts>(COUNTS, moveParameters(progress))
  if (counts === undefined) throw new TypeError('an aggregate without a row')
  return counts
}

/** How many `movesAfterRecall` lists on all pages. */
export function countChosenMoves({ moves, breaches }: MoveCounts, { breach }: MovesChoice): number {
  if (breach == null) return moves
  return breach ? breaches : moves - breaches
}

function moveParameters(progress: RecallProgress): unknown[] {
  const { asOf, closed, issuerId } = progress
  const end = closed ?? { height: asOf.height, logIndex: AFTER_LAST_LOG }
  return [...memberParameters(progress), issuerId, end.height, end.logIndex]
}
