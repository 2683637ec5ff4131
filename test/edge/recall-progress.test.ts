import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blockTime, party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'
import { RunningApi } from './running-api'

const MAKER = party(1)
const HOSPITAL = party(2)
const CLINIC = party(3)

let ledger: LedgerRows
let api: RunningApi

/**
 * Units 1 to 4 of a lot, 1 to 3 with a hospital, recalled in block 30: the first comes back, the
 * second goes on to a clinic, the third is only acknowledged. Closed in block 60.
 */
beforeAll(async () => {
  ledger = await LedgerRows.open()
  const model = await ledger.model(1, '09506000134352', 1)
  const devices: string[] = []
  for (let token = 1; token <= 4; token++) {
    const unit = { at: 10, token, model: 1, serial: `S${token}`, lot: 'L', manufacturer: MAKER }
    devices.push(await ledger.mint(unit))
  }
  for (const device of devices.slice(0, 3)) await ledger.move(device, HOSPITAL, 20)
  const recall = await ledger.recall(1, model, devices, 30)
  await ledger.move('demo-1', MAKER, 40)
  await ledger.move('demo-2', CLINIC, 41)
  await ledger.resolve(recall, 'demo-1', 'RETURNED', HOSPITAL, 42)
  await ledger.resolve(recall, 'demo-3', 'ACKNOWLEDGED', HOSPITAL, 43)
  await ledger.startHandoff('demo-3', HOSPITAL, MAKER, 44)
  await ledger.closeRecall(recall, 60)
  await ledger.head(70, 65)
  api = await RunningApi.start(ledger.url)
})
afterAll(async () => {
  await api?.close()
  await ledger?.close()
})

const QUESTION = `
  recallProgress(recallId: "demo-recall-1", asOf: { block: 50 }) {
    asOf { height } recall { id class issuer { id } } status issuedAt closedAt
    units reconciled unaccounted percentReconciled byResolution { resolution count }
    byDisposition { disposition count } distributed madeInLots scopesWithoutEffect
    consigneesTotal consigneesResponded consigneesCompleted
    firstRespondedAt lastRespondedAt secondsToLastResponse breaches
    byLot { totalCount nodes {
      lot units unitsMade reconciled unaccounted percentReconciled
      byResolution { resolution count }
    } }
    consignees(first: 1) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes {
        owner { id } unitsReceived unitsHeld unitsHeldUnaccounted unitsOnHand reconciled
        unaccounted percentReconciled responded firstReceivedAt lastReceivedAt
        firstRespondedAt lastRespondedAt byResolution { resolution count }
      }
    }
    silent: consignees(responded: false) { totalCount nodes { owner { id } responded } }
    unaccountedUnits { totalCount nodes {
      resolution resolvedAt
      unit { device { id serial } disposition holder { id } inTransitTo { id } }
    } }
    movesAfterRecall { totalCount nodes {
      device { id } from { id } to { id } timestamp blockHeight logIndex txHash breach
    } }
    broken: movesAfterRecall(breach: true) { totalCount nodes { device { id } } }
  }`

const time = (height: number) => blockTime(height).toISOString()

