import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from '../../src/query/page'
import { type RecallLookup, recallLookup } from '../../src/query/recall-lookup'
import { recallConsignees } from '../../src/query/recall-lookup/consignees'
import { recallUnits } from '../../src/query/recall-lookup/units'
import { grow, history, ROOT, type Step, step } from '../support/branch'
import { DrivenLedger } from '../support/driven-ledger'
import { propertySettings } from '../support/property-settings'

/**
 * Goal: who pages through a list while blocks arrive and forks replace some misses no row that is
 * there all the time, and sees none twice. Method: between two pages the chain takes a random step;
 * what was on the whole list before and after every step must be on the pages.
 */

const SCOPE = { lots: ['L*'] }
const WHOLE = 1_000

/** Long enough for several pages. */
const past = fc.array(step, { minLength: 5, maxLength: 9 })

let ledger: DrivenLedger

beforeAll(async () => {
  ledger = await DrivenLedger.open()
})
afterAll(async () => {
  await ledger?.close()
})

type List = (lookup: RecallLookup, first: number, after: string | null) => Promise<Page<string>>

const LISTS: Readonly<Record<string, List>> = {
  units: async (lookup, first, after) =>
    named(await recallUnits(ledger.sql, lookup, { first, after }), ({ deviceId }) => deviceId),
  consignees: async (lookup, first, after) =>
    named(await recallConsignees(ledger.sql, lookup, { first, after }), ({ ownerId }) => ownerId),
}

function named<Node>(page: Page<Node>, nameOf: (node: Node) => string): Page<string> {
  return {
    ...page,
    edges: page.edges.map(({ cursor, node }) => ({ cursor, node: nameOf(node) })),
  }
}

type Live = { before: readonly Step[]; between: readonly Step[]; first: number }

const seen = { pages: 0, gone: 0, come: 0 }

test.each(Object.entries(LISTS))(
  'pages of %s neither skip nor repeat',
  async (_, list) => {
    const settings = propertySettings(150)
    Object.assign(seen, { pages: 0, gone: 0, come: 0 })
    const live = fc.record({ before: past, between: history, first: fc.constantFrom(1, 1, 2) })
    await fc.assert(
      fc.asyncProperty(live, (given) => pageThrough(list, given)),
      settings,
    )
    console.log(`${settings.numRuns} histories, ${JSON.stringify(seen)}, seed ${settings.seed}`)
    // Without rows that come and go nothing was tried.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(0)
  },
  1_200_000,
)

async function pageThrough(list: List, { before, between, first }: Live): Promise<void> {
  await ledger.clear()
  let branch = ROOT
  for (const [n, taken] of before.entries()) branch = grow(branch, { ...taken, depth: 0 }, `b${n}`)
  await ledger.follow(branch.chain, 3)
  const look = () => recallLookup(ledger.sql, { scope: SCOPE, asOf: null })
  const whole = async () => namesOn(await list(await look(), WHOLE, null))
  const start = await whole()
  let stayed = start
  const paged: string[] = []
  let after: string | null = null
  for (let turn = 0; ; turn++) {
    const page = await list(await look(), first, after)
    paged.push(...namesOn(page))
    seen.pages += 1
    if (!page.hasNextPage) break
    after = page.edges.at(-1)?.cursor ?? null
    const next = between[turn]
    if (next === undefined) continue
    branch = grow(branch, next, `l${turn}`)
    await ledger.follow(branch.chain, next.hot)
    const now = await whole()
    if (stayed.some((name) => !now.includes(name))) seen.gone += 1
    if (now.some((name) => !start.includes(name))) seen.come += 1
    stayed = stayed.filter((name) => now.includes(name))
  }
  expect(paged).toEqual([...new Set(paged)].sort())
  expect(paged).toEqual(expect.arrayContaining(stayed))
}

function namesOn({ edges }: Page<string>): string[] {
  return edges.map(({ node }) => node)
}
