import { callerError } from '../domain/errors'
import { checkPageSize } from './arguments'
import { INDEXED_HEAD, nothingIndexed } from './indexed-head'
import { checkModel } from './known-model'
import type { Sql } from './sql'
import { checkWindow, firstBlockAt, type OpenWindow } from './window'

/** What one owner handed to another within a window of block time. */
export interface CustodyFlow {
  fromId: string
  toId: string
  /** Hand-overs; a device that went this way twice counts twice. */
  moves: number
  /** Different devices. */
  devices: number
  /** How long the giver had held a device when it went, on average. */
  meanDwellSeconds: number
  /** The same, halfway: as many were held longer as shorter. */
  medianDwellSeconds: number
  firstAt: Date
  lastAt: Date
}

export interface CustodyFlowsRequest extends OpenWindow {
  /** Only units of this model. */
  modelId?: string | null | undefined
  /** 1 to `PAGE_SIZE_MAX`. */
  first: number
}

/**
 * So many periods are looked through at most. They are joined with those before and sorted by pairs
 * of owners, so the whole record of a large chain would take longer than a statement may.
 */
export const FLOW_PERIODS_MAX = 500_000

/** No block has this height. */
const AFTER_ALL = 2 ** 31 - 1

/** The range of heights of a window: `low` belongs to it, `high` does not. */
interface Heights {
  head: number
  low: number
  high: number
}

const HEIGHTS = `
  SELECT head.height AS "head",
    CASE WHEN $1::timestamptz IS NULL THEN 0
      ELSE COALESCE(${firstBlockAt('$1')}, ${AFTER_ALL}) END AS "low",
    CASE WHEN $2::timestamptz IS NULL THEN ${AFTER_ALL}
      ELSE COALESCE(${firstBlockAt('$2')}, ${AFTER_ALL}) END AS "high"
  FROM (${INDEXED_HEAD}) AS head`

const PERIODS_OF_WINDOW = `
  SELECT count(*)::int AS "count" FROM (
    SELECT FROM custody_period WHERE block_height >= $1 AND block_height < $2 LIMIT $3
  ) AS period`

const PERIODS_OF_MODEL = `
  SELECT COALESCE(sum(period_count), 0)::float8 AS "count" FROM device WHERE model_id = $1`

// The log that began a period with a move ended that of the giver; if none was ended by it, the
// token came from nobody. No period ends after the next begins, so "not before" says the same as
// "by it", and the planner does not take it for a rare case. Both periods are read from one index.
// Median and devices need a sort, so they are told of the listed pairs only.
function flowsSql(ofModel: boolean): string {
  return `
  WITH handover AS MATERIALIZED (
    SELECT giver.owner_id AS from_id, taken.owner_id AS to_id, taken.device_id, taken.since AS at,
      extract(epoch FROM taken.since - giver.since)::float8 AS dwell
    FROM custody_period AS taken
    JOIN custody_period AS giver
      ON giver.device_id = taken.device_id AND giver.number = taken.number - 1
    ${ofModel ? 'JOIN device ON device.id = taken.device_id AND device.model_id = $4' : ''}
    WHERE taken.started_by = 'MOVE'
      AND (giver.until_block, giver.until_log_index) >= (taken.block_height, taken.log_index)
      AND taken.block_height >= $1 AND taken.block_height < $2
  ), top AS (
    SELECT from_id, to_id, count(*)::int AS moves FROM handover GROUP BY from_id, to_id
    ORDER BY moves DESC, from_id COLLATE "C", to_id COLLATE "C" LIMIT $3
  )
  SELECT from_id AS "fromId", to_id AS "toId", moves, count(DISTINCT device_id)::int AS "devices",
    avg(dwell) AS "meanDwellSeconds",
    percentile_cont(0.5) WITHIN GROUP (ORDER BY dwell) AS "medianDwellSeconds",
    min(at) AS "firstAt", max(at) AS "lastAt"
  FROM top JOIN handover USING (from_id, to_id) GROUP BY from_id, to_id, moves
  ORDER BY moves DESC, from_id COLLATE "C", to_id COLLATE "C"`
}

/**
 * Who hands devices to whom, the pair with the most moves first, then in the order of addresses.
 * Mint and burn are no hand-over; a move of a holder to itself is one. The cost grows with the
 * hand-overs in the window.
 *
 * @param periodsMax most periods of custody in the window or, if a model is given, of its units
 * @throws ARGUMENT_OUT_OF_RANGE `first`, `from` not before `to`, or more periods than `periodsMax`
 * @throws MODEL_ID_INVALID, MODEL_NOT_FOUND, NOTHING_INDEXED
 */
export async function custodyFlows(
  sql: Sql,
  { modelId, from, to, first }: CustodyFlowsRequest,
  periodsMax = FLOW_PERIODS_MAX,
): Promise<CustodyFlow[]> {
  checkPageSize('first', first)
  checkWindow({ from, to })
  if (modelId != null) await checkModel(sql, modelId)
  const [heights] = await sql<Heights>(HEIGHTS, [from ?? null, to ?? null])
  if (heights === undefined || heights.head < 0) throw nothingIndexed()
  await checkSize(sql, heights, modelId ?? null, periodsMax)
  const parameters = [heights.low, heights.high, first]
  return modelId == null
    ? sql<CustodyFlow>(flowsSql(false), parameters)
    : sql<CustodyFlow>(flowsSql(true), [...parameters, modelId])
}

async function checkSize(
  sql: Sql,
  { low, high }: Heights,
  modelId: string | null,
  most: number,
): Promise<void> {
  const count = async (text: string, parameters: unknown[]) =>
    (await sql<{ count: number }>(text, parameters))[0]?.count ?? 0
  if (modelId !== null && (await count(PERIODS_OF_MODEL, [modelId])) <= most) return
  if ((await count(PERIODS_OF_WINDOW, [low, high, most + 1])) <= most) return
  throw callerError(
    'ARGUMENT_OUT_OF_RANGE',
    `The window holds more than ${most} periods of custody.`,
    'Bring from and to closer together, or give the modelId of a smaller model.',
  )
}
