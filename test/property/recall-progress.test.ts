import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page, PageRequest } from '../../src/query/page'
import { type RecallProgress, recallProgress } from '../../src/query/recall-progress'
import {
  consigneeTotals,
  countChosen,
  progressByConsignee,
} from '../../src/query/recall-progress/consignees'
import { countScopesWithoutEffect, progressCounts } from '../../src/query/recall-progress/counts'
import {
  countMadeInLots,
  countProgressLots,
  progressByLot,
} from '../../src/query/recall-progress/lots'
import {
  countChosenMoves,
  moveCounts,
  movesAfterRecall,
} from '../../src/query/recall-progress/moves'
import { unaccountedUnits } from '../../src/query/recall-progress/unaccounted-units'
import { recallWhereabouts } from '../../src/query/recall-progress/whereabouts'
import { DrivenLedger } from '../support/driven-ledger'
import type { Refusal } from '../support/oracle/answer-block'
import { answerOrCode } from '../support/oracle/answer-or-code'
import { askedPoint } from '../support/oracle/asked-scope'
import { type ExpectedProgress, progressAnswer } from '../support/oracle/recall-progress'
import { propertySettings } from '../support/property-settings'
import { recallHistory } from '../support/recall-history'

/**
 * Goal: at any point of the chain, the progress of a recall leaves no unit, lot, consignee or move
 * out and calls none reconciled that is not. Method: random histories in which recalls are carried
 * out, each answer compared with an oracle that replays the raw logs and shares no code with the
 * program.
 */

let ledger: DrivenLedger

beforeAll(async () => {
  ledger = await DrivenLedger.open()
})
afterAll(async () => {
  await ledger?.close()
})

const recallId = fc.oneof(
  { weight: 16, arbitrary: fc.constant('one-recall-1') },
  { weight: 3, arbitrary: fc.constantFrom('one-recall-2', 'two-recall-1') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      'one-recall-01',
      'ONE-recall-1',
      'one-1',
      'one-recall-9',
      `one-recall-${'9'.repeat(79)}`,
      'one-recall-1\0',
    ),
  },
)
const asked = fc.record({
  recallId,
  point: askedPoint,
  first: fc.constantFrom(1, 2, 3, 100),
  chosen: fc.boolean(),
})

interface Asked {
  question: Parameters<typeof progressAnswer>[2]
  /** Size of a page. */
  first: number
  /** What consignees and moves are asked for once more. */
  chosen: boolean
}

