import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blockTime, party } from '../support/ledger-database'
import type { LedgerRows } from '../support/ledger-rows'
import { CLINIC, fiveUnits, HOSPITAL, MAKER } from './five-units'
import { RunningApi } from './running-api'

let ledger: LedgerRows
let api: RunningApi

beforeAll(async () => {
  ledger = await fiveUnits()
  api = await RunningApi.start(ledger.url)
})
afterAll(async () => {
  await api?.close()
  await ledger?.close()
})

const time = (height: number) => blockTime(height).toISOString()

describe('the questions', () => {
  it('holdings, now and then', async () => {
    const query = `query ($owner: ID!, $asOf: AsOfInput, $after: String) {
      holdings(ownerId: $owner, asOf: $asOf, first: 2, after: $after) {
        asOf { height } owner { id name } totalCount pageInfo { hasNextPage endCursor }
        edges { cursor } nodes { since sinceBlock device { id owner { id } } }
      }
    }`
    const now = await api.data(query, { owner: HOSPITAL.toUpperCase() })
    expect(now.holdings).toMatchObject({
      asOf: { height: 50 },
      owner: { id: HOSPITAL, name: 'Hospital' },
      totalCount: 4,
      pageInfo: { hasNextPage: true },
      nodes: [
        { since: time(20), sinceBlock: 20, device: { id: 'demo-1', owner: { id: HOSPITAL } } },
        { since: time(40), sinceBlock: 40, device: { id: 'demo-2' } },
      ],
    })
    const after = now.holdings.pageInfo.endCursor
    expect(now.holdings.edges.at(-1)).toEqual({ cursor: after })
    const next = await api.data(query, { owner: HOSPITAL, after })
    expect(next.holdings.nodes).toMatchObject([
      { device: { id: 'demo-3' } },
      { device: { id: 'demo-5' } },
    ])
    const then = await api.data(query, { owner: MAKER, asOf: { timestamp: time(10) } })
    expect(then.holdings).toMatchObject({ asOf: { height: 10 }, totalCount: 5 })
    // The holding is of then, the device of now.
    expect(then.holdings.nodes[0]).toMatchObject({ device: { owner: { id: HOSPITAL } } })
    const never = await api.data(query, { owner: party(99) })
    expect(never.holdings).toMatchObject({ owner: null, totalCount: 0, nodes: [] })
  })

  it('changes, from the beginning and from the head on', async () => {
    const query = `query ($after: String, $first: Int, $fromHead: Boolean) {
      changes(after: $after, first: $first, fromHead: $fromHead) {
        asOf { height } undoneAfter totalCount
        pageInfo { hasNextPage hasPreviousPage endCursor }
        nodes {
          kind blockHeight logIndex timestamp txHash
          device { id } event { kind party { id } } period { id } anomaly { code }
          from { id } to { name }
        }
      }
    }`
    const { changes } = await api.data(query, {})
    const told = (kind: string) =>
      changes.nodes.filter((node: { kind: string }) => node.kind === kind)
    expect(changes).toMatchObject({ asOf: { height: 50 }, undoneAfter: null })
    expect(changes.totalCount).toBe(changes.nodes.length)
    expect(told('MINT')).toHaveLength(5)
    expect(told('MOVE').at(-1)).toMatchObject({
      blockHeight: 40,
      timestamp: time(40),
      device: { id: 'demo-2' },
      event: null,
      period: { id: 'demo-2-2' },
      anomaly: null,
      from: { id: CLINIC },
      to: { name: 'Hospital' },
    })
    expect(told('EVENT').at(-1)).toMatchObject({
      event: { kind: 'HANDOFF_STARTED', party: { id: HOSPITAL } },
      period: null,
      from: null,
    })
    expect(told('ANOMALY')).toMatchObject([
      {
        anomaly: { code: 'MOVE_WHILE_LOCKED' },
        device: { id: 'demo-2' },
        txHash: expect.any(String),
      },
    ])
    const head = await api.data(query, { fromHead: true })
    expect(head.changes).toMatchObject({ nodes: [], totalCount: 0 })
    const after = head.changes.pageInfo.endCursor
    const poll = await api.data(query, { after })
    expect(poll.changes).toMatchObject({ nodes: [], pageInfo: { endCursor: after } })
  })

  it('activity and custodyFlows', async () => {
    const { activity, custodyFlows } = await api.data(`{
      activity(interval: HOUR, from: "${time(0)}", to: "${time(90)}") {
        start end mints transfers recalls recalledUnits decommissions complete
      }
      custodyFlows(modelId: "demo-model-1", first: 1) {
        from { name } to { id } moves devices meanDwellSeconds medianDwellSeconds firstAt lastAt
      }
    }`)
    const zero = { mints: 0, transfers: 0, recalls: 0, recalledUnits: 0, decommissions: 0 }
    expect(activity).toEqual([
      { ...zero, start: time(0), end: time(60), mints: 5, transfers: 6, complete: false },
      { ...zero, start: time(60), end: time(90), complete: false },
    ])
    expect(custodyFlows).toEqual([
      {
        from: { name: 'Maker' },
        to: { id: HOSPITAL },
        moves: 3,
        devices: 3,
        meanDwellSeconds: 600,
        medianDwellSeconds: 600,
        firstAt: time(20),
        lastAt: time(20),
      },
    ])
  })
})

describe('faults of the caller arrive with their code', () => {
  const years = 'from: "2026-01-01T00:00:00Z", to: "2030-01-01T00:00:00Z"'
  it.each([
    ['OWNER_ID_INVALID', '{ holdings(ownerId: "x") { totalCount } }'],
    ['ARGUMENT_OUT_OF_RANGE', `{ holdings(ownerId: "${party(1)}", first: 1001) { totalCount } }`],
    [
      'AS_OF_NOT_INDEXED',
      `{ holdings(ownerId: "${party(1)}", asOf: { block: 51 }) { totalCount } }`,
    ],
    ['CURSOR_INVALID', '{ changes(after: "x") { totalCount } }'],
    ['ARGUMENT_OUT_OF_RANGE', '{ changes(first: 0) { totalCount } }'],
    ['ARGUMENT_OUT_OF_RANGE', `{ activity(interval: DAY, ${years}) { mints } }`],
    ['MODEL_NOT_FOUND', '{ custodyFlows(modelId: "demo-model-9") { moves } }'],
    ['MODEL_ID_INVALID', '{ custodyFlows(modelId: "demo-9") { moves } }'],
    ['GRAPHQL_VALIDATION_FAILED', `{ activity(interval: YEAR, ${years}) { mints } }`],
  ])('%s: %s', async (code, query) => {
    const { body } = await api.ask(query)
    expect(body.errors).toMatchObject([{ extensions: { code } }])
  })

  it('a fresh cursor and fromHead exclude each other', async () => {
    const { changes } = await api.data('{ changes(first: 1) { pageInfo { endCursor } } }')
    const { body } = await api.ask(
      `{ changes(after: "${changes.pageInfo.endCursor}", fromHead: true) { totalCount } }`,
    )
    expect(body.errors).toMatchObject([{ extensions: { code: 'ARGUMENTS_CONFLICT' } }])
  })
})
