import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recallLookup } from '../../src/query/recall-lookup'
import { countRecallConsignees, recallConsignees } from '../../src/query/recall-lookup/consignees'
import { ownersOfTier, recallTiers } from '../../src/query/recall-lookup/tiers'
import { party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'

const MAKER = party(1)
const [A, B, C, D, E] = [party(11), party(12), party(13), party(14), party(15)]

let ledger: LedgerRows
beforeAll(async () => {
  ledger = await LedgerRows.open()
  await ledger.model(1, '09506000134352', 1)
})
afterAll(() => ledger?.close())

let token = 0

/** A unit that is minted to the first holder and goes on to the others, a block each from 10 on. */
async function unit(lot: string, to: string, ...holders: string[]): Promise<string> {
  token += 1
  const device = await ledger.mint({ at: 10, token, model: 1, lot, manufacturer: MAKER, to })
  for (const [n, holder] of holders.entries()) await ledger.move(device, holder, 11 + n)
  await ledger.head(100)
  return device
}

async function tiers(lot: string, block?: number): Promise<Record<string, number>> {
  const asOf = block === undefined ? null : { block }
  const lookup = await recallLookup(ledger.sql, { scope: { lots: [lot] }, asOf })
  return Object.fromEntries(await recallTiers(ledger.sql, lookup))
}

describe('the tier of a consignee', () => {
  it('is its place in the chain of a unit, and not its own maker has one', async () => {
    await unit('CHAIN', MAKER, A, B, C)
    expect(await tiers('CHAIN')).toEqual({ [A]: 1, [B]: 2, [C]: 3 })
    expect(await tiers('CHAIN', 12)).toEqual({ [A]: 1, [B]: 2 })
    expect(await tiers('CHAIN', 10)).toEqual({})
  })

  it('starts again when the unit went back to its maker', async () => {
    await unit('BACK', MAKER, A, B, MAKER, C)
    expect(await tiers('BACK')).toEqual({ [A]: 1, [B]: 2, [C]: 1 })
  })

  it('is 1 for whom a unit was minted to, and does not grow by a move to oneself', async () => {
    await unit('MINTED', A, A, B)
    expect(await tiers('MINTED')).toEqual({ [A]: 1, [B]: 2 })
  })

  it('does not grow by a way round', async () => {
    await unit('ROUND', MAKER, A, B, A, C)
    expect(await tiers('ROUND')).toEqual({ [A]: 1, [B]: 2, [C]: 2 })
  })

  it('is the smallest over the units in scope', async () => {
    await unit('TWO', MAKER, A, B, C)
    await unit('TWO', MAKER, D, C, E)
    expect(await tiers('TWO')).toEqual({ [A]: 1, [B]: 2, [C]: 2, [D]: 1, [E]: 3 })
  })

  it('chooses the consignees, with the counts of all their units', async () => {
    const lookup = await recallLookup(ledger.sql, { scope: { lots: ['TWO'] }, asOf: null })
    const known = await recallTiers(ledger.sql, lookup)
    const ownerIds = ownersOfTier(known, 2)
    const { edges } = await recallConsignees(ledger.sql, lookup, { first: 10, ownerIds })
    expect(edges.map(({ node }) => [node.ownerId, node.unitsEverReceived, node.unitsHeld])).toEqual(
      [
        [B, 1, 0],
        [C, 2, 1],
      ],
    )
    expect(await countRecallConsignees(ledger.sql, lookup, { ownerIds })).toBe(2)
    expect(await countRecallConsignees(ledger.sql, lookup, { ownerIds: [] })).toBe(0)
  })

  it.each([0, -1])('%d is refused', (tier) => {
    expect(() => ownersOfTier(new Map(), tier)).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_OUT_OF_RANGE' }),
    )
  })
})
