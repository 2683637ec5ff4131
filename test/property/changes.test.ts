import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Change, changes, countChanges } from '../../src/query/changes'
import { grow, history, ROOT, straight } from '../support/branch'
import { DrivenLedger } from '../support/driven-ledger'
import { changesOf, inOrder } from '../support/oracle/changes'
import { propertySettings } from '../support/property-settings'

/**
 * Goal: who polls knows what happened: everything, once, in order, also across forks. Method:
 * random histories, polled with random page sizes between their steps by a client that does what
 * the answers say; what it knows at the end is compared with a naive replay of the raw logs.
 */

let ledger: DrivenLedger

beforeAll(async () => {
  ledger = await DrivenLedger.open()
})
afterAll(async () => {
  await ledger?.close()
})

const pageSize = fc.constantFrom(1, 2, 7, 100)

/** A dashboard: it keeps what it is told, and forgets what it is told to forget. */
class Client {
  told: Change[] = []
  cursor: string | null = null
  /** Forks that it was told of. */
  undone = 0

  async poll(first: number): Promise<boolean> {
    const page = await changes(ledger.sql, { first, after: this.cursor })
    const { undoneAfter } = page
    if (undoneAfter !== null) {
      this.undone += 1
      this.told = this.told.filter(({ blockHeight }) => blockHeight <= undoneAfter)
    }
    // Each edge is as good a place to go on from as the end.
    if (page.edges.length > 0) expect(page.edges.at(-1)?.cursor).toBe(page.endCursor)
    expect(page.edges.length).toBeLessThanOrEqual(first)
    expect(page.hasNextPage && page.edges.length < first).toBe(false)
    this.told.push(...page.edges.map(({ node }) => node))
    this.cursor = page.endCursor
    return page.hasNextPage
  }
}

function expectTold(told: readonly Change[], chain: Parameters<typeof changesOf>[0]): void {
  const keys = told.map(({ blockHeight, logIndex, kind, rowId }) => {
    const rank = { MINT: 0, MOVE: 0, BURN: 0, EVENT: 1, ANOMALY: 2 }[kind]
    return `${String(blockHeight).padStart(9)} ${String(logIndex).padStart(9)} ${rank} ${rowId}`
  })
  expect(keys).toEqual([...new Set(keys)].sort())
  expect(inOrder(told.map(({ rowId: _, ...change }) => change))).toEqual(changesOf(chain))
}

test('all pages tell everything that a naive replay tells, once and in order', async () => {
  const settings = propertySettings(500)
  const kinds: Record<string, number> = {}
  await fc.assert(
    fc.asyncProperty(history, fc.nat(6), pageSize, async (steps, hot, first) => {
      const chain = straight(steps)
      await ledger.clear()
      await ledger.follow(chain, hot)
      const client = new Client()
      const count = await countChanges(ledger.sql, { first })
      while (await client.poll(first));
      expectTold(client.told, chain)
      expect(count).toBe(client.told.length)
      expect(client.undone).toBe(0)
      for (const { kind } of client.told) kinds[kind] = (kinds[kind] ?? 0) + 1
      const now = await changes(ledger.sql, { first, fromHead: true })
      const later = await changes(ledger.sql, { first, after: now.endCursor })
      expect([now.edges, later.edges, later.endCursor]).toEqual([[], [], now.endCursor])
    }),
    settings,
  )
  const { numRuns, seed } = settings
  console.log(`changes: ${numRuns} histories, ${JSON.stringify(kinds)}, seed ${seed}`)
  expect(Object.keys(kinds).sort()).toEqual(['ANOMALY', 'BURN', 'EVENT', 'MINT', 'MOVE'])
}, 1_200_000)

test('who polls while blocks arrive and forks replace some knows the surviving chain', async () => {
  const settings = propertySettings(500)
  const seen = { undone: 0, blind: 0 }
  const polls = fc.array(fc.tuple(fc.nat(3), pageSize), { minLength: 7, maxLength: 7 })
  await fc.assert(
    fc.asyncProperty(history, polls, fc.boolean(), async (steps, plan, lateStart) => {
      await ledger.clear()
      const client = new Client()
      let branch = ROOT
      for (const [index, taken] of steps.entries()) {
        branch = grow(branch, taken, String.fromCharCode(97 + index))
        await ledger.follow(branch.chain, taken.hot)
        const [times, first] = plan[index] ?? [1, 1]
        // One that begins at the head knows nothing of before, unless a fork sends it back there.
        if (index === 0 && lateStart) {
          client.cursor = (await changes(ledger.sql, { first, fromHead: true })).endCursor
          client.told = await everything()
        }
        for (let time = 0; time < times; time++) await client.poll(first)
      }
      while (await client.poll(100));
      expectTold(client.told, branch.chain)
      seen.undone += client.undone
      seen.blind += plan.filter(([times]) => times === 0).length
    }),
    settings,
  )
  const { numRuns, seed } = settings
  console.log(`changes polled: ${numRuns} histories, ${JSON.stringify(seen)}, seed ${seed}`)
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0)
}, 1_200_000)

async function everything(): Promise<Change[]> {
  const { edges } = await changes(ledger.sql, { first: 1_000 })
  return edges.map(({ node }) => node)
}
