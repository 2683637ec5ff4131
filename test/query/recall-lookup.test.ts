import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recallLookup } from '../../src/query/recall-lookup'
import { recallConsignees } from '../../src/query/recall-lookup/consignees'
import { recallCounts } from '../../src/query/recall-lookup/counts'
import { recallIncoming } from '../../src/query/recall-lookup/incoming'
import { recallLots } from '../../src/query/recall-lookup/lots'
import type { RecallScope } from '../../src/query/recall-lookup/scope'
import { recallUnits, type UnitsRequest } from '../../src/query/recall-lookup/units'
import { recallUnmatched } from '../../src/query/recall-lookup/unmatched'
import { blockTime, LedgerRows, party } from '../support/ledger-rows'

const [MAKER, HOSPITAL, CLINIC, CARRIER, OTHER_MAKER] = [1, 2, 3, 4, 5].map(party) as [string, string, string, string, string]
const LEAD = '09506000134352'
const PUMP = '09506000134369'
let ledger: LedgerRows

/**
 * Lead: A1 and A2 of lot A, B1 of lot B, N1 without a lot, all of MAKER; pump P1 of lot A, of OTHER_MAKER; X without any
 * identity; U, of a model that was never submitted; Z, minted late.
 */
beforeAll(async () => {
  ledger = await LedgerRows.open()
  await ledger.model(1, LEAD, 1)
  await ledger.model(2, PUMP, 1)
  await ledger.model(3, null, 1, null)
  const mint = (token: number, model: number | null, serial: string | null, lot: string | null, manufacturer = MAKER) =>
    ledger.mint({ at: 10, token, model, serial, lot, manufacturer })
  const a1 = await mint(1, 1, 'A1', 'LOT-A')
  const a2 = await mint(2, 1, 'A2', 'lot–a')
  const b1 = await mint(3, 1, 'B1', 'LOT-B')
  const n1 = await mint(4, 1, 'N1', null)
  await mint(5, 2, 'P1', 'LOT-A', OTHER_MAKER)
  await mint(6, null, null, null)
  await mint(7, 3, 'U1', 'LOT-A')
  await ledger.move(a1, HOSPITAL, 20)
  await ledger.startHandoff(a1, HOSPITAL, CLINIC, 30)
  await ledger.confirmHandoff(a1, HOSPITAL, CLINIC, 40)
  await ledger.move(a2, CARRIER, 20)
  await ledger.move(a2, MAKER, 35)
  await ledger.startHandoff(a2, MAKER, HOSPITAL, 45)
  await ledger.move(b1, CLINIC, 21)
  await ledger.burn(b1, 44)
  await ledger.startHandoff(n1, MAKER, CARRIER, 22)
  await ledger.cancelHandoff(n1, MAKER, CARRIER, 23)
  await ledger.mint({ at: 46, token: 8, model: 1, serial: 'Z1', lot: 'LOT-A', manufacturer: MAKER, to: HOSPITAL })
  await ledger.head(50, 40)
})
afterAll(() => ledger?.close())

const look = (scope: RecallScope, block?: number) =>
  recallLookup(ledger.sql, { scope, asOf: block === undefined ? null : { block } })
const counts = async (scope: RecallScope, block?: number) => {
  const { inScope, cannotTell } = await recallCounts(ledger.sql, await look(scope, block))
  return [inScope, cannotTell]
}
const ids = async (scope: RecallScope, request: Partial<UnitsRequest> = {}, block?: number) => {
  const page = await recallUnits(ledger.sql, await look(scope, block), { first: 100, ...request })
  return page.edges.map(({ node }) => node.deviceId)
}
const unmatched = async (scope: RecallScope, block?: number) =>
  recallUnmatched(ledger.sql, await look(scope, block))

