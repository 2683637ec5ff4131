import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countHoldings, holdings } from '../../src/query/holdings'
import { blockTime, party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'

const [MAKER, HOSPITAL, CARRIER] = [party(1), party(2), `0x${'ab'.repeat(20)}`]
let ledger: LedgerRows

beforeAll(async () => {
  ledger = await LedgerRows.open()
  await ledger.model(1, '09506000134352', 9)
  for (const token of [1, 2, 10, 11]) {
    await ledger.mint({ at: 10, token, model: 1, manufacturer: MAKER })
  }
  await ledger.move('demo-1', HOSPITAL, 20)
  await ledger.move('demo-10', CARRIER, 20)
  await ledger.move('demo-10', HOSPITAL, 20)
  await ledger.move('demo-2', HOSPITAL, 30)
  await ledger.move('demo-2', HOSPITAL, 31)
  await ledger.burn('demo-1', 40)
  await ledger.head(50, 30)
})
afterAll(() => ledger?.close())

const held = async (ownerId: string, block?: number) => {
  const asOf = block === undefined ? null : { block }
  const page = await holdings(ledger.sql, { ownerId, asOf, first: 100 })
  expect(await countHoldings(ledger.sql, page)).toBe(page.edges.length)
  return page.edges.map(({ node }) => [node.deviceId, node.sinceBlock])
}

describe('holdings', () => {
  it('of the present and of the past, in the order of ids', async () => {
    expect(await held(HOSPITAL)).toEqual([
      ['demo-10', 20],
      ['demo-2', 31],
    ])
    expect(await held(HOSPITAL, 39)).toEqual([
      ['demo-1', 20],
      ['demo-10', 20],
      ['demo-2', 31],
    ])
    expect(await held(HOSPITAL, 30)).toContainEqual(['demo-2', 30])
    expect(await held(MAKER, 10)).toHaveLength(4)
    expect(await held(MAKER)).toEqual([['demo-11', 10]])
  })

  it('of who only passed a unit on within a block are none', async () => {
    expect(await held(CARRIER)).toEqual([])
    expect(await held(CARRIER, 20)).toEqual([])
  })

  it('tell since when', async () => {
    const { edges, asOf } = await holdings(ledger.sql, { ownerId: HOSPITAL, first: 1 })
    expect(edges[0]?.node.since).toEqual(blockTime(20))
    expect(asOf).toMatchObject({ height: 50, finalized: false })
  })

  it('of an address that is not on record are none: that is an answer', async () => {
    expect(await held(party(99))).toEqual([])
  })

  it('are found under an address in any letter case', async () => {
    const ownerId = CARRIER.toUpperCase()
    expect(await holdings(ledger.sql, { ownerId, first: 1 })).toMatchObject({ ownerId: CARRIER })
  })

  it.each(['', 'demo-1', party(1).slice(2), `${party(1)}0`, party(0), '\0', 'x'.repeat(300_000)])(
    'of no owner are refused: %#',
    async (ownerId) => {
      await expect(holdings(ledger.sql, { ownerId, first: 1 })).rejects.toMatchObject({
        code: 'OWNER_ID_INVALID',
        remedy: 'caller',
      })
    },
  )

  it.each([
    ['ARGUMENT_OUT_OF_RANGE', { first: 0 }],
    ['ARGUMENT_OUT_OF_RANGE', { first: 1_001 }],
    ['CURSOR_INVALID', { first: 1, after: 'x' }],
    ['AS_OF_NOT_INDEXED', { first: 1, asOf: { block: 51 } }],
    ['AS_OF_BEFORE_RECORD', { first: 1, asOf: { block: 8 } }],
    ['AS_OF_INVALID', { first: 1, asOf: {} }],
  ])('are refused with %s: %j', async (code, request) => {
    await expect(holdings(ledger.sql, { ownerId: MAKER, ...request })).rejects.toMatchObject({
      code,
    })
  })
})
