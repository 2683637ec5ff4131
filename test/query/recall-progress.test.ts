import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AsOf } from '../../src/query/as-of'
import { recallProgress } from '../../src/query/recall-progress'
import { consigneeTotals, progressByConsignee } from '../../src/query/recall-progress/consignees'
import { countScopesWithoutEffect, progressCounts } from '../../src/query/recall-progress/counts'
import { countMadeInLots, progressByLot } from '../../src/query/recall-progress/lots'
import { moveCounts, movesAfterRecall } from '../../src/query/recall-progress/moves'
import { reconciliationOf } from '../../src/query/recall-progress/reconciliation'
import { unaccountedUnits } from '../../src/query/recall-progress/unaccounted-units'
import { recallWhereabouts } from '../../src/query/recall-progress/whereabouts'
import type { LogSpec } from '../support/chain'
import { DrivenLedger } from '../support/driven-ledger'
import {
  ANN,
  anyLog,
  approved,
  BOB,
  chainOf,
  handoffStarted,
  MAKER,
  minted,
  moved,
  NOBODY,
  recallClosed,
  recallIssued,
  resolved,
  scopeAdded,
  submitted,
} from '../support/story'

const RECALL = 'one-recall-1'
const ACKNOWLEDGED = 1
const RETURNED = 2
const CORRECTED = 3
const NOT_FOUND = 5
const ISSUER = `0x${'a4'.padStart(40, '0')}`

let ledger: DrivenLedger
beforeAll(async () => {
  ledger = await DrivenLedger.open()
})
afterAll(() => ledger?.close())
beforeEach(() => ledger.clear())

const opening = [submitted(), approved()]
const lotOne = [recallIssued(), scopeAdded({ lots: ['L1'] })]

/** One block for each act, the first one with the model. */
async function follow(...acts: (LogSpec | LogSpec[])[]): Promise<void> {
  await ledger.follow(chainOf(opening, ...acts), 0)
}

const at = (asOf: AsOf | null = null, recallId = RECALL) =>
  recallProgress(ledger.sql, { recallId, asOf })
const counts = async (asOf: AsOf | null = null) => progressCounts(ledger.sql, await at(asOf))
const first = 100

async function listed(asOf: AsOf | null = null) {
  const page = await unaccountedUnits(ledger.sql, await at(asOf), { first })
  return page.edges.map(({ node }) => [node.unit.deviceId, node.resolution])
}

describe('what is not certainly dealt with stays on the list', () => {
  beforeEach(() =>
    follow(
      [minted(1n), minted(2n), minted(3n), minted(4n)].flat(),
      lotOne,
      [resolved(1n, RETURNED), resolved(2n, ACKNOWLEDGED), resolved(3n, NOT_FOUND)],
      resolved(2n, CORRECTED),
      resolved(1n, NOT_FOUND),
    ),
  )

  it('a unit that is only acknowledged, or was not found, is not reconciled', async () => {
    expect(await counts({ block: 3 })).toMatchObject({
      units: 4,
      reconciled: 1,
      unaccounted: 3,
      percentReconciled: 25,
    })
    expect(await listed({ block: 3 })).toEqual([
      ['one-2', 'ACKNOWLEDGED'],
      ['one-3', 'NOT_FOUND'],
      ['one-4', null],
    ])
  })

  it('a unit said to be returned and then not to be found is looked for again', async () => {
    expect(await counts({ block: 4 })).toMatchObject({ reconciled: 2 })
    expect(await counts()).toMatchObject({ reconciled: 1 })
    expect(await listed()).toContainEqual(['one-1', 'NOT_FOUND'])
  })

  it('an earlier point knows nothing of later reports', async () => {
    expect(await counts({ block: 2 })).toMatchObject({ units: 4, reconciled: 0, unaccounted: 4 })
    expect(await listed({ block: 2 })).toHaveLength(4)
  })

  it('a burned unit of which nobody reported is still unaccounted', async () => {
    await ledger.clear()
    await follow(minted(1n), moved(1n, MAKER, NOBODY), lotOne)
    const page = await unaccountedUnits(ledger.sql, await at(), { first })
    expect(page.edges.map(({ node }) => node)).toEqual([
      {
        unit: {
          deviceId: 'one-1',
          disposition: 'DECOMMISSIONED',
          holderId: null,
          inTransitToId: null,
        },
        resolution: null,
        resolvedAt: null,
      },
    ])
  })
})

