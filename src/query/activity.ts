import { bucketEdges, type Interval } from './activity/buckets'
import { INDEXED_HEAD, nothingIndexed } from './indexed-head'
import { checkModel } from './known-model'
import type { Sql } from './sql'
import { checkWindow, firstBlockAt, type Window } from './window'

/** What happened in one span of block time. */
export interface ActivityBucket {
  start: Date
  /** The bucket ends before it. */
  end: Date
  /** Periods of custody that began with a mint. */
  mints: number
  /** Periods of custody that began with a move. */
  transfers: number
  /** Recalls that were issued. */
  recalls: number
  /** Units that came under a recall, each once for each recall. */
  recalledUnits: number
  /** Units that were taken out of use: burns. */
  decommissions: number
  /** The record reaches to the end of the bucket, so nothing more will be counted in it. */
  complete: boolean
}

export interface ActivityRequest extends Window {
  interval: Interval
  /** Only what happened to units of this model, and its recalls. */
  modelId?: string | null | undefined
}

/** How far the record reaches, and the first block of each bucket and of what follows them. */
interface Reach {
  height: number
  timestamp: Date | null
  /** Null where no block came at or after the instant. */
  heights: (number | null)[]
}

const REACH = `
  SELECT head.height, head."timestamp", (
    SELECT array_agg(${firstBlockAt('edge.at')} ORDER BY edge.nth)
    FROM unnest($1::timestamptz[]) WITH ORDINALITY AS edge(at, nth)) AS "heights"
  FROM (${INDEXED_HEAD}) AS head`

type Count = 'mints' | 'transfers' | 'recalls' | 'recalledUnits' | 'decommissions'

/** Rows that are counted, and how they are found in a window and for a model. */
interface Source {
  from: string
  where: string
  /** A `Count`. */
  name: string
  height: string
  /** How a row leads to its device, where the model is one of a device. */
  device?: string
}

const SOURCES: readonly Source[] = [
  {
    from: 'custody_period AS counted',
    where: 'true',
    name: `CASE started_by WHEN 'MINT' THEN 'mints' ELSE 'transfers' END`,
    height: 'counted.block_height',
    device: 'counted.device_id',
  },
  {
    from: 'custody_period AS counted',
    where: 'ended_by_burn',
    name: `'decommissions'`,
    height: 'counted.until_block',
    device: 'counted.device_id',
  },
  {
    from: 'device_event AS counted',
    // A recall that is issued again keeps its first notice: the second is no other recall.
    where: `counted.kind = 'RECALL_ISSUED' AND NOT EXISTS (
      SELECT FROM device_event AS earlier WHERE earlier.recall_id = counted.recall_id
        AND earlier.kind = 'RECALL_ISSUED' AND earlier.id < counted.id)`,
    name: `'recalls'`,
    height: 'counted.block_height',
  },
  {
    from: 'recall_unit AS counted',
    where: 'true',
    name: `'recalledUnits'`,
    height: 'counted.block_height',
    device: 'counted.device_id',
  },
]

// $1: first blocks of the buckets; $2 and $3: the first block of the window and of what follows;
// $4: a model. The planner sees the heights, so it knows a short window from a long one.
function countsSql(ofModel: boolean): string {
  const counted = SOURCES.map(({ from, where, name, height, device }) => {
    const model = device === undefined ? 'counted.model_id' : 'device.model_id'
    const join = ofModel && device !== undefined ? `JOIN device ON device.id = ${device}` : ''
    return `
    SELECT width_bucket(${height}, $1::int[]) AS "bucket", ${name} AS "name",
      count(*)::int AS "count"
    FROM ${from} ${join}
    WHERE ${where} AND ${height} >= $2 AND ${height} < $3 ${ofModel ? `AND ${model} = $4` : ''}
    GROUP BY 1, 2`
  })
  return counted.join(' UNION ALL ')
}

interface CountRow {
  /** From 1 on. */
  bucket: number
  name: Count
  count: number
}

/**
 * How much happened, in buckets of UTC time in order, also those in which nothing did. The first
 * and the last are cut where the window begins and ends. The cost grows with what happened in the
 * window.
 *
 * @throws ARGUMENT_OUT_OF_RANGE `from` is not before `to`, or there are more than 1,000 buckets
 * @throws MODEL_ID_INVALID, MODEL_NOT_FOUND, NOTHING_INDEXED
 */
export async function activity(
  sql: Sql,
  { interval, from, to, modelId }: ActivityRequest,
): Promise<ActivityBucket[]> {
  checkWindow({ from, to })
  const edges = bucketEdges(interval, { from, to })
  if (modelId != null) await checkModel(sql, modelId)
  const [reach] = await sql<Reach>(REACH, [edges])
  if (reach === undefined || reach.height < 0) throw nothingIndexed()
  const heights = reach.heights.map((height) => height ?? AFTER_ALL)
  const window = [heights.slice(0, -1), heights[0], heights.at(-1)]
  const ofModel = modelId != null
  const rows = await sql<CountRow>(countsSql(ofModel), ofModel ? [...window, modelId] : window)
  const buckets = edges.slice(0, -1).map((start, at): ActivityBucket => {
    const end = edges[at + 1] ?? to
    const complete = reach.timestamp !== null && reach.timestamp >= end
    return { start, end, ...NOTHING, complete }
  })
  for (const { bucket, name, count } of rows) {
    const counted = buckets[bucket - 1]
    if (counted !== undefined) counted[name] = count
  }
  return buckets
}

/** No block has this height. */
const AFTER_ALL = 2 ** 31 - 1

const NOTHING = { mints: 0, transfers: 0, recalls: 0, recalledUnits: 0, decommissions: 0 }