test('the progress of a recall is that which a naive replay tells', async () => {
  const settings = propertySettings(500)
  const seen = {
    answers: 0,
    refused: 0,
    units: 0,
    reconciled: 0,
    consignees: 0,
    responded: 0,
    breaches: 0,
    carriedOut: 0,
    closed: 0,
    withoutEffect: 0,
  }
  const questions = fc.array(asked, { minLength: 4, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(recallHistory, fc.nat(6), questions, async (chain, hot, all) => {
      await ledger.clear()
      await ledger.follow(chain, hot)
      const finalHeight = Math.max(0, chain.length - 1 - hot)
      const head = { height: chain.length - 1, timestamp: chain.at(-1)?.timestamp ?? 0 }
      for (const { recallId, point, ...request } of all) {
        const question = { recallId, asOf: point(head) }
        const expected = progressAnswer(chain, finalHeight, question)
        const answer = await answerOrCode(() => ask({ question, ...request }))
        expect({ question, answer }).toEqual({ question, answer: expected })
        count(seen, expected)
      }
    }),
    settings,
  )
  const { numRuns, seed } = settings
  console.log(`recallProgress: ${numRuns} histories, ${JSON.stringify(seen)}, seed ${seed}`)
  // A comparison of nothing with nothing proves nothing.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0)
}, 1_200_000)

function count(seen: Record<string, number>, expected: ExpectedProgress | Refusal): void {
  const met = (name: string, is: boolean) => {
    seen[name] = (seen[name] ?? 0) + (is ? 1 : 0)
  }
  met('answers', true)
  met('refused', 'error' in expected)
  if ('error' in expected) return
  const { units, reconciled, consignees, moves, closedAt, scopesWithoutEffect } = expected
  met('units', units > 1)
  met('reconciled', reconciled > 0)
  met('consignees', consignees.length > 1)
  met(
    'responded',
    consignees.some(({ firstRespondedAt }) => firstRespondedAt !== null),
  )
  met(
    'breaches',
    moves.some(({ breach }) => breach),
  )
  met(
    'carriedOut',
    moves.some(({ breach }) => !breach),
  )
  met('closed', closedAt !== null)
  met('withoutEffect', scopesWithoutEffect > 0)
}

/** All fields and all pages of an answer. */
async function ask({ question, first, chosen }: Asked): Promise<ExpectedProgress> {
  const { sql } = ledger
  const progress = await recallProgress(sql, question)
  const { asOf, issuerId, issuedAt, closedAt } = progress
  const counts = await progressCounts(sql, progress)
  return {
    asOf,
    issuerId: issuerId ?? 'nobody',
    issuedAt,
    closedAt,
    ...counts,
    ...(await recallWhereabouts(sql, progress)),
    madeInLots: await countMadeInLots(sql, progress),
    scopesWithoutEffect: await countScopesWithoutEffect(sql, progress),
    lots: await allPages(first, await countProgressLots(sql, progress), (page) =>
      progressByLot(sql, progress, page),
    ),
    consignees: await consignees(progress, first, chosen),
    unaccountedUnits: await allPages(first, counts.unaccounted, (page) =>
      unaccountedUnits(sql, progress, page),
    ),
    moves: await moves(progress, first, chosen),
  }
}

/** All of them; those of one choice, and the totals, must agree. */
async function consignees(progress: RecallProgress, first: number, responded: boolean) {
  const totals = await consigneeTotals(ledger.sql, progress)
  const pages = (choice: { responded?: boolean }) =>
    allPages(first, countChosen(totals, choice), (page) =>
      progressByConsignee(ledger.sql, progress, { ...choice, ...page }),
    )
  const all = await pages({})
  expect(await pages({ responded })).toEqual(
    all.filter(({ firstRespondedAt }) => (firstRespondedAt !== null) === responded),
  )
  const times = all.flatMap(({ firstRespondedAt: from, lastRespondedAt: to }) =>
    from === null || to === null ? [] : [{ from, to }],
  )
  expect(totals).toEqual({
    total: all.length,
    responded: times.length,
    completed: all.filter(({ unaccounted }) => unaccounted === 0).length,
    firstRespondedAt: times.map(({ from }) => from).sort(byTime)[0] ?? null,
    lastRespondedAt:
      times
        .map(({ to }) => to)
        .sort(byTime)
        .at(-1) ?? null,
  })
  return all
}

/** All of them; those of one choice must agree. */
async function moves(progress: RecallProgress, first: number, breach: boolean) {
  const counts = await moveCounts(ledger.sql, progress)
  const pages = (choice: { breach?: boolean }) =>
    allPages(first, countChosenMoves(counts, choice), (page) =>
      movesAfterRecall(ledger.sql, progress, { ...choice, ...page }),
    )
  const all = await pages({})
  expect(await pages({ breach })).toEqual(all.filter((move) => move.breach === breach))
  return all
}

function byTime(a: Date, b: Date): number {
  return a.getTime() - b.getTime()
}

/** Follows the cursors to the end; what the pages say of themselves must be true. */
async function allPages<Node>(
  first: number,
  total: number,
  ask: (page: PageRequest) => Promise<Page<Node>>,
): Promise<Node[]> {
  const nodes: Node[] = []
  let after: string | null = null
  for (;;) {
    const page: Page<Node> = await ask({ first, after })
    nodes.push(...page.edges.map(({ node }) => node))
    const left = total - nodes.length
    expect(page.hasNextPage).toBe(left > 0)
    expect(page.edges).toHaveLength(Math.min(first, left + page.edges.length))
    if (!page.hasNextPage) return nodes
    after = page.edges.at(-1)?.cursor ?? null
  }
}
