import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recallLookup } from '../../src/query/recall-lookup'
import { recallConsignees } from '../../src/query/recall-lookup/consignees'
import { recallCounts } from '../../src/query/recall-lookup/counts'
import { recallIncoming } from '../../src/query/recall-lookup/incoming'
import { recallLots } from '../../src/query/recall-lookup/lots'
import { recallUnits } from '../../src/query/recall-lookup/units'
import { blockTime } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'
import { CARRIER, CLINIC, HOSPITAL, LEAD, MAKER, questionsTo, recallLedger } from './recall-fixture'

let ledger: LedgerRows
const { look } = questionsTo(() => ledger)
beforeAll(async () => {
  ledger = await recallLedger()
})
afterAll(() => ledger?.close())

describe('where the units are', () => {
  const dispositions = async (block?: number) => {
    const page = await recallUnits(ledger.sql, await look({ models: [LEAD] }, block), {
      first: 100,
    })
    return Object.fromEntries(page.edges.map(({ node }) => [node.deviceId, node.disposition]))
  }

  it.each([
    [
      19,
      {
        'demo-1': 'WITH_MANUFACTURER',
        'demo-2': 'WITH_MANUFACTURER',
        'demo-3': 'WITH_MANUFACTURER',
        'demo-4': 'WITH_MANUFACTURER',
      },
    ],
    [
      22,
      { 'demo-1': 'IN_FIELD', 'demo-2': 'IN_FIELD', 'demo-3': 'IN_FIELD', 'demo-4': 'IN_TRANSIT' },
    ],
    [
      30,
      {
        'demo-1': 'IN_TRANSIT',
        'demo-2': 'IN_FIELD',
        'demo-3': 'IN_FIELD',
        'demo-4': 'WITH_MANUFACTURER',
      },
    ],
    [
      40,
      {
        'demo-1': 'IN_FIELD',
        'demo-2': 'RETURNED',
        'demo-3': 'IN_FIELD',
        'demo-4': 'WITH_MANUFACTURER',
      },
    ],
    [
      45,
      {
        'demo-1': 'IN_FIELD',
        'demo-2': 'IN_TRANSIT',
        'demo-3': 'DECOMMISSIONED',
        'demo-4': 'WITH_MANUFACTURER',
      },
    ],
  ])('at block %i', async (block, expected) => {
    expect(await dispositions(block)).toEqual(expected)
  })

  it('at the head as the database derives it', async () => {
    const rows = await ledger.sql<{ id: string; disposition: string }>(
      `SELECT id, disposition FROM device WHERE model_id = 'demo-model-1'`,
    )
    expect(await dispositions()).toEqual(
      Object.fromEntries(rows.map((row) => [row.id, row.disposition])),
    )
  })

  it('a move ends a hand-off that nobody cancelled', async () => {
    const other = await LedgerRows.open()
    try {
      const device = await other.mint({ at: 1, token: 1, manufacturer: MAKER })
      await other.startHandoff(device, MAKER, CLINIC, 2)
      await other.move(device, CARRIER, 3)
      await other.head(5)
      const at = async (block: number) => {
        const lookup = await recallLookup(other.sql, {
          scope: { deviceIds: [device] },
          asOf: { block },
        })
        return (await recallUnits(other.sql, lookup, { first: 1 })).edges[0]?.node
      }
      expect(await at(2)).toMatchObject({
        disposition: 'IN_TRANSIT',
        holderId: MAKER,
        inTransitToId: CLINIC,
      })
      expect(await at(3)).toMatchObject({
        disposition: 'IN_FIELD',
        holderId: CARRIER,
        inTransitToId: null,
      })
    } finally {
      await other.close()
    }
  })

  it('counts add up, by disposition and by lot', async () => {
    const lookup = await look({ models: [LEAD] })
    expect(await recallCounts(ledger.sql, lookup)).toEqual({
      inScope: 5,
      byDisposition: [
        { disposition: 'WITH_MANUFACTURER', count: 1 },
        { disposition: 'IN_TRANSIT', count: 1 },
        { disposition: 'IN_FIELD', count: 2 },
        { disposition: 'RETURNED', count: 0 },
        { disposition: 'DECOMMISSIONED', count: 1 },
      ],
    })
    expect(await recallLots(ledger.sql, lookup)).toEqual([
      { lot: expect.stringMatching(/^lot.a$/i), count: 3 },
      { lot: 'LOT-B', count: 1 },
      { lot: '', count: 1 },
    ])
  })
})

describe('consignees', () => {
  const consignees = async (block?: number) => {
    const page = await recallConsignees(ledger.sql, await look({ models: [LEAD] }, block), {
      first: 100,
    })
    return page.edges.map(({ node }) => node)
  }

  it('are all who ever received a unit but its maker', async () => {
    expect(await consignees()).toEqual([
      {
        ownerId: HOSPITAL,
        unitsHeld: 1,
        unitsInTransit: 1,
        unitsEverReceived: 2,
        firstReceivedAt: blockTime(20),
        lastReceivedAt: blockTime(46),
      },
      {
        ownerId: CLINIC,
        unitsHeld: 1,
        unitsInTransit: 0,
        unitsEverReceived: 2,
        firstReceivedAt: blockTime(21),
        lastReceivedAt: blockTime(40),
      },
      {
        ownerId: CARRIER,
        unitsHeld: 0,
        unitsInTransit: 0,
        unitsEverReceived: 1,
        firstReceivedAt: blockTime(20),
        lastReceivedAt: blockTime(20),
      },
    ])
  })

  it('were others at an earlier block', async () => {
    expect(await consignees(19)).toEqual([])
    expect(await consignees(30)).toMatchObject([
      { ownerId: HOSPITAL, unitsHeld: 1, unitsInTransit: 0 },
      { ownerId: CLINIC, unitsHeld: 1, unitsInTransit: 1, unitsEverReceived: 1 },
      { ownerId: CARRIER, unitsHeld: 1 },
    ])
  })

  it('are joined by receivers whom a unit is on the way to for the first time', async () => {
    expect(await recallIncoming(ledger.sql, await look({ models: [LEAD] }, 22))).toEqual([])
    const serials = await look({ serials: ['N1'] }, 22)
    expect(await recallIncoming(ledger.sql, serials)).toEqual([
      { ownerId: CARRIER, unitsInTransit: 1, firstSentAt: blockTime(22) },
    ])
    expect(await recallConsignees(ledger.sql, serials, { first: 10 })).toMatchObject({
      edges: [],
    })
  })
})
