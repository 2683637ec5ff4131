import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AsOf } from '../../src/query/as-of'
import { countHoldings, holdings } from '../../src/query/holdings'
import { grow, history, ROOT, type Step, straight } from '../support/branch'
import type { ScriptedBlock } from '../support/chain'
import { DrivenLedger } from '../support/driven-ledger'
import { answerOrCode } from '../support/oracle/answer-or-code'
import { askedPoint } from '../support/oracle/asked-scope'
import { type ExpectedHolding, heldAt, holdingsAnswer } from '../support/oracle/holdings'
import { propertySettings } from '../support/property-settings'

/**
 * Goal: what an owner held at a point is all there, once, on whatever pages. Method: random
 * histories, points and page sizes, each answer compared with a naive replay of the raw logs; and
 * pages read while blocks come and go between them.
 */

let ledger: DrivenLedger

beforeAll(async () => {
  ledger = await DrivenLedger.open()
})
afterAll(async () => {
  await ledger?.close()
})

const OWNERS = ['A1', 'a2', 'a3', 'a4', 'a5'].map((end) => `0x${end.padStart(40, '0')}`)
const asked = fc.record({
  ownerId: fc.constantFrom(...OWNERS),
  point: askedPoint,
  first: fc.constantFrom(1, 2, 3, 1_000),
})

test('holdings at any point are what a naive replay says', async () => {
  const settings = propertySettings(500)
  const seen = { empty: 0, several: 0, past: 0, refused: 0 }
  const questions = fc.array(asked, { minLength: 5, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(history, fc.nat(6), questions, async (steps, hot, all) => {
      const chain = straight(steps)
      await ledger.clear()
      await ledger.follow(chain, hot)
      const head = { height: chain.length - 1, timestamp: chain.at(-1)?.timestamp ?? 0 }
      for (const { ownerId, point, first } of all) {
        const asOf = point(head)
        const question = { ownerId: ownerId.toLowerCase(), asOf }
        const expected = holdingsAnswer(chain, Math.max(0, head.height - hot), question)
        const answer = await answerOrCode(() => ask(ownerId, asOf, first))
        expect({ question, answer }).toEqual({ question, answer: expected })
        if ('error' in expected) seen.refused += 1
        else {
          if (expected.held.length === 0) seen.empty += 1
          if (expected.held.length > 1) seen.several += 1
          if (!expected.asOf.isHead) seen.past += 1
        }
      }
    }),
    settings,
  )
  const { numRuns, seed } = settings
  console.log(`holdings: ${numRuns} histories, ${JSON.stringify(seen)}, seed ${seed}`)
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0)
}, 1_200_000)

/** All pages; what they say of themselves must be true. */
async function ask(ownerId: string, asOf: AsOf | null, first: number) {
  const held: ExpectedHolding[] = []
  for (let after: string | null = null; ; ) {
    const page = await holdings(ledger.sql, { ownerId, asOf, first, after })
    held.push(...page.edges.map(({ node }) => node))
    const left = (await countHoldings(ledger.sql, page)) - held.length
    expect(page.hasNextPage).toBe(left > 0)
    expect(page.hasPreviousPage).toBe(after !== null)
    if (left <= 0) return { asOf: page.asOf, held }
    after = page.edges.at(-1)?.cursor ?? null
  }
}

test('pages read while blocks arrive and forks replace some neither skip nor repeat', async () => {
  const settings = propertySettings(500)
  const seen = { pages: 0, pinned: 0, always: 0, atTimes: 0 }
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      await ledger.clear()
      const chains = branchesOf(steps)
      const stays = commonBeginning(chains)
      const recorded = stays.findLast(({ logs }) => logs.length > 0)?.height
      const readers = OWNERS.map((owner) => new Reader(owner.toLowerCase(), recorded))
      for (const [index, chain] of chains.entries()) {
        await ledger.follow(chain, steps[index]?.hot ?? 0)
        for (const reader of readers) await reader.readOn(chain)
      }
      for (const reader of readers) {
        await reader.readToEnd()
        const { ownerId, now, past, ever, always } = reader
        expect(now.held).toEqual([...new Set(now.held)].sort())
        expect(now.held.filter((id) => !ever.has(id))).toEqual([])
        expect(always.filter((id) => !now.held.includes(id))).toEqual([])
        const expected = recorded === undefined ? [] : heldAt(stays, recorded, ownerId)
        expect(past?.held ?? []).toEqual(expected.map(({ deviceId }) => deviceId))
        seen.pages += now.held.length
        seen.pinned += expected.length
        seen.always += always.length
        seen.atTimes += ever.size - always.length
      }
    }),
    settings,
  )
  const { numRuns, seed } = settings
  console.log(`holdings paged: ${numRuns} histories, ${JSON.stringify(seen)}, seed ${seed}`)
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0)
}, 1_200_000)

/** The chain after each step. */
function branchesOf(steps: readonly Step[]): ScriptedBlock[][] {
  let branch = ROOT
  return steps.map((taken, index) => {
    branch = grow(branch, taken, String.fromCharCode(97 + index))
    return branch.chain
  })
}

/** What every fork leaves. */
function commonBeginning(chains: readonly ScriptedBlock[][]): ScriptedBlock[] {
  const [first = [], ...others] = chains
  const differs = first.findIndex(({ hash }, at) =>
    others.some((chain) => chain[at]?.hash !== hash),
  )
  return differs < 0 ? first : first.slice(0, differs)
}

/** Reads the pages of one owner, of the present and of a point that no fork reaches. */
class Reader {
  readonly now: Pages
  readonly past: Pages | undefined
  /** Held at a time at which a page was read. */
  readonly ever = new Set<string>()
  /** Held at all of them. */
  always: string[] = []
  private isNew = true

  constructor(
    readonly ownerId: string,
    pinned: number | undefined,
  ) {
    this.now = new Pages(ownerId, null)
    this.past = pinned === undefined ? undefined : new Pages(ownerId, { block: pinned })
  }

  async readOn(chain: readonly ScriptedBlock[]): Promise<void> {
    const held = heldAt(chain, chain.length - 1, this.ownerId).map(({ deviceId }) => deviceId)
    for (const id of held) this.ever.add(id)
    this.always = this.isNew ? held : held.filter((id) => this.always.includes(id))
    this.isNew = false
    await this.now.next()
    // Before it was read, the point cannot be asked for.
    if ((this.past?.asOf?.block ?? 0) < chain.length) await this.past?.next()
  }

  async readToEnd(): Promise<void> {
    while (await this.now.next());
    while (await this.past?.next());
  }
}

/** Pages of one row. */
class Pages {
  readonly held: string[] = []
  private after: string | null = null
  private over = false

  constructor(
    private readonly ownerId: string,
    readonly asOf: AsOf | null,
  ) {}

  /** Whether there may be another. */
  async next(): Promise<boolean> {
    if (this.over) return false
    const { ownerId, asOf, after } = this
    const page = await holdings(ledger.sql, { ownerId, asOf, first: 1, after })
    this.held.push(...page.edges.map(({ node }) => node.deviceId))
    this.after = page.edges.at(-1)?.cursor ?? after
    this.over = !page.hasNextPage
    return !this.over
  }
}
