import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blockTime } from '../support/ledger-database'
import type { LedgerRows } from '../support/ledger-rows'
import { CLINIC, fiveUnits, GTIN, HOSPITAL } from './five-units'
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

describe('the questions', () => {
  it('indexerStatus', async () => {
    const query = `{
      indexerStatus { chainHeight height finalizedHeight lagSeconds ready anomalies }
      squidStatus { height }
    }`
    expect(await api.data(query)).toEqual({
      indexerStatus: {
        chainHeight: 50,
        height: 50,
        finalizedHeight: 45,
        lagSeconds: 0,
        ready: true,
        anomalies: 1,
      },
      squidStatus: { height: 50 },
    })
  })

  it('verifyDevice, with claims', async () => {
    const { verifyDevice } = await api.data(
      `query ($claims: DeviceClaimsInput) {
        verifyDevice(identifier: "(01)${GTIN}(21)S1(17)300131", claims: $claims) {
          verdict reasons { code txHash blockHeight logIndex } asOf { height }
          parsed { syntax udiDi serial lot manufacturedOn expiresOn problems }
        }
      }`,
      { claims: { lot: 'OTHER', expiresOn: '2030-01-31', holder: null } },
    )
    expect(verifyDevice).toMatchObject({
      verdict: 'MISMATCH',
      asOf: { height: 50 },
      parsed: {
        syntax: 'GS1_ELEMENT_STRING',
        udiDi: GTIN,
        serial: 'S1',
        lot: null,
        expiresOn: '2030-01-31',
        problems: [],
      },
    })
    expect(verifyDevice.reasons).toContainEqual(
      expect.objectContaining({ code: 'LOT_DIFFERS', blockHeight: 10 }),
    )
  })

  it('recallLookup, all of it', async () => {
    const scope = `{ models: ["${GTIN}"], serials: ["S1", "S2", "X"] }`
    const asOf = `{ timestamp: "${blockTime(40).toISOString()}" }`
    const { recallLookup } = await api.data(`{
      recallLookup(scope: ${scope}, asOf: ${asOf}) {
        asOf { height finalized } inScope cannotTell
        byDisposition { disposition count } byLot { lot count }
        consignees(first: 1) {
          totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
          edges { cursor node {
            owner { id } unitsHeld unitsInTransit unitsEverReceived firstReceivedAt lastReceivedAt
          } }
        }
        units(disposition: IN_TRANSIT) { totalCount nodes { device { id } disposition } }
        unsure: units(match: CANNOT_TELL, first: null) { totalCount pageInfo { endCursor } }
        incoming { owner { id } unitsInTransit firstSentAt }
        unmatched { field value reason }
      }
    }`)
    expect(recallLookup).toMatchObject({
      asOf: { height: 40, finalized: true },
      inScope: 2,
      cannotTell: 0,
      byLot: [{ lot: 'L', count: 2 }],
      consignees: { totalCount: 2, pageInfo: { hasNextPage: true, hasPreviousPage: false } },
      units: { totalCount: 1, nodes: [{ device: { id: 'demo-1' }, disposition: 'IN_TRANSIT' }] },
      unsure: { totalCount: 0, pageInfo: { endCursor: '' } },
      incoming: [],
      unmatched: [{ field: 'serials', value: 'X', reason: 'no unit on record has this serial' }],
    })
    expect(recallLookup.byDisposition).toContainEqual({ disposition: 'IN_TRANSIT', count: 1 })
    const [edge] = recallLookup.consignees.edges
    expect(edge.node).toEqual({
      owner: { id: HOSPITAL },
      unitsHeld: 2,
      unitsInTransit: 0,
      unitsEverReceived: 2,
      firstReceivedAt: blockTime(20).toISOString(),
      lastReceivedAt: blockTime(40).toISOString(),
    })
    const next = await api.data(
      `query ($after: String) {
        recallLookup(scope: { serials: ["S1", "S2"] }) {
          consignees(after: $after) { nodes { owner { id } } }
        }
      }`,
      { after: edge.cursor },
    )
    expect(next.recallLookup.consignees.nodes).toEqual([{ owner: { id: CLINIC } }])
  })
})

describe('faults of the caller arrive with their code', () => {
  it.each([
    ['DEVICE_ID_INVALID', '{ custodyChain(deviceId: "x") { asOf { height } } }'],
    ['DEVICE_NOT_FOUND', '{ custodyChain(deviceId: "demo-99") { asOf { height } } }'],
    ['AS_OF_INVALID', '{ custodyChain(deviceId: "demo-1", asOf: {}) { asOf { height } } }'],
    [
      'AS_OF_INVALID',
      '{ custodyChain(deviceId: "demo-1", asOf: { block: -1 }) { asOf { height } } }',
    ],
    [
      'AS_OF_NOT_INDEXED',
      '{ recallLookup(scope: { lots: ["L"] }, asOf: { block: 51 }) { inScope } }',
    ],
    [
      'AS_OF_BEFORE_RECORD',
      '{ recallLookup(scope: { lots: ["L"] }, asOf: { block: 0 }) { inScope } }',
    ],
    ['RECALL_SCOPE_EMPTY', '{ recallLookup(scope: {}) { inScope } }'],
    [
      'ARGUMENT_OUT_OF_RANGE',
      '{ recallLookup(scope: { lots: ["L"] }) { units(first: 0) { totalCount } } }',
    ],
    [
      'CURSOR_INVALID',
      '{ recallLookup(scope: { lots: ["L"] }) { consignees(after: "x") { totalCount } } }',
    ],
    [
      'ARGUMENT_UNREADABLE',
      '{ verifyDevice(identifier: "S1", claims: { lot: "\\u0000" }) { verdict } }',
    ],
    [
      'GRAPHQL_VALIDATION_FAILED',
      '{ custodyChain(deviceId: "demo-1", asOf: { block: 4294967296 }) { asOf { height } } }',
    ],
    [
      'GRAPHQL_VALIDATION_FAILED',
      '{ custodyChain(deviceId: "demo-1", asOf: { timestamp: "soon" }) { asOf { height } } }',
    ],
    [
      'GRAPHQL_VALIDATION_FAILED',
      '{ verifyDevice(identifier: "S1", claims: { expiresOn: "2026-02-30" }) { verdict } }',
    ],
    ['GRAPHQL_VALIDATION_FAILED', '{ recallLookup(scope: { lots: [null] }) { inScope } }'],
    ['GRAPHQL_VALIDATION_FAILED', '{ verifyDevice { verdict } }'],
    ['GRAPHQL_VALIDATION_FAILED', '{ nothing }'],
    ['GRAPHQL_PARSE_FAILED', '{'],
    ['BAD_USER_INPUT', 'query ($id: ID!) { custodyChain(deviceId: $id) { asOf { height } } }'],
    ['BAD_USER_INPUT', 'query A { __typename } query B { __typename }'],
  ])('%s: %s', async (code, query) => {
    const { body } = await api.ask(query)
    expect(body.errors).toMatchObject([{ extensions: { code } }])
    expect(Object.keys(body.errors?.[0]?.extensions ?? {})).toEqual(['code'])
  })

  it('a fault deep in an answer says where', async () => {
    const { body } = await api.ask(
      '{ b: recallLookup(scope: { lots: ["L"] }) { inScope units(first: 0) { totalCount } } }',
    )
    expect(body.errors).toMatchObject([
      { path: ['b', 'units'], extensions: { code: 'ARGUMENT_OUT_OF_RANGE' } },
    ])
  })
})
