import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { custodyChain } from '../../src/query/custody-chain'
import { history, straight } from '../support/branch'
import type { ScriptedBlock } from '../support/chain'
import { custodyAt, devicesOf } from '../support/custody-oracle'
import { DrivenLedger } from '../support/driven-ledger'
import { propertySettings } from '../support/property-settings'

/**
 * Goal: "who held it then" is right at every block. Method: the answer for every device at every
 * block is compared with a replay of the raw Transfer logs that shares no code with the ledger.
 */

let ledger: DrivenLedger

beforeAll(async () => {
  ledger = await DrivenLedger.open()
})
afterAll(async () => {
  await ledger?.close()
})

test('custody as of every block is what a naive replay of the transfers tells', async () => {
  const settings = propertySettings(1_000)
  let answers = 0
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const chain = straight(steps)
      await ledger.clear()
      await ledger.takeFinal(chain)
      answers += await expectCustody(chain)
    }),
    settings,
  )
  expect(answers).toBeGreaterThan(settings.numRuns)
  console.log(`custody: ${settings.numRuns} histories, ${answers} answers, seed ${settings.seed}`)
}, 1_200_000)

async function expectCustody(chain: readonly ScriptedBlock[]): Promise<number> {
  const first = chain.find((block) => block.logs.length > 0)
  if (first === undefined) return 0
  const questions = devicesOf(chain).flatMap((deviceId) =>
    chain.slice(first.height).map(({ height }) => ({ deviceId, height })),
  )
  const answers = await Promise.all(
    questions.map(async ({ deviceId, height }) => {
      const { periods } = await custodyChain(ledger.sql, { deviceId, asOf: { block: height } })
      const told = periods.map((p) => [p.ownerId, p.blockHeight, p.logIndex, p.untilBlock])
      return { deviceId, height, told }
    }),
  )
  const expected = questions.map((question) => ({
    ...question,
    told: custodyAt(chain, question.deviceId, question.height),
  }))
  expect(answers).toEqual(expected)
  return answers.length
}
