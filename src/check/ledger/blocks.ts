import { INDEXED_HEAD } from '../../query/indexed-head'
import { compared } from './comparison'
import { sqlRule } from './rule'

/** Where rows say when something was: table, column of the height, column of the time. */
export const DATED: readonly (readonly [table: string, height: string, time: string])[] = [
  ['"owner"', 'block_height', '"timestamp"'],
  ['device_model', 'block_height', '"timestamp"'],
  ['device', 'block_height', '"timestamp"'],
  ['custody_period', 'block_height', 'since'],
  ['custody_period', 'until_block', 'until'],
  ['recall', 'block_height', '"timestamp"'],
  ['recall', 'closed_block', 'closed_at'],
  ['recall_scope', 'block_height', '"timestamp"'],
  ['recall_unit', 'block_height', '"timestamp"'],
  ['recall_unit', 'resolved_block', 'resolved_at'],
  ['device_event', 'block_height', '"timestamp"'],
  ['anomaly', 'block_height', '"timestamp"'],
]

/** Instants as PostgreSQL shows them depend on the session; these do not. */
function instant(expression: string): string {
  return `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
}

const TIMES = sqlRule(
  'block-times',
  'Every fact lies in a recorded block and has its time.',
  [...new Set(DATED.map(([table]) => table))],
  DATED.map(([table, height, time]) => {
    return `SELECT t.id AS subject, '${time.replaceAll('"', '')}' AS field,
      ${instant(`t.${time}`)} AS recorded,
      COALESCE(${instant('b."timestamp"')}, 'no block ' || t.${height}) AS expected
      FROM ${table} AS t LEFT JOIN block b ON b.height = t.${height}
      WHERE t.${height} IS NOT NULL AND t.${time} IS DISTINCT FROM b."timestamp"`
  }).join(' UNION ALL '),
)

/** The blocks whose hashes the processor keeps: the last final one and those above it. */
const KEPT = `(
  SELECT height, hash FROM squid_processor.status WHERE height >= 0
  UNION ALL SELECT height, hash FROM squid_processor.hot_block)`

const UP_TO_HEAD = compared(
  `block b CROSS JOIN (${INDEXED_HEAD}) AS head LEFT JOIN ${KEPT} AS kept ON kept.height = b.height`,
  'b.id',
  {
    height: ['b.height', 'LEAST(b.height, head.height)'],
    hash: ['b.hash', 'COALESCE(kept.hash, b.hash)'],
  },
)
const IN_LINE = compared(
  `(SELECT hot.height, final.height + row_number() OVER (ORDER BY hot.height) AS place
    FROM squid_processor.hot_block AS hot CROSS JOIN squid_processor.status AS final) AS hot`,
  `'hot block ' || hot.height`,
  { height: ['hot.height', 'hot.place'] },
)

const HEAD = sqlRule(
  'head',
  'Nothing is recorded above the head, and the blocks that may be forked away are in line.',
  ['block', 'squid_processor.hot_block'],
  `${UP_TO_HEAD} UNION ALL ${IN_LINE}`,
)

export const BLOCK_RULES = [TIMES, HEAD]
