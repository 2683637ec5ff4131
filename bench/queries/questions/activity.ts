import { activity } from '../../../src/query/activity'
import { heightRange } from '../draw'
import { type Question, SQL_BAR, type Trial } from '../question'

const DAY = 24 * 3_600_000

// $1 to $2: instants. Blocks come in the order of their times.
const BY_HAND = `
  WITH span AS MATERIALIZED (
    SELECT (SELECT height FROM block WHERE "timestamp" >= $1 ORDER BY "timestamp" LIMIT 1) AS low,
      COALESCE((SELECT height FROM block WHERE "timestamp" >= $2 ORDER BY "timestamp" LIMIT 1),
        2147483647) AS high
  ), found AS (
    SELECT since AS at, (started_by = 'MINT')::int AS mints,
      (started_by = 'MOVE')::int AS transfers,
      0 AS recalls, 0 AS units, 0 AS burns
    FROM custody_period WHERE block_height >= (SELECT low FROM span)
      AND block_height < (SELECT high FROM span)
    UNION ALL SELECT until, 0, 0, 0, 0, 1 FROM custody_period
    WHERE ended_by_burn AND until_block >= (SELECT low FROM span)
      AND until_block < (SELECT high FROM span)
    UNION ALL SELECT "timestamp", 0, 0, 1, 0, 0 FROM recall
    WHERE "timestamp" >= $1 AND "timestamp" < $2
    UNION ALL SELECT "timestamp", 0, 0, 0, 1, 0 FROM recall_unit
    WHERE block_height >= (SELECT low FROM span) AND block_height < (SELECT high FROM span)
  )
  SELECT day AS start, COALESCE(sum(mints), 0)::int AS mints,
    COALESCE(sum(transfers), 0)::int AS transfers, COALESCE(sum(recalls), 0)::int AS recalls,
    COALESCE(sum(units), 0)::int AS "recalledUnits", COALESCE(sum(burns), 0)::int AS decommissions
  FROM generate_series($1::timestamptz, $2::timestamptz - interval '1 day', interval '1 day') AS day
  LEFT JOIN found ON date_bin('1 day', at, $1) = day
  GROUP BY day ORDER BY day`

const QUERY = `query ($from: DateTime!, $to: DateTime!) {
  activity(interval: DAY, from: $from, to: $to) {
    start end mints transfers recalls recalledUnits decommissions
  }
}`

const SPAN = 'SELECT "timestamp" AS at FROM block WHERE height = $1'

function trial(from: Date, days: number): Trial {
  const to = new Date(from.getTime() + days * DAY)
  return {
    async ours(sql) {
      const buckets = await activity(sql, { interval: 'DAY', from, to })
      return () => buckets.map(({ end: _, complete: __, ...bucket }) => bucket)
    },
    async byHand(sql) {
      const rows = await sql<object>(BY_HAND, [from, to])
      return () => rows
    },
    request: { query: QUERY, variables: { from, to } },
  }
}

function question(days: number): Question {
  return {
    name: `activity of ${days} days, by day`,
    bar: SQL_BAR,
    rounds: 10,
    async prepare(sql, random) {
      const heights = await heightRange(sql)
      const [begin] = await sql<{ at: Date }>(SPAN, [heights.first])
      const [end] = await sql<{ at: Date }>(SPAN, [heights.last])
      if (begin === undefined || end === undefined) throw new TypeError('the data has no block')
      const first = Math.ceil(begin.at.getTime() / DAY)
      const choices = Math.floor(end.at.getTime() / DAY) - days - first
      return () => trial(new Date((first + random.below(Math.max(1, choices))) * DAY), days)
    },
  }
}

export const ACTIVITY = question(30)
/** Days are as busy in small data as in large. */
export const ACTIVITY_OF_SMALL = question(2)
