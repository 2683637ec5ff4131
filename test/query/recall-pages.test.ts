import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countRecallConsignees, recallConsignees } from '../../src/query/recall-lookup/consignees'
import { countRecallUnits, recallUnits } from '../../src/query/recall-lookup/units'
import type { LedgerRows } from '../support/ledger-rows'
import { CARRIER, LEAD, questionsTo, recallLedger } from './recall-fixture'

let ledger: LedgerRows
const { look, ids } = questionsTo(() => ledger)
beforeAll(async () => {
  ledger = await recallLedger()
})
afterAll(() => ledger?.close())

describe('pages', () => {
  const scope = { models: [LEAD] }

  it('of units neither skip nor repeat a row, also when rows come meanwhile', async () => {
    const seen: string[] = []
    let after: string | null = null
    for (let page = 0; page < 10; page++) {
      const lookup = await look(scope, page < 2 ? 45 : 50)
      const found = await recallUnits(ledger.sql, lookup, { first: 1, after })
      seen.push(...found.edges.map(({ node }) => node.deviceId))
      expect(found.hasPreviousPage).toBe(after !== null)
      expect(await countRecallUnits(ledger.sql, lookup, {})).toBe(page < 2 ? 4 : 5)
      if (!found.hasNextPage) break
      after = found.edges.at(-1)?.cursor ?? null
    }
    expect(seen).toEqual(['demo-1', 'demo-2', 'demo-3', 'demo-4', 'demo-8'])
  })

  it('of consignees go on after the cursor', async () => {
    const lookup = await look(scope)
    const first = await recallConsignees(ledger.sql, lookup, { first: 2 })
    expect(first).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
    expect(await countRecallConsignees(ledger.sql, lookup)).toBe(3)
    const after = first.edges[1]?.cursor
    const second = await recallConsignees(ledger.sql, lookup, { first: 2, after })
    expect(second).toMatchObject({
      hasNextPage: false,
      edges: [{ node: { ownerId: CARRIER } }],
    })
    const last = second.edges[0]?.cursor
    expect(await recallConsignees(ledger.sql, lookup, { first: 2, after: last })).toMatchObject({
      edges: [],
      hasNextPage: false,
    })
  })

  it('of one disposition', async () => {
    expect(await ids(scope, { disposition: 'DECOMMISSIONED' })).toEqual(['demo-3'])
    expect(await ids(scope, { disposition: 'RETURNED' })).toEqual([])
  })

  it.each([0, -1, 1.5, 1_001, Number.NaN])('of size %d are refused', async (first) => {
    await expect(ids(scope, { first })).rejects.toMatchObject({ code: 'ARGUMENT_OUT_OF_RANGE' })
  })

  it.each([
    '',
    'x',
    'ö',
    Buffer.from('unit:').toString('base64url'),
    Buffer.from('unit:a\0').toString('base64url'),
  ])('after a cursor that is none are refused: %j', async (after) => {
    await expect(ids(scope, { after })).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
  })

  it('after a cursor of another list are refused', async () => {
    const lookup = await look(scope)
    const after = (await recallConsignees(ledger.sql, lookup, { first: 1 })).edges[0]?.cursor
    await expect(ids(scope, { after })).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
  })
})
