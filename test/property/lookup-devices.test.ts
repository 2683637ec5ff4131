import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimChain } from '../../src/persistence/chain-state'
import { lookupDevices } from '../../src/query/lookup-devices'
import { LOOKUP_OUTCOMES } from '../../src/query/lookup-devices/rows'
import { history, straight } from '../support/branch'
import { ONE, TWO } from '../support/chain'
import { DrivenLedger } from '../support/driven-ledger'
import { answerOrCode } from '../support/oracle/answer-or-code'
import { type AskedIdentifier, askedIdentifier } from '../support/oracle/asked-identifier'
import { type ExpectedLookup, lookups } from '../support/oracle/lookup'
import { propertySettings } from '../support/property-settings'

/**
 * Goal: in a list every row leads to its device, or says truly why not, whatever the other rows
 * are. Method: random lists over random histories; each row is compared with an oracle that
 * replays the raw logs and looks at one identifier after the other.
 */

let ledger: DrivenLedger

beforeAll(async () => {
  ledger = await DrivenLedger.open()
  const contracts = `one=${ONE}@0,two=${TWO}@0`
  await claimChain(ledger.sql, { chainId: '31337', genesisHash: '0x', contracts })
})
afterAll(async () => {
  await ledger?.close()
})

test('a list of identifiers is resolved as a naive replay resolves them one by one', async () => {
  const settings = propertySettings(500)
  const seen = new Map<string, number>(LOOKUP_OUTCOMES.map((outcome) => [outcome, 0]))
  const lists = fc.array(fc.array(askedIdentifier, { maxLength: 30 }), {
    minLength: 2,
    maxLength: 2,
  })
  await fc.assert(
    fc.asyncProperty(history, fc.nat(6), lists, async (steps, hot, all) => {
      const chain = straight(steps)
      await ledger.clear()
      await ledger.follow(chain, hot)
      const finalHeight = Math.max(0, chain.length - 1 - hot)
      for (const asked of all) {
        const expected = lookups(chain, finalHeight, asked)
        const answer = await answerOrCode(() => ask(asked))
        expect({ asked, answer }).toEqual({ asked, answer: expected })
        if ('error' in expected) continue
        for (const { outcome } of expected) seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
      }
    }),
    settings,
  )
  const { numRuns, seed } = settings
  const outcomes = JSON.stringify(Object.fromEntries(seen))
  console.log(`lookupDevices: ${numRuns} histories, ${outcomes}, seed ${seed}`)
  // Each outcome must have been tried; a short run meets the rare ones by luck only.
  if (numRuns >= 500) expect(Math.min(...seen.values())).toBeGreaterThan(0)
}, 1_200_000)

async function ask(asked: readonly AskedIdentifier[]): Promise<ExpectedLookup[]> {
  const rows = await lookupDevices(ledger.sql, { identifiers: asked.map(({ text }) => text) })
  return rows.map(({ parsed, candidateIds, ...row }, n) => {
    const { input, syntax, problems, ...says } = parsed
    expect({ input, syntax }).toEqual({ input: asked[n]?.text, syntax: asked[n]?.syntax })
    if (row.outcome === 'INVALID') expect(problems).not.toEqual([])
    return { ...row, candidateIds: [...candidateIds], says }
  })
}
