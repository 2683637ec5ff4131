import { type ChangesRequest, changes } from '../../../src/query/changes'
import type { Sql } from '../../../src/query/sql'
import { BLOCK, type BlockRow, blockOf, comparedBlock, HEAD, withoutBlock } from '../by-hand'
import { anyBlock, heightRange } from '../draw'
import { type Question, SQL_BAR, type Trial } from '../question'

const PAGE = 100

// $1 and $2: a block and the end of its hash. A fork would have replaced it; then the rows do not
// come, and a second statement has to look further back.
const after = (height: string) => `${height} > (SELECT height FROM start)`
const branch = (columns: string, from: string, height: string, log: string) => `(
    SELECT ${height} AS height, ${log} AS log_index, ${columns} FROM ${from}
      AND ${after(height)} ORDER BY ${height}, ${log}, id COLLATE "C" LIMIT ${PAGE + 1})`
const BY_HAND = `WITH ${HEAD}, start AS (
    SELECT height FROM block WHERE height = $1 AND right(hash, 16) = $2
  ), page AS (
    SELECT * FROM (${[
      branch(
        '0 AS rank, id, started_by AS kind, since AS at, tx_hash, device_id, owner_id, number',
        'custody_period WHERE true',
        'block_height',
        'log_index',
      ),
      branch(
        `0, id, 'BURN', until, until_tx_hash, device_id, owner_id, number`,
        'custody_period WHERE ended_by_burn',
        'until_block',
        'until_log_index',
      ),
      branch(
        `1, id, 'EVENT', "timestamp", tx_hash, device_id, NULL, NULL`,
        'device_event WHERE true',
        'block_height',
        'log_index',
      ),
      branch(
        `2, id, 'ANOMALY', "timestamp", tx_hash, device_id, NULL, NULL`,
        'anomaly WHERE true',
        'block_height',
        'log_index',
      ),
    ].join(' UNION ALL ')}) AS found
    ORDER BY height, log_index, rank, id COLLATE "C" LIMIT ${PAGE + 1}
  )
  SELECT ${BLOCK}, page.kind, page.height AS "blockHeight", page.log_index AS "logIndex",
    page.at AS "timestamp", page.tx_hash AS "txHash", page.device_id AS "deviceId",
    page.id AS "rowId",
    CASE page.kind WHEN 'BURN' THEN page.owner_id ELSE giver.owner_id END AS "fromId",
    CASE WHEN page.kind <> 'BURN' THEN page.owner_id END AS "toId"
  FROM head LEFT JOIN page ON true
  LEFT JOIN custody_period AS giver ON page.kind = 'MOVE' AND giver.device_id = page.device_id
    AND giver.number = page.number - 1 AND NOT giver.ended_by_burn
  ORDER BY page.height, page.log_index, page.rank, page.id COLLATE "C"`

const QUERY = `query ($after: String) {
  changes(after: $after, first: ${PAGE}) {
    undoneAfter nodes { kind blockHeight logIndex timestamp device { id } }
    pageInfo { hasNextPage endCursor }
  }
}`

interface ChangeRow extends BlockRow {
  rowId: string | null
}

function trial(request: ChangesRequest, start: readonly [number, string]): Trial {
  return {
    async ours(sql) {
      const page = await changes(sql, request)
      return () => ({ at: comparedBlock(page.asOf), told: page.edges.map(({ node }) => node) })
    },
    async byHand(sql) {
      const rows = await sql<ChangeRow>(BY_HAND, start)
      const told = () => rows.filter(({ rowId }) => rowId !== null).slice(0, PAGE)
      return () => ({ at: blockOf(rows[0]), told: told().map(withoutBlock) })
    },
    request: { query: QUERY, variables: { after: request.after } },
  }
}

/** The end of a recorded block: its cursor, and what the statement by hand takes. */
const BLOCK_END = `SELECT height, right(hash, 16) AS "hashEnd" FROM block WHERE height = $1`

function cursorOf(height: number, hashEnd: string): string {
  const text = JSON.stringify(['change', height, 2 ** 31 - 1, 9, '', height, hashEnd])
  return Buffer.from(text).toString('base64url')
}

async function startAt(sql: Sql, height: number): Promise<Trial> {
  const [block] = await sql<{ height: number; hashEnd: string }>(BLOCK_END, [height])
  if (block === undefined) throw new TypeError(`the data has no block ${height}`)
  const request = { first: PAGE, after: cursorOf(block.height, block.hashEnd) }
  return trial(request, [block.height, block.hashEnd])
}

const STARTS = 50

export const CHANGES: readonly Question[] = [
  {
    name: 'changes, a poll that finds nothing',
    bar: SQL_BAR,
    rounds: 100,
    async prepare(sql) {
      const { last } = await heightRange(sql)
      const poll = await startAt(sql, last)
      return () => poll
    },
  },
  {
    name: 'changes, 100 rows',
    bar: SQL_BAR,
    rounds: 100,
    async prepare(sql, random) {
      const heights = await heightRange(sql)
      const polls: Trial[] = []
      while (polls.length < STARTS) polls.push(await startAt(sql, anyBlock(random, heights)))
      return () => random.pick(polls)
    },
  },
]
