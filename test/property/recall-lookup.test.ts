import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page, PageRequest } from '../../src/query/page'
import { type RecallLookup, recallLookup } from '../../src/query/recall-lookup'
import { countRecallConsignees, recallConsignees } from '../../src/query/recall-lookup/consignees'
import { countCannotTell, recallCounts } from '../../src/query/recall-lookup/counts'
import { recallIncoming } from '../../src/query/recall-lookup/incoming'
import { recallLots } from '../../src/query/recall-lookup/lots'
import { recallScopeValues } from '../../src/query/recall-lookup/scope-values'
import { ownersOfTier, recallTiers } from '../../src/query/recall-lookup/tiers'
import { DISPOSITIONS, type UnitDisposition } from '../../src/query/recall-lookup/unit-states'
import {
  countRecallUnits,
  recallUnits,
  type UnitsRequest,
} from '../../src/query/recall-lookup/units'
import { recallUnmatched } from '../../src/query/recall-lookup/unmatched'
import { history, straight } from '../support/branch'
import { DrivenLedger } from '../support/driven-ledger'
import { answerOrCode } from '../support/oracle/answer-or-code'
import { askedPoint, askedScope } from '../support/oracle/asked-scope'
import { type ExpectedRecallAnswer, recallAnswer } from '../support/oracle/recall-answer'
import { byReason, type Unmatched, whyOf } from '../support/oracle/scope-reading'
import { propertySettings } from '../support/property-settings'

/**
 * Goal: no unit, holder or scope value is missing from the answer to a recall, at any point of the
 * chain. Method: random scopes over random histories, each answer compared with an oracle that
 * replays the raw logs and shares no code with the program.
 */

type Question = Parameters<typeof recallAnswer>[2]

interface Asked {
  question: Question
  /** Size of a page. */
  first: number
  /** What the units are asked for once more. */
  disposition: UnitDisposition
}

let ledger: DrivenLedger

beforeAll(async () => {
  ledger = await DrivenLedger.open()
})
afterAll(async () => {
  await ledger?.close()
})

const asked = fc.record({
  scope: askedScope,
  point: askedPoint,
  first: fc.constantFrom(1, 2, 3, 100),
  disposition: fc.constantFrom(...DISPOSITIONS),
})

test('a recall lookup names the units, holders and values that a naive replay names', async () => {
  const settings = propertySettings(500)
  const seen = { answers: 0, inScope: 0, cannotTell: 0, consignees: 0, unmatched: 0, refused: 0 }
  const questions = fc.array(asked, { minLength: 3, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(history, fc.nat(6), questions, async (steps, hot, all) => {
      const chain = straight(steps)
      await ledger.clear()
      await ledger.follow(chain, hot)
      const finalHeight = Math.max(0, chain.length - 1 - hot)
      const head = { height: chain.length - 1, timestamp: chain.at(-1)?.timestamp ?? 0 }
      for (const { scope, point, ...request } of all) {
        const question = { scope, asOf: point(head) }
        const expected = recallAnswer(chain, finalHeight, question)
        const answer = await answerOrCode(() => ask({ question, ...request }))
        expect({ question, answer }).toEqual({ question, answer: inOrder(expected) })
        seen.answers += 1
        if ('error' in expected) seen.refused += 1
        else count(seen, expected)
      }
    }),
    settings,
  )
  const { numRuns, seed } = settings
  console.log(`recallLookup: ${numRuns} histories, ${JSON.stringify(seen)}, seed ${seed}`)
  // A comparison of nothing with nothing proves nothing.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0)
}, 1_200_000)

function count(seen: Record<string, number>, expected: ExpectedRecallAnswer): void {
  const { inScope, cannotTell, consignees, unmatched } = expected
  const found = { inScope, cannotTell, consignees: consignees.length, unmatched: unmatched.length }
  for (const [name, number] of Object.entries(found)) {
    seen[name] = (seen[name] ?? 0) + (number > 0 ? 1 : 0)
  }
}

/** All fields and all pages of an answer. */
async function ask({ question, first, disposition }: Asked): Promise<ExpectedRecallAnswer> {
  const { sql } = ledger
  const lookup = await recallLookup(sql, question)
  const units = async (request: Partial<UnitsRequest>) =>
    allPages(first, await countRecallUnits(sql, lookup, request), (page) =>
      recallUnits(sql, lookup, { ...request, ...page }),
    )
  const all = await units({})
  expect(await units({ disposition })).toEqual(
    all.filter((unit) => unit.disposition === disposition),
  )
  const unmatched = await recallUnmatched(sql, lookup)
  return {
    asOf: lookup.asOf,
    ...(await recallCounts(sql, lookup)),
    cannotTell: await countCannotTell(sql, lookup),
    byLot: await recallLots(sql, lookup),
    consignees: await consigneesOf(lookup, first),
    scopeValues: await recallScopeValues(sql, lookup),
    incoming: await recallIncoming(sql, lookup),
    units: all,
    unitsOfDoubt: await units({ match: 'CANNOT_TELL' }),
    unmatched: unmatched
      .map(({ field, value, reason }): Unmatched => ({ field, value, why: whyOf(reason) }))
      .sort(byReason),
  }
}

/** All pages, with the tier of each; those of one tier must be told apart. */
async function consigneesOf(lookup: RecallLookup, first: number) {
  const { sql } = ledger
  const pages = async (ownerIds: readonly string[] | null) =>
    allPages(first, await countRecallConsignees(sql, lookup, { ownerIds }), (page) =>
      recallConsignees(sql, lookup, { ...page, ownerIds }),
    )
  const tiers = await recallTiers(sql, lookup)
  const all = (await pages(null)).map((row) => ({ ...row, tier: tiers.get(row.ownerId) }))
  const nearest = (await pages(ownersOfTier(tiers, 1))).map(({ ownerId }) => ownerId)
  expect(all.filter(({ tier }) => tier === 1).map(({ ownerId }) => ownerId)).toEqual(nearest)
  expect(tiers.size).toBe(all.length)
  return all
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
    if (left <= 0) return nodes
    after = page.edges.at(-1)?.cursor ?? null
  }
}

/** Unmatched values are a set: refused ones and missed ones are told apart by their reason. */
function inOrder(expected: ReturnType<typeof recallAnswer>): ReturnType<typeof recallAnswer> {
  if ('error' in expected) return expected
  return { ...expected, unmatched: [...expected.unmatched].sort(byReason) }
}