describe('percentages', () => {
  const none = { CORRECTED: 0, DESTROYED: 0, ACKNOWLEDGED: 0, NOT_FOUND: 0, UNKNOWN: 0 }

  it('100 is not reached by rounding', () => {
    const tally = { ...none, RETURNED: 99_999, NOTHING: 1 }
    expect(reconciliationOf(tally).percentReconciled).toBe(99.9)
    expect(reconciliationOf({ ...tally, NOTHING: 0 }).percentReconciled).toBe(100)
  })

  it('of no units there is none', () => {
    const tally = { ...none, RETURNED: 0, NOTHING: 0 }
    expect(reconciliationOf(tally).percentReconciled).toBeNull()
  })
})

describe('units that should be in the recall', () => {
  it('a scope that was stated before the issue is not passed over in silence', async () => {
    await follow(minted(1n), scopeAdded({ lots: ['L1', 'L2'] }), recallIssued())
    expect(await counts()).toMatchObject({ units: 0, percentReconciled: null })
    expect(await countScopesWithoutEffect(ledger.sql, await at())).toBe(2)
  })

  it('nor is one that was stated after the closing', async () => {
    await follow(minted(1n), lotOne, recallClosed(), scopeAdded({ wholeModel: true }))
    expect(await countScopesWithoutEffect(ledger.sql, await at())).toBe(1)
    expect(await countScopesWithoutEffect(ledger.sql, await at({ block: 3 }))).toBe(0)
  })

  it('a unit made in the lot after the closing is counted with the lot', async () => {
    await follow(minted(1n), lotOne, recallClosed(), minted(2n, { lot: ' l1' }))
    const progress = await at()
    expect(progress.closedAt).not.toBeNull()
    const page = await progressByLot(ledger.sql, progress, { first })
    expect(page.edges.map(({ node }) => node)).toMatchObject([
      { lot: 'L1', units: 1, unitsMade: 2 },
    ])
    expect(await countMadeInLots(ledger.sql, progress)).toBe(2)
    expect(await countMadeInLots(ledger.sql, await at({ block: 3 }))).toBe(1)
  })

  it('a unit without a lot is listed after all lots', async () => {
    const scope = scopeAdded({ serials: ['S1', 'S2'] })
    await follow([...minted(1n, { lot: '' }), ...minted(2n)], [recallIssued(), scope])
    const page = await progressByLot(ledger.sql, await at(), { first: 1 })
    expect(page).toMatchObject({ hasNextPage: true, edges: [{ node: { lot: 'L1' } }] })
    const next = await progressByLot(ledger.sql, await at(), {
      first: 1,
      after: page.edges[0]?.cursor,
    })
    expect(next.edges).toMatchObject([{ node: { lot: '', units: 1, unitsMade: null } }])
  })

  it('one that is on its way to its first receiver has left', async () => {
    await follow([...minted(1n), ...minted(2n)], handoffStarted(1n, MAKER, ANN), lotOne)
    expect(await recallWhereabouts(ledger.sql, await at())).toMatchObject({ distributed: 1 })
  })
})

describe('consignees', () => {
  const consignees = async (responded?: boolean) => {
    const page = await progressByConsignee(ledger.sql, await at(), { first, responded })
    return page.edges.map(({ node }) => node)
  }

  it('who passed a unit on before the recall is still one, with nothing on hand', async () => {
    await follow(minted(1n), moved(1n, MAKER, ANN), moved(1n, ANN, BOB), lotOne)
    expect(await consignees()).toMatchObject([
      { ownerId: ANN, units: 1, unitsHeld: 0, unitsOnHand: 0, unaccounted: 1 },
      { ownerId: BOB, units: 1, unitsHeld: 1, unitsOnHand: 1, unaccounted: 1 },
    ])
  })

  it('what the manufacturer reports is no response of the holder', async () => {
    const report = { recallId: 1n, tokenId: 1n, by: MAKER, resolution: RETURNED, note: '' }
    await follow(
      [...minted(1n), ...minted(2n)],
      [moved(1n, MAKER, BOB), moved(2n, MAKER, ANN)],
      lotOne,
      anyLog('RecallUnitResolved', report),
      resolved(2n, ACKNOWLEDGED),
    )
    expect(await consignees(false)).toMatchObject([
      { ownerId: BOB, reconciled: 1, percentReconciled: 100, firstRespondedAt: null },
    ])
    expect(await consignees(true)).toMatchObject([
      { ownerId: ANN, reconciled: 0, unitsHeldUnaccounted: 1 },
    ])
    expect(await consigneeTotals(ledger.sql, await at())).toMatchObject({
      total: 2,
      responded: 1,
      completed: 1,
    })
  })

  it('a report of a unit that was not under the recall by then is no response', async () => {
    await follow(minted(1n), moved(1n, MAKER, ANN), resolved(1n, RETURNED), lotOne)
    expect(await consignees(true)).toEqual([])
    expect(await counts()).toMatchObject({ reconciled: 0 })
  })
})

