import type { AsOf } from '../../../src/query/as-of'
import { recallLookup } from '../../../src/query/recall-lookup'
import { recallConsignees } from '../../../src/query/recall-lookup/consignees'
import { countCannotTell, recallCounts } from '../../../src/query/recall-lookup/counts'
import { recallUnits } from '../../../src/query/recall-lookup/units'
import type { Sql } from '../../../src/query/sql'
import { type BlockRow, blockOf, comparedBlock, withInstants, withoutBlock } from '../by-hand'
import {
  BIG_LOT,
  idOfModel,
  PROBE_LOT,
  PROBE_MODEL,
  RECALL_LOT,
  RECALL_MODEL,
} from '../dataset/sizes'
import { anyBlock, heightRange } from '../draw'
import { PAGE_BAR, type Question, SQL_BAR, type Trial } from '../question'
import { CONSIGNEES_NOW, PAGE, UNITS_NOW, WHOLE_NOW, WHOLE_THEN } from './recall-sql'

interface WholeRow extends BlockRow {
  counts: Record<string, number> | null
  cannotTell: number
  consignees: { firstReceivedAt: string; lastReceivedAt: string }[] | null
  units: object[] | null
}

const WHOLE = `query ($scope: RecallScopeInput!, $asOf: AsOfInput) {
  recallLookup(scope: $scope, asOf: $asOf) {
    asOf { height } inScope cannotTell byDisposition { disposition count }
    consignees { nodes { owner { id } unitsHeld unitsInTransit unitsEverReceived firstReceivedAt } }
    units { nodes { device { id serial } disposition holder { id } } pageInfo { endCursor } }
  }
}`

/** Units of a lot of a model. */
interface Scope {
  readonly lots: readonly [string]
  readonly models: readonly [string]
}

function whole(scope: Scope, asOf: AsOf | null): Trial {
  return {
    async ours(sql) {
      const lookup = await recallLookup(sql, { scope, asOf })
      const { byDisposition } = await recallCounts(sql, lookup)
      const cannotTell = await countCannotTell(sql, lookup)
      const consignees = await recallConsignees(sql, lookup, { first: PAGE })
      const units = await recallUnits(sql, lookup, { first: PAGE })
      return () => ({
        at: comparedBlock(lookup.asOf),
        counts: byDisposition
          .filter(({ count }) => count > 0)
          .map(inWords)
          .sort(),
        cannotTell,
        consignees: consignees.edges.map(({ node }) => node),
        units: units.edges.map(({ node }) => node),
      })
    },
    async byHand(sql) {
      const [lot, model] = [...scope.lots, ...scope.models]
      const parameters = asOf === null ? [lot, model] : [lot, model, asOf.block]
      const [row] = await sql<WholeRow>(asOf === null ? WHOLE_NOW : WHOLE_THEN, parameters)
      return () => ({
        at: blockOf(row),
        counts: Object.entries(row?.counts ?? {})
          .map(([disposition, count]) => inWords({ disposition, count }))
          .sort(),
        cannotTell: row?.cannotTell,
        consignees: withInstants(row?.consignees ?? [], ['firstReceivedAt', 'lastReceivedAt']),
        units: row?.units,
      })
    },
    request: { query: WHOLE, variables: { scope, asOf } },
  }
}

function inWords({ disposition, count }: { disposition: string; count: number }): string {
  return `${disposition} ${count}`
}

const CONSIGNEES = `query ($lots: [String!]) {
  recallLookup(scope: { lots: $lots }) {
    asOf { height }
    consignees { nodes { owner { id name } unitsHeld unitsEverReceived tier } }
  }
}`

function consignees(lot: string): Trial {
  return {
    async ours(sql) {
      const lookup = await recallLookup(sql, { scope: { lots: [lot] } })
      const page = await recallConsignees(sql, lookup, { first: PAGE })
      return () => ({
        at: comparedBlock(lookup.asOf),
        consignees: page.edges.map(({ node }) => node),
      })
    },
    async byHand(sql) {
      const rows = await sql<BlockRow>(CONSIGNEES_NOW, [lot])
      return () => ({ at: blockOf(rows[0]), consignees: rows.map(withoutBlock) })
    },
    request: { query: CONSIGNEES, variables: { lots: [lot] } },
  }
}

const UNITS = `query ($lots: [String!], $after: String) {
  recallLookup(scope: { lots: $lots }) {
    asOf { height }
    units(after: $after) { nodes { device { id serial } disposition } pageInfo { endCursor } }
  }
}`

interface Place {
  readonly cursor: string | null
  readonly id: string
}

function units(lot: string, { cursor, id }: Place): Trial {
  return {
    async ours(sql) {
      const lookup = await recallLookup(sql, { scope: { lots: [lot] } })
      const page = await recallUnits(sql, lookup, { first: PAGE, after: cursor })
      return () => ({
        at: comparedBlock(lookup.asOf),
        units: page.edges.map(({ node }) => node),
        more: page.hasNextPage,
      })
    },
    async byHand(sql) {
      const rows = await sql<BlockRow>(UNITS_NOW, [lot, id])
      return () => ({
        at: blockOf(rows[0]),
        units: rows.slice(0, PAGE).map(withoutBlock),
        more: rows.length > PAGE,
      })
    },
    request: { query: UNITS, variables: { lots: [lot], after: cursor } },
  }
}

/** Walks to the end of the page before; small data may have fewer pages. */
async function placeOf(sql: Sql, lot: string, page: number): Promise<Place> {
  const lookup = await recallLookup(sql, { scope: { lots: [lot] } })
  let place: Place = { cursor: null, id: '' }
  for (let seen = 1; seen < page; seen++) {
    const found = await recallUnits(sql, lookup, { first: PAGE, after: place.cursor })
    const last = found.edges.at(-1)
    if (last === undefined || !found.hasNextPage) break
    place = { cursor: last.cursor, id: last.node.deviceId }
  }
  return place
}

function unitsQuestion(lot: string, page: 1 | 100): Question {
  const name = (wanted: number) => `recallLookup, units of ${lot}, page ${wanted}`
  return {
    name: name(page),
    bar: SQL_BAR,
    rounds: 60,
    async prepare(sql) {
      const place = await placeOf(sql, lot, page)
      return () => units(lot, place)
    },
    ...(page === 1 ? {} : { comparedWith: { question: name(1), bar: PAGE_BAR } }),
  }
}

/** Totals, consignees and the first units, and the consignees alone. */
function scopeQuestions(lot: string, model: number): Question[] {
  const scope: Scope = { lots: [lot], models: [idOfModel(model)] }
  const question = (name: string, trialOf: () => Trial): Question => ({
    name: `recallLookup of ${lot}, ${name}`,
    bar: SQL_BAR,
    rounds: 12,
    prepare: async () => trialOf,
  })
  return [
    question('totals, consignees and units, now', () => whole(scope, null)),
    {
      ...question('totals, consignees and units, as of a block', () => whole(scope, null)),
      async prepare(sql, random) {
        const heights = await heightRange(sql)
        return () => whole(scope, { block: anyBlock(random, heights) })
      },
    },
    question('first consignees', () => consignees(lot)),
  ]
}

export const RECALL_LOOKUP: readonly Question[] = [
  ...scopeQuestions(RECALL_LOT, RECALL_MODEL),
  unitsQuestion(BIG_LOT, 1),
  unitsQuestion(BIG_LOT, 100),
]

export const RECALL_LOOKUP_OF_SMALL: readonly Question[] = [
  ...scopeQuestions(PROBE_LOT, PROBE_MODEL),
  unitsQuestion(BIG_LOT, 1),
]
