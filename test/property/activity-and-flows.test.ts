import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { activity } from '../../src/query/activity'
import type { Interval } from '../../src/query/activity/buckets'
import { custodyFlows } from '../../src/query/custody-flows'
import { history, straight } from '../support/branch'
import { DrivenLedger } from '../support/driven-ledger'
import { activityAnswer } from '../support/oracle/activity'
import { answerOrCode } from '../support/oracle/answer-or-code'
import { flowsAnswer } from '../support/oracle/custody-flows'
import { propertySettings } from '../support/property-settings'

/**
 * Goal: what happened in a window, and who handed what to whom, is counted right, also at its ends.
 * Method: random windows over random histories, compared with a naive replay of the raw logs.
 */

let ledger: DrivenLedger

beforeAll(async () => {
  ledger = await DrivenLedger.open()
})
afterAll(async () => {
  await ledger?.close()
})

const YEAR = Date.UTC(2026, 0, 1)
/** On a block, a millisecond beside it, or in an hour or a day beside all of them. */
const instant = fc
  .tuple(
    fc.integer({ min: -2, max: 20 }),
    fc.constantFrom(-1, 0, 0, 0, 1),
    fc.constantFrom(0, 0, 0, 0, 0, 0, -90, 5, 40),
  )
  .map(([blocks, edge, days]) => new Date(YEAR + blocks * 12_000 + edge + days * 86_400_000))
const window = fc
  .tuple(instant, instant)
  .map(([a, b]) => (a.getTime() % 5 > 0 && a > b ? { from: b, to: a } : { from: a, to: b }))
const modelId = fc.constantFrom(
  null,
  null,
  'one-model-1',
  'one-model-2',
  'two-model-1',
  'one-model-9',
)
const asked = fc.record({
  interval: fc.constantFrom<Interval>('HOUR', 'DAY', 'WEEK', 'MONTH'),
  window,
  modelId,
  open: fc.constantFrom('', '', 'from', 'to', 'both'),
  first: fc.constantFrom(1, 3, 1_000),
})

test('activity and flows of any window are what a naive replay counts', async () => {
  const settings = propertySettings(500)
  const seen = {
    buckets: 0,
    active: 0,
    ofModel: 0,
    flows: 0,
    manyMoves: 0,
    refused: 0,
    recalled: 0,
  }
  const questions = fc.array(asked, { minLength: 5, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(history, questions, async (steps, all) => {
      const chain = straight(steps)
      await ledger.clear()
      await ledger.takeFinal(chain)
      for (const { interval, window, modelId, open, first } of all) {
        const counted = { interval, modelId, ...window }
        const expected = activityAnswer(chain, counted)
        const answer = await answerOrCode(() => activity(ledger.sql, counted))
        expect({ counted, answer }).toEqual({ counted, answer: expected })
        if (!('error' in expected)) {
          seen.buckets += expected.length
          const active = expected.filter(({ mints, transfers }) => mints + transfers > 0)
          seen.active += active.length
          if (modelId !== null) seen.ofModel += active.length
          if (expected.some(({ recalledUnits }) => recalledUnits > 0)) seen.recalled += 1
        } else seen.refused += 1
        const flowed = {
          modelId,
          first,
          from: open === 'from' || open === 'both' ? null : window.from,
          to: open === 'to' || open === 'both' ? null : window.to,
        }
        const flows = flowsAnswer(chain, flowed)
        const told = await answerOrCode(() => custodyFlows(ledger.sql, flowed))
        expect({ flowed, told }).toEqual({ flowed, told: flows })
        if (!('error' in flows)) {
          seen.flows += flows.length
          seen.manyMoves += flows.filter(({ moves }) => moves > 1).length
        }
      }
    }),
    settings,
  )
  const { numRuns, seed } = settings
  console.log(`activity and flows: ${numRuns} histories, ${JSON.stringify(seen)}, seed ${seed}`)
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0)
}, 1_200_000)
