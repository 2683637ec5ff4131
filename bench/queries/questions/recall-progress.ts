import { recallProgress } from '../../../src/query/recall-progress'
import { progressByConsignee } from '../../../src/query/recall-progress/consignees'
import { progressCounts } from '../../../src/query/recall-progress/counts'
import { progressByLot } from '../../../src/query/recall-progress/lots'
import { moveCounts } from '../../../src/query/recall-progress/moves'
import { unaccountedUnits } from '../../../src/query/recall-progress/unaccounted-units'
import type { Sql } from '../../../src/query/sql'
import { BLOCK, type BlockRow, blockOf, comparedBlock, HEAD, withInstants } from '../by-hand'
import { BIG_RECALL, idOfRecall, PROBE_RECALL } from '../dataset/sizes'
import { type Question, SQL_BAR, type Trial } from '../question'

const PAGE = 100
const KINDS = [
  'RETURNED',
  'CORRECTED',
  'DESTROYED',
  'ACKNOWLEDGED',
  'NOT_FOUND',
  'UNKNOWN',
] as const
const RECONCILED = `COALESCE(resolution IN ('RETURNED', 'CORRECTED', 'DESTROYED'), false)`
const TALLY = [
  ...KINDS.map((kind) => `count(*) FILTER (WHERE resolution = '${kind}')::int AS "${kind}"`),
  `count(*) FILTER (WHERE resolution IS NULL)::int AS "NOTHING"`,
].join(', ')

// $1 is the recall. The state of units at the head is in their rows.
const BY_HAND = `WITH ${HEAD}, member AS MATERIALIZED (
    SELECT device_id, resolution, resolved_at, u.block_height, u.log_index, manufacturer_id,
      device.model_id, lot, lot_key, owner_id, disposition, in_transit_to_id
    FROM recall_unit AS u JOIN device ON device.id = u.device_id WHERE recall_id = $1
  ), receipt AS (
    SELECT period.owner_id, period.device_id, resolution, min(since) AS first, max(since) AS last,
      bool_or(until_block IS NULL) AS held,
      bool_or((period.block_height, period.log_index) < (m.block_height, m.log_index)
        AND (until_block IS NULL OR (until_block, until_log_index) > (m.block_height, m.log_index)))
        AS on_hand
    FROM member AS m JOIN custody_period AS period ON period.device_id = m.device_id
    WHERE period.owner_id <> m.manufacturer_id
    GROUP BY period.owner_id, period.device_id, resolution
  ), response AS (
    SELECT party_id AS owner_id, min("timestamp") AS first, max("timestamp") AS last
    FROM device_event WHERE recall_id = $1 AND kind = 'RECALL_UNIT_RESOLVED' GROUP BY party_id
  ), consignee AS MATERIALIZED (
    SELECT owner_id AS "ownerId", ${TALLY}, count(*) FILTER (WHERE held)::int AS "unitsHeld",
      count(*) FILTER (WHERE held AND NOT ${RECONCILED})::int AS "unitsHeldUnaccounted",
      count(*) FILTER (WHERE on_hand)::int AS "unitsOnHand",
      min(receipt.first) AS "firstReceivedAt", max(receipt.last) AS "lastReceivedAt",
      min(response.first) AS "firstRespondedAt", max(response.last) AS "lastRespondedAt"
    FROM receipt LEFT JOIN response USING (owner_id) GROUP BY owner_id
  ), move AS (
    SELECT period.owner_id AS receiver, manufacturer_id
    FROM member JOIN custody_period AS period ON period.device_id = member.device_id
    WHERE (period.block_height, period.log_index) > (member.block_height, member.log_index)
    UNION ALL
    SELECT NULL, manufacturer_id
    FROM member JOIN custody_period AS period ON period.device_id = member.device_id
    WHERE ended_by_burn
      AND (until_block, until_log_index) > (member.block_height, member.log_index)
  )
  SELECT ${BLOCK}, (SELECT row_to_json(t) FROM (SELECT ${TALLY} FROM member) AS t) AS tally,
    (SELECT json_agg(l) FROM (
      SELECT min(lot) AS lot, (SELECT count(*)::int FROM device
          WHERE device.model_id = member.model_id AND device.lot_key = member.lot_key)
          AS "unitsMade", ${TALLY}
      FROM member GROUP BY model_id, lot_key ORDER BY lot_key COLLATE "C" LIMIT ${PAGE}) AS l)
      AS lots,
    (SELECT json_agg(c) FROM (
      SELECT * FROM consignee ORDER BY "ownerId" COLLATE "C" LIMIT ${PAGE}) AS c) AS consignees,
    (SELECT row_to_json(s) FROM (
      SELECT count(*)::int AS total, count("firstRespondedAt")::int AS responded,
        count(*) FILTER (WHERE "ACKNOWLEDGED" + "NOT_FOUND" + "UNKNOWN" + "NOTHING" = 0)::int
          AS completed FROM consignee) AS s) AS totals,
    (SELECT json_agg(u) FROM (
      SELECT device_id AS "deviceId", disposition, owner_id AS "holderId",
        CASE disposition WHEN 'IN_TRANSIT' THEN in_transit_to_id END AS "inTransitToId", resolution
      FROM member WHERE NOT ${RECONCILED} ORDER BY device_id COLLATE "C" LIMIT ${PAGE}) AS u)
      AS unaccounted,
    (SELECT json_build_object('moves', count(*), 'breaches', count(*) FILTER (
      WHERE receiver <> manufacturer_id AND receiver <> recall.issuer_id)) FROM move) AS moves
  FROM head CROSS JOIN recall WHERE recall.id = $1`