describe('which units a scope touches', () => {
  it.each<[string, RecallScope, string[], string[]]>([
    ['a UDI-DI', { models: [LEAD] }, ['1', '2', '3', '4', '8'], ['6', '7']],
    ['a shorter GTIN', { models: [LEAD.slice(1)] }, ['1', '2', '3', '4', '8'], ['6', '7']],
    ['a model id', { models: ['demo-model-2'] }, ['5'], ['6']],
    ['a model without UDI-DI by its id', { models: ['demo-model-3'] }, ['7'], ['6']],
    ['a lot, in every spelling', { lots: [' lot-a '] }, ['1', '2', '5', '7', '8'], ['4', '6']],
    ['lots widen', { lots: ['LOT-A', 'LOT-B', 'lot-b'] }, ['1', '2', '3', '5', '7', '8'], ['4', '6']],
    ['fields narrow', { models: [LEAD], lots: ['LOT-A'] }, ['1', '2', '8'], ['4', '6', '7']],
    ['serials', { serials: ['a1', 'P1'] }, ['1', '5'], ['6']],
    ['device ids', { deviceIds: ['demo-6', ' demo-1 '] }, ['1', '6'], []],
    ['device ids narrow', { deviceIds: ['demo-6', 'demo-1', 'demo-3'], lots: ['LOT-A'] }, ['1'], ['6']],
    ['what nobody has', { models: ['nothing'] }, [], ['6', '7']],
  ])('%s', async (_, scope, certain, uncertain) => {
    const named = (tokens: string[]) => tokens.map((token) => `demo-${token}`)
    expect(await ids(scope)).toEqual(named(certain))
    expect(await ids(scope, { match: 'CANNOT_TELL' })).toEqual(named(uncertain))
    expect(await counts(scope)).toEqual([certain.length, uncertain.length])
  })

  it('units that were minted after the block are not there yet', async () => {
    expect(await ids({ lots: ['LOT-A'] }, {}, 45)).toEqual(['demo-1', 'demo-2', 'demo-5', 'demo-7'])
    expect(await counts({ lots: ['LOT-A'] }, 9)).toEqual([0, 0])
  })

  it('an identity that was stated after the block is missing at the block', async () => {
    const late = await LedgerRows.open()
    try {
      await late.model(1, LEAD, 1)
      await late.mint({ at: 5, token: 1, model: 1, serial: 'S', lot: 'L', manufacturer: MAKER })
      await late.sql('UPDATE device SET identity_block = 8')
      await late.head(10)
      const at = async (scope: RecallScope, block: number) => {
        const lookup = await recallLookup(late.sql, { scope, asOf: { block } })
        const { inScope, cannotTell } = await recallCounts(late.sql, lookup)
        return [inScope, cannotTell]
      }
      await late.anomaly('demo-1', 'TEXT_ALTERED', 8)
      expect(await at({ lots: ['L'] }, 7)).toEqual([0, 1])
      expect(await at({ lots: ['other'] }, 7)).toEqual([0, 1])
      expect(await at({ lots: ['L'] }, 8)).toEqual([1, 0])
      expect(await at({ lots: ['other'] }, 8)).toEqual([0, 0])
      expect(await at({ deviceIds: ['demo-1'] }, 7)).toEqual([1, 0])
    } finally {
      await late.close()
    }
  })
})

describe('never wider than asked', () => {
  it.each<[string, RecallScope]>([
    ['wildcards only', { models: [LEAD], lots: ['LOT-*'] }],
    ['ranges only', { models: [LEAD], serials: ['A1..A9'] }],
    ['an empty list beside values', { models: [LEAD], lots: [] }],
    ['blanks only', { models: [LEAD], lots: [' '] }],
    ['malformed device ids only', { models: [LEAD], deviceIds: ['17'] }],
    ['a window of dates', { models: [LEAD], expiresFrom: '2026-01-01' }],
    ['only a window of dates', { manufacturedTo: '2026-01-01' }],
  ])('%s match nothing', async (_, scope) => {
    expect(await counts(scope)).toEqual([0, 0])
    expect(await ids(scope)).toEqual([])
    expect((await unmatched(scope)).length).toBeGreaterThan(0)
  })

  it.each<RecallScope>([{}, { models: null, lots: null }, { lots: [] }, { lots: [], models: [], deviceIds: [] }])(
    'an empty scope is refused: %o',
    async (scope) => {
      await expect(look(scope)).rejects.toMatchObject({ code: 'RECALL_SCOPE_EMPTY', remedy: 'caller' })
    },
  )

  it('too many values are refused by name', async () => {
    await expect(look({ lots: Array(10_001).fill('A') })).rejects.toMatchObject({
      code: 'ARGUMENT_OUT_OF_RANGE', message: expect.stringContaining('scope.lots has 10001 values'),
    })
  })

  it('a date that is none is refused by name', async () => {
    await expect(look({ lots: ['A'], expiresTo: '2026-02-30' })).rejects.toMatchObject({
      code: 'ARGUMENT_UNREADABLE', message: expect.stringContaining('scope.expiresTo'),
    })
  })

  it('10,000 values are taken', async () => {
    const lots = Array.from({ length: 10_000 }, (_, n) => `NO-${n}`)
    lots[5_000] = 'LOT-B'
    expect(await ids({ lots })).toEqual(['demo-3'])
    expect(await unmatched({ lots })).toHaveLength(9_999)
  })
})

