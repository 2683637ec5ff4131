import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { grow, history, ROOT, type Step, straight } from '../support/branch'
import type { ScriptedBlock } from '../support/chain'
import { DrivenLedger } from '../support/driven-ledger'
import { propertySettings } from '../support/property-settings'

/**
 * Goal: the ledger is a fold of the surviving chain, whatever happened on the way. Method: a random
 * history with forks drives one ledger as the processor would, a new instance for every step, as
 * after a restart; a second ledger gets the surviving chain in one batch; every row of every table
 * must be the same.
 */

let clean: DrivenLedger
let driven: DrivenLedger

beforeAll(async () => {
  clean = await DrivenLedger.open()
  driven = await DrivenLedger.open()
})
afterAll(async () => {
  await clean?.close()
  await driven?.close()
})

async function drive(steps: readonly Step[]): Promise<ScriptedBlock[]> {
  await driven.clear()
  let branch = ROOT
  for (const [index, taken] of steps.entries()) {
    branch = grow(branch, taken, String.fromCharCode(97 + index))
    // Final blocks come from above the final head, also those that were taken as hot before.
    if (taken.final && taken.depth === 0) {
      await driven.takeFinal(branch.chain.slice((await driven.finalHeight()) + 1))
    } else await driven.follow(branch.chain, taken.hot)
  }
  return branch.chain
}

async function expectCleanRun(chain: readonly ScriptedBlock[]): Promise<void> {
  await clean.clear()
  await clean.takeFinal(chain)
  expect(await driven.content()).toEqual(await clean.content())
}

test('cuts, replays, restarts and forks of any depth leave the rows of a clean run', async () => {
  const settings = propertySettings(1_000)
  await fc.assert(
    fc.asyncProperty(history, async (steps) => expectCleanRun(await drive(steps))),
    settings,
  )
  console.log(`forks: ${settings.numRuns} histories, seed ${settings.seed}`)
}, 1_200_000)

test('apply, unwind to a random block, apply again: the rows are the same', async () => {
  const settings = propertySettings(1_000)
  await fc.assert(
    fc.asyncProperty(history, fc.nat(), async (steps, where) => {
      const chain = straight(steps)
      await driven.clear()
      await driven.takeFinal(chain)
      const whole = await driven.content()
      const height = where % chain.length
      const kept = chain.slice(0, height + 1)
      await driven.rewind(kept)
      await expectCleanRun(kept)
      await driven.takeFinal(chain.slice(height + 1))
      expect(await driven.content()).toEqual(whole)
    }),
    settings,
  )
  console.log(`unwind: ${settings.numRuns} histories, seed ${settings.seed}`)
}, 1_200_000)

test('a ledger that is unwound to nothing holds nothing', async () => {
  await driven.clear()
  const rows = Object.values(await driven.content()).flat()
  expect(rows).toEqual([])
})