describe('recallProgress', () => {
  it('answers all of it', async () => {
    const { recallProgress } = await api.data(`{ ${QUESTION} }`)
    expect(recallProgress).toMatchObject({
      asOf: { height: 44 },
      recall: { id: 'demo-recall-1', class: 'I', issuer: null },
      status: 'OPEN',
      issuedAt: time(30),
      closedAt: null,
      units: 4,
      reconciled: 1,
      unaccounted: 3,
      percentReconciled: 25,
      distributed: 3,
      madeInLots: 4,
      scopesWithoutEffect: 0,
      consigneesTotal: 2,
      consigneesResponded: 1,
      consigneesCompleted: 0,
      firstRespondedAt: time(42),
      lastRespondedAt: time(43),
      secondsToLastResponse: 13 * 60,
      breaches: 1,
    })
    expect(recallProgress.byResolution).toEqual([
      { resolution: 'RETURNED', count: 1 },
      { resolution: 'CORRECTED', count: 0 },
      { resolution: 'DESTROYED', count: 0 },
      { resolution: 'ACKNOWLEDGED', count: 1 },
      { resolution: 'NOT_FOUND', count: 0 },
      { resolution: 'UNKNOWN', count: 0 },
      { resolution: null, count: 2 },
    ])
    expect(recallProgress.byDisposition).toEqual([
      { disposition: 'WITH_MANUFACTURER', count: 1 },
      { disposition: 'IN_TRANSIT', count: 1 },
      { disposition: 'IN_FIELD', count: 1 },
      { disposition: 'RETURNED', count: 1 },
      { disposition: 'DECOMMISSIONED', count: 0 },
    ])
    const { byLot, consignees, silent } = recallProgress
    expect(byLot).toMatchObject({
      totalCount: 1,
      nodes: [{ lot: 'L', units: 4, unitsMade: 4, reconciled: 1, percentReconciled: 25 }],
    })
    expect(consignees).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } })
    expect(consignees.nodes).toMatchObject([
      {
        owner: { id: HOSPITAL },
        unitsReceived: 3,
        unitsHeld: 1,
        unitsHeldUnaccounted: 1,
        unitsOnHand: 3,
        reconciled: 1,
        unaccounted: 2,
        percentReconciled: 33.3,
        responded: true,
        firstReceivedAt: time(20),
        firstRespondedAt: time(42),
        lastRespondedAt: time(43),
      },
    ])
    expect(silent).toEqual({
      totalCount: 1,
      nodes: [{ owner: { id: CLINIC }, responded: false }],
    })
  })

  it('lists units and moves with the entities that they refer to', async () => {
    const { recallProgress } = await api.data(`{ ${QUESTION} }`)
    expect(recallProgress.unaccountedUnits).toEqual({
      totalCount: 3,
      nodes: [
        {
          resolution: null,
          resolvedAt: null,
          unit: {
            device: { id: 'demo-2', serial: 'S2' },
            disposition: 'IN_FIELD',
            holder: { id: CLINIC },
            inTransitTo: null,
          },
        },
        {
          resolution: 'ACKNOWLEDGED',
          resolvedAt: time(43),
          unit: {
            device: { id: 'demo-3', serial: 'S3' },
            disposition: 'IN_TRANSIT',
            holder: { id: HOSPITAL },
            inTransitTo: { id: MAKER },
          },
        },
        expect.objectContaining({ resolution: null }),
      ],
    })
    expect(recallProgress.movesAfterRecall).toMatchObject({
      totalCount: 2,
      nodes: [
        { device: { id: 'demo-1' }, from: { id: HOSPITAL }, to: { id: MAKER }, breach: false },
        { device: { id: 'demo-2' }, timestamp: time(41), blockHeight: 41, breach: true },
      ],
    })
    expect(recallProgress.broken).toEqual({
      totalCount: 1,
      nodes: [{ device: { id: 'demo-2' } }],
    })
  })

  it('goes on after a cursor, and after its closing', async () => {
    const first = await api.data(`{ ${QUESTION} }`)
    const after = first.recallProgress.consignees.pageInfo.endCursor
    const { recallProgress } = await api.data(
      `query ($after: String) {
        recallProgress(recallId: "demo-recall-1") {
          status closedAt consignees(after: $after, first: null) { nodes { owner { id } } }
        }
      }`,
      { after },
    )
    expect(recallProgress).toEqual({
      status: 'CLOSED',
      closedAt: time(60),
      consignees: { nodes: [{ owner: { id: CLINIC } }] },
    })
  })

  it.each([
    ['RECALL_ID_INVALID', 'recallId: "demo-1"'],
    ['RECALL_NOT_FOUND', 'recallId: "demo-recall-2"'],
    ['RECALL_NOT_ISSUED_YET', 'recallId: "demo-recall-1", asOf: { block: 29 }'],
    ['AS_OF_NOT_INDEXED', 'recallId: "demo-recall-1", asOf: { block: 71 }'],
  ])('is refused: %s', async (code, given) => {
    const { body } = await api.ask(`{ recallProgress(${given}) { units } }`)
    expect(body.errors).toMatchObject([{ extensions: { code } }])
  })

  it('lists cannot be asked for a thousand times in one request', async () => {
    const fields = Array.from({ length: 150 }, (_, n) => `m${n}: movesAfterRecall { totalCount }`)
    const { body } = await api.ask(`{
      recallProgress(recallId: "demo-recall-1") { ${fields.join(' ')} }
    }`)
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'RESPONSE_TOO_LARGE' })
  })
})