describe('unmatched', () => {
  it('names every value that matched nothing, and why', async () => {
    const scope = {
      models: [LEAD, PUMP, '09506000134353', 'demo-model-9'],
      lots: ['LOT-A', 'LOT-C', 'X?', 'A..B', 'a\u0000', '', 'x'.repeat(257)],
      serials: ['A1', 'P1', 'b1', 'none'],
      deviceIds: ['demo-1', 'demo-5', 'demo-3', 'demo-99', 'x'],
    }
    const reasons = (await unmatched(scope)).map(({ field, value, reason }) => [field, value.slice(0, 20), reason])
    expect(reasons).toEqual([
      ['lots', 'X?', 'wildcards * and ? are not supported yet; give exact values'],
      ['lots', 'A..B', 'ranges are not supported yet; give exact values'],
      ['lots', 'a\u0000', 'cannot be read: it holds control character U+0000 at 2'],
      ['lots', '', 'blank'],
      ['lots', 'x'.repeat(20), 'cannot be read: it has 257 characters, but at most 256 are compared'],
      ['deviceIds', 'x', 'no device id: expected {contract}-{tokenId}, such as demo-17'],
      ['models', '09506000134353', 'no unit on record has this model: check digit of 09506000134353 is 3, expected 2'],
      ['models', 'demo-model-9', 'no unit on record has this model'],
      ['lots', 'LOT-C', 'no unit on record has this lot'],
      ['serials', 'b1', 'units on record have this serial, but none that the other fields name as well'],
      ['serials', 'none', 'no unit on record has this serial'],
      ['deviceIds', 'demo-3', 'units on record have this id, but none that the other fields name as well'],
      ['deviceIds', 'demo-99', 'no unit on record has this id'],
    ])
  })

  it('counts a value as matched that only an uncertain unit carries', async () => {
    expect(await unmatched({ serials: ['N1'], lots: ['LOT-A'] })).toEqual([
      { field: 'lots', value: 'LOT-A', reason: expect.stringContaining('none that the other fields name') },
    ])
  })

  it('tells a model without units from one that is not on record', async () => {
    expect(await unmatched({ models: [LEAD], serials: ['P1'] })).toMatchObject([
      { field: 'models', reason: expect.stringContaining('the model is on record') },
      { field: 'serials' },
    ])
  })

  it('looks only at what was on record at the block', async () => {
    expect(await unmatched({ serials: ['Z1', 'A1'] }, 45)).toEqual([
      { field: 'serials', value: 'Z1', reason: 'no unit on record has this serial' },
    ])
  })

  it('says that values were not looked up where the scope matches nothing', async () => {
    expect(await unmatched({ models: [LEAD], lots: ['L*'] })).toMatchObject([
      { field: 'lots', value: 'L*' },
      { field: 'models', value: LEAD, reason: expect.stringContaining('not looked up') },
    ])
  })
})

