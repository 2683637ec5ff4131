import type { AsOf } from '../../../src/query/as-of'
import { holdings } from '../../../src/query/holdings'
import type { Sql } from '../../../src/query/sql'
import type { Random } from '../../random'
import {
  BLOCK,
  type BlockRow,
  blockAt,
  blockOf,
  comparedBlock,
  HEAD,
  withoutBlock,
} from '../by-hand'
import { anyBlock, bigOwner, heightRange, probeOwner } from '../draw'
import { PAGE_BAR, type Question, SQL_BAR, type Trial } from '../question'

const PAGE = 100

// $1 owner, $2 the id to go on after, or the empty text.
const NOW = `WITH ${HEAD}, held AS (
    SELECT id, period_count FROM device WHERE owner_id = $1 AND id COLLATE "C" > $2
    ORDER BY id COLLATE "C" LIMIT ${PAGE + 1})
  SELECT ${BLOCK}, held.id AS "deviceId", since, block_height AS "sinceBlock"
  FROM head CROSS JOIN held JOIN custody_period AS period
    ON period.device_id = held.id AND period.number = held.period_count - 1
  ORDER BY held.id COLLATE "C"`

// $3 block.
const THEN = `WITH ${blockAt('$3')}
  SELECT ${BLOCK}, held.* FROM head CROSS JOIN LATERAL (
    SELECT device_id AS "deviceId", since, block_height AS "sinceBlock" FROM custody_period
    WHERE owner_id = $1 AND device_id COLLATE "C" > $2 AND block_height <= head.height
      AND (until_block > head.height OR until_block IS NULL)
    ORDER BY device_id COLLATE "C" LIMIT ${PAGE + 1}) AS held`

const QUERY = `query ($ownerId: ID!, $asOf: AsOfInput, $after: String) {
  holdings(ownerId: $ownerId, asOf: $asOf, first: ${PAGE}, after: $after) {
    asOf { height } nodes { since device { id serial } } pageInfo { hasNextPage endCursor }
  }
}`

interface HoldingRow extends BlockRow {
  deviceId: string
  since: Date
  sinceBlock: number
}

interface Place {
  readonly cursor: string | null
  readonly id: string
}

function trial(ownerId: string, asOf: AsOf | null, { cursor, id }: Place): Trial {
  return {
    async ours(sql) {
      const page = await holdings(sql, { ownerId, asOf, first: PAGE, after: cursor })
      return () => ({
        at: comparedBlock(page.asOf),
        held: page.edges.map(({ node }) => node),
        more: page.hasNextPage,
      })
    },
    async byHand(sql) {
      const parameters = asOf === null ? [ownerId, id] : [ownerId, id, asOf.block]
      const rows = await sql<HoldingRow>(asOf === null ? NOW : THEN, parameters)
      return () => ({
        at: blockOf(rows[0]),
        held: rows.slice(0, PAGE).map(withoutBlock),
        more: rows.length > PAGE,
      })
    },
    request: { query: QUERY, variables: { ownerId, asOf, after: cursor } },
  }
}

/** Walks to the end of the page before. */
async function placeOf(sql: Sql, ownerId: string, asOf: AsOf | null, page: number): Promise<Place> {
  let place: Place = { cursor: null, id: '' }
  for (let seen = 1; seen < page; seen++) {
    const found = await holdings(sql, { ownerId, asOf, first: PAGE, after: place.cursor })
    const last = found.edges.at(-1)
    // Small data may have fewer pages.
    if (last === undefined || !found.hasNextPage) break
    place = { cursor: last.cursor, id: last.node.deviceId }
  }
  return place
}

/** Whose holdings are asked for. */
interface Whose {
  readonly name: string
  readonly find: (sql: Sql) => Promise<string>
}

function question({ name: whose, find }: Whose, when: When, page: 1 | 100): Question {
  const name = (wanted: number) => `holdings of ${whose}, ${when}, page ${wanted}`
  return {
    name: name(page),
    bar: SQL_BAR,
    rounds: 60,
    async prepare(sql: Sql, random: Random) {
      const owner = await find(sql)
      const asOf = when === 'now' ? null : { block: anyBlock(random, await heightRange(sql)) }
      const place = await placeOf(sql, owner, asOf, page)
      return () => trial(owner, asOf, place)
    },
    ...(page === 1 ? {} : { comparedWith: { question: name(1), bar: PAGE_BAR } }),
  }
}

type When = 'now' | 'as of a block'

const LARGEST = { name: 'the largest owner', find: bigOwner }
const SMALL = { name: 'a small owner', find: probeOwner }

export const HOLDINGS: readonly Question[] = [
  question(LARGEST, 'now', 1),
  question(LARGEST, 'now', 100),
  question(LARGEST, 'as of a block', 1),
  question(LARGEST, 'as of a block', 100),
]

export const HOLDINGS_OF_SMALL: readonly Question[] = [
  question(SMALL, 'now', 1),
  question(SMALL, 'as of a block', 1),
]