type Tally = Record<(typeof KINDS)[number] | 'NOTHING', number>

interface ProgressRow extends BlockRow {
  tally: Tally
  lots: (Tally & { lot: string; unitsMade: number })[]
  consignees: (Tally & Instants)[]
  totals: object
  unaccounted: object[]
  moves: object
}

interface Instants {
  firstReceivedAt: string
  lastReceivedAt: string
  firstRespondedAt: string | null
  lastRespondedAt: string | null
}
const INSTANTS = [
  'firstReceivedAt',
  'lastReceivedAt',
  'firstRespondedAt',
  'lastRespondedAt',
] as const

const QUERY = `query ($recallId: ID!) {
  recallProgress(recallId: $recallId) {
    asOf { height } units percentReconciled byResolution { resolution count }
    byLot { nodes { lot units percentReconciled } }
    consignees { nodes { owner { id } unitsReceived unitsHeldUnaccounted percentReconciled } }
    unaccountedUnits { nodes { unit { device { id } disposition } } } breaches
  }
}`

function trial(recallId: string): Trial {
  return {
    ours: (sql) => ours(sql, recallId),
    async byHand(sql) {
      const [row] = await sql<ProgressRow>(BY_HAND, [recallId])
      return () => row && answerOf(row)
    },
    request: { query: QUERY, variables: { recallId } },
  }
}

async function ours(sql: Sql, recallId: string) {
  const progress = await recallProgress(sql, { recallId })
  const counts = await progressCounts(sql, progress)
  const lots = await progressByLot(sql, progress, { first: PAGE })
  const consignees = await progressByConsignee(sql, progress, { first: PAGE })
  const { totals } = consignees
  const unaccounted = await unaccountedUnits(sql, progress, { first: PAGE })
  const { moves, breaches } = await moveCounts(sql, progress)
  return () => ({
    at: comparedBlock(progress.asOf),
    counts: kindsOf(counts.byResolution),
    lots: lots.edges.map(({ node }) => ({
      lot: node.lot,
      unitsMade: node.unitsMade,
      kinds: kindsOf(node.byResolution),
    })),
    consignees: consignees.edges.map(({ node }) => {
      const { units: _, reconciled: __, unaccounted: ___, percentReconciled: ____, ...rest } = node
      return { ...rest, byResolution: kindsOf(node.byResolution) }
    }),
    totals: { total: totals.total, responded: totals.responded, completed: totals.completed },
    unaccounted: unaccounted.edges.map(({ node }) => ({
      ...node.unit,
      resolution: node.resolution,
    })),
    moves: { moves, breaches },
  })
}

function answerOf(row: ProgressRow) {
  return {
    at: blockOf(row),
    counts: tallied(row.tally),
    lots: row.lots.map((lot) => ({
      lot: lot.lot,
      unitsMade: lot.unitsMade,
      kinds: tallied(lot),
    })),
    consignees: withInstants(row.consignees, INSTANTS).map((consignee, at) => {
      const own = row.consignees[at]
      const rest = Object.entries(consignee).filter(([name]) => !isKind(name))
      return { ...Object.fromEntries(rest), byResolution: own && tallied(own) }
    }),
    totals: row.totals,
    unaccounted: row.unaccounted,
    moves: row.moves,
  }
}

function isKind(name: string): boolean {
  return name === 'NOTHING' || KINDS.some((kind) => kind === name)
}

function kindsOf(counts: readonly { resolution: string | null; count: number }[]) {
  return Object.fromEntries(counts.map(({ resolution, count }) => [resolution ?? 'NOTHING', count]))
}

function tallied(tally: Tally) {
  return Object.fromEntries([...KINDS, 'NOTHING' as const].map((kind) => [kind, tally[kind]]))
}

function question(recallNo: number): Question {
  const id = idOfRecall(recallNo)
  return {
    name: `recallProgress of ${id}: counts, lots, consignees, unaccounted units, moves`,
    bar: SQL_BAR,
    rounds: 12,
    prepare: async () => () => trial(id),
  }
}

export const RECALL_PROGRESS = question(BIG_RECALL)
export const RECALL_PROGRESS_OF_SMALL = question(PROBE_RECALL)