describe('where the units are', () => {
  const dispositions = async (block?: number) => {
    const page = await recallUnits(ledger.sql, await look({ models: [LEAD] }, block), { first: 100 })
    return Object.fromEntries(page.edges.map(({ node }) => [node.deviceId, node.disposition]))
  }

  it.each([
    [19, { 'demo-1': 'WITH_MANUFACTURER', 'demo-2': 'WITH_MANUFACTURER', 'demo-3': 'WITH_MANUFACTURER', 'demo-4': 'WITH_MANUFACTURER' }],
    [22, { 'demo-1': 'IN_FIELD', 'demo-2': 'IN_FIELD', 'demo-3': 'IN_FIELD', 'demo-4': 'IN_TRANSIT' }],
    [30, { 'demo-1': 'IN_TRANSIT', 'demo-2': 'IN_FIELD', 'demo-3': 'IN_FIELD', 'demo-4': 'WITH_MANUFACTURER' }],
    [40, { 'demo-1': 'IN_FIELD', 'demo-2': 'RETURNED', 'demo-3': 'IN_FIELD', 'demo-4': 'WITH_MANUFACTURER' }],
    [45, { 'demo-1': 'IN_FIELD', 'demo-2': 'IN_TRANSIT', 'demo-3': 'DECOMMISSIONED', 'demo-4': 'WITH_MANUFACTURER' }],
  ])('at block %i', async (block, expected) => {
    expect(await dispositions(block)).toEqual(expected)
  })

  it('at the head as the database derives it', async () => {
    const rows = await ledger.sql<{ id: string; disposition: string }>(
      `SELECT id, disposition FROM device WHERE model_id = 'demo-model-1'`,
    )
    expect(await dispositions()).toEqual(Object.fromEntries(rows.map((row) => [row.id, row.disposition])))
  })

  it('a move ends a hand-off that nobody cancelled', async () => {
    const other = await LedgerRows.open()
    try {
      const device = await other.mint({ at: 1, token: 1, manufacturer: MAKER })
      await other.startHandoff(device, MAKER, CLINIC, 2)
      await other.move(device, CARRIER, 3)
      await other.head(5)
      const at = async (block: number) => {
        const lookup = await recallLookup(other.sql, { scope: { deviceIds: [device] }, asOf: { block } })
        return (await recallUnits(other.sql, lookup, { first: 1 })).edges[0]?.node
      }
      expect(await at(2)).toMatchObject({ disposition: 'IN_TRANSIT', holderId: MAKER, inTransitToId: CLINIC })
      expect(await at(3)).toMatchObject({ disposition: 'IN_FIELD', holderId: CARRIER, inTransitToId: null })
    } finally {
      await other.close()
    }
  })

  it('counts add up, by disposition and by lot', async () => {
    const lookup = await look({ models: [LEAD] })
    expect(await recallCounts(ledger.sql, lookup)).toEqual({
      inScope: 5,
      cannotTell: 2,
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
    const page = await recallConsignees(ledger.sql, await look({ models: [LEAD] }, block), { first: 100 })
    return page.edges.map(({ node }) => node)
  }

  it('are all who ever received a unit but its maker', async () => {
    expect(await consignees()).toEqual([
      { ownerId: HOSPITAL, unitsHeld: 1, unitsInTransit: 1, unitsEverReceived: 2,
        firstReceivedAt: blockTime(20), lastReceivedAt: blockTime(46) },
      { ownerId: CLINIC, unitsHeld: 1, unitsInTransit: 0, unitsEverReceived: 2,
        firstReceivedAt: blockTime(21), lastReceivedAt: blockTime(40) },
      { ownerId: CARRIER, unitsHeld: 0, unitsInTransit: 0, unitsEverReceived: 1,
        firstReceivedAt: blockTime(20), lastReceivedAt: blockTime(20) },
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
    expect(await recallConsignees(ledger.sql, serials, { first: 10 })).toMatchObject({ edges: [], totalCount: 0 })
  })
})

describe('pages', () => {
  const scope = { models: [LEAD] }

  it('of units neither skip nor repeat a row, also when rows come meanwhile', async () => {
    const seen: string[] = []
    let after: string | null = null
    for (let page = 0; page < 10; page++) {
      const found = await recallUnits(ledger.sql, await look(scope, page < 2 ? 45 : 50), { first: 1, after })
      seen.push(...found.edges.map(({ node }) => node.deviceId))
      expect(found.hasPreviousPage).toBe(after !== null)
      expect(found.totalCount).toBe(page < 2 ? 4 : 5)
      if (!found.hasNextPage) break
      after = found.edges.at(-1)?.cursor ?? null
    }
    expect(seen).toEqual(['demo-1', 'demo-2', 'demo-3', 'demo-4', 'demo-8'])
  })

  it('of consignees go on after the cursor', async () => {
    const lookup = await look(scope)
    const first = await recallConsignees(ledger.sql, lookup, { first: 2 })
    expect(first).toMatchObject({ hasNextPage: true, hasPreviousPage: false, totalCount: 3 })
    const after = first.edges[1]?.cursor
    const second = await recallConsignees(ledger.sql, lookup, { first: 2, after })
    expect(second).toMatchObject({ hasNextPage: false, totalCount: 3, edges: [{ node: { ownerId: CARRIER } }] })
    const last = second.edges[0]?.cursor
    expect(await recallConsignees(ledger.sql, lookup, { first: 2, after: last })).toMatchObject({ edges: [], totalCount: 3 })
  })

  it('of one disposition', async () => {
    expect(await ids(scope, { disposition: 'DECOMMISSIONED' })).toEqual(['demo-3'])
    expect(await ids(scope, { disposition: 'RETURNED' })).toEqual([])
  })

  it.each([0, -1, 1.5, 1_001, Number.NaN])('of size %d are refused', async (first) => {
    await expect(ids(scope, { first })).rejects.toMatchObject({ code: 'ARGUMENT_OUT_OF_RANGE' })
  })

  it.each(['', 'x', 'ö', Buffer.from('unit:').toString('base64url'), Buffer.from('unit:a\0').toString('base64url')])(
    'after a cursor that is none are refused: %j',
    async (after) => {
      await expect(ids(scope, { after })).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
    },
  )

  it('after a cursor of another list are refused', async () => {
    const lookup = await look(scope)
    const after = (await recallConsignees(ledger.sql, lookup, { first: 1 })).edges[0]?.cursor
    await expect(ids(scope, { after })).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
  })
})