describe('moves of units under the recall', () => {
  const moves = async (asOf: AsOf | null = null) => {
    const page = await movesAfterRecall(ledger.sql, await at(asOf), { first })
    return page.edges.map(({ node }) => [node.deviceId, node.fromId, node.toId, node.breach])
  }

  it('only those into circulation, while it was open, break it', async () => {
    const issue = anyLog('RecallIssued', {
      ...recallIssued().args,
      issuer: ISSUER,
    })
    await follow(
      [minted(1n), minted(2n), minted(3n), minted(4n)].flat(),
      moved(1n, MAKER, ANN),
      [issue, scopeAdded({ lots: ['L1'] })],
      moved(1n, ANN, BOB),
      [moved(1n, BOB, MAKER), moved(2n, MAKER, NOBODY)],
      moved(3n, MAKER, ISSUER),
      recallClosed(),
      moved(4n, MAKER, ANN),
    )
    expect(await moves()).toEqual([
      ['one-1', ANN, BOB, true],
      ['one-1', BOB, MAKER, false],
      ['one-2', MAKER, null, false],
      ['one-3', MAKER, ISSUER, false],
    ])
    expect(await moves({ block: 4 })).toEqual([['one-1', ANN, BOB, true]])
    expect(await moveCounts(ledger.sql, await at())).toEqual({ moves: 4, breaches: 1 })
  })

  it('pages neither skip nor repeat a move while others come', async () => {
    const acts = [minted(1n), lotOne, moved(1n, MAKER, ANN), moved(1n, ANN, BOB)]
    await follow(...acts)
    const page = await movesAfterRecall(ledger.sql, await at(), { first: 1 })
    await follow(...acts, moved(1n, BOB, ANN))
    const after = page.edges[0]?.cursor
    const rest = await movesAfterRecall(ledger.sql, await at(), { first: 2, after })
    expect(rest).toMatchObject({
      hasNextPage: false,
      edges: [{ node: { fromId: ANN, toId: BOB } }, { node: { fromId: BOB, toId: ANN } }],
    })
  })
})

describe('a recall that cannot be told of', () => {
  beforeEach(() => follow(minted(1n), scopeAdded({ lots: ['L1'] }, 2n), lotOne))

  it.each(['', '1', 'one-1', 'one-recall-01', 'One-recall-1', 'one-recall-1 ', 'one-recall--1'])(
    'has a malformed id: %j',
    async (recallId) => {
      await expect(at(null, recallId)).rejects.toMatchObject({ code: 'RECALL_ID_INVALID' })
    },
  )

  it('was never issued, or only spoken of', async () => {
    for (const recallId of ['one-recall-9', 'two-recall-1', 'one-recall-2']) {
      await expect(at(null, recallId)).rejects.toMatchObject({ code: 'RECALL_NOT_FOUND' })
    }
  })

  it('was issued after the point', async () => {
    await expect(at({ block: 2 })).rejects.toMatchObject({ code: 'RECALL_NOT_ISSUED_YET' })
    await expect(at({ block: 3 })).resolves.toMatchObject({ asOf: { height: 3 } })
  })

  it('has pages of other sizes and cursors', async () => {
    const progress = await at()
    const { sql } = ledger
    for (const request of [{ first: 0 }, { first: 1_001 }]) {
      await expect(unaccountedUnits(sql, progress, request)).rejects.toMatchObject({
        code: 'ARGUMENT_OUT_OF_RANGE',
      })
    }
    const { edges } = await unaccountedUnits(sql, progress, { first })
    const request = { first, after: edges[0]?.cursor }
    for (const list of [progressByLot, progressByConsignee, movesAfterRecall]) {
      await expect(list(sql, progress, request)).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
    }
  })
})
