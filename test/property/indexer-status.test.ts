import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordChainHead } from '../../src/persistence/chain-state'
import { indexerStatus } from '../../src/query/indexer-status'
import { history, straight } from '../support/branch'
import { DrivenLedger } from '../support/driven-ledger'
import { worldAt } from '../support/oracle/replay'
import { propertySettings } from '../support/property-settings'

/**
 * Goal: the status counts every log that does not fit, and never calls a record current that is
 * not. Method: random histories and a chain that is ahead by a random distance, compared with a
 * naive replay of the raw logs.
 */

let ledger: DrivenLedger

beforeAll(async () => {
  ledger = await DrivenLedger.open()
})
afterAll(async () => {
  await ledger?.close()
})

const ahead = fc.record({ blocks: fc.integer({ min: -2, max: 9 }), seconds: fc.nat(120) })

test('the status tells how far the record is, and every misfit in it', async () => {
  const settings = propertySettings(500)
  let misfits = 0
  await fc.assert(
    fc.asyncProperty(history, fc.nat(6), ahead, async (steps, hot, { blocks, seconds }) => {
      const chain = straight(steps)
      const height = chain.length - 1
      const headTime = chain.at(-1)?.timestamp ?? 0
      await ledger.clear()
      await ledger.follow(chain, hot)
      await recordChainHead(ledger.sql, height + blocks, headTime + seconds * 1_000)
      const { misfits: expected } = worldAt(chain, height)
      const codes = await ledger.sql<{ code: string; device: string | null }>(
        'SELECT code, device_id AS "device" FROM anomaly',
      )
      const told = (all: readonly { code: string; device: string | null }[]) =>
        all.map(({ code, device }) => `${code} ${device}`).sort()
      expect(told(codes)).toEqual(told(expected))
      expect(await indexerStatus(ledger.sql)).toEqual({
        // What was indexed is on the chain, also when the node was asked before.
        chainHeight: Math.max(height, height + blocks),
        height,
        finalizedHeight: Math.max(0, height - hot),
        lagSeconds: seconds,
        ready: blocks <= 5 || seconds <= 60,
        anomalies: expected.length,
      })
      misfits += expected.length
    }),
    settings,
  )
  expect(misfits).toBeGreaterThan(0)
  const { numRuns, seed } = settings
  console.log(`indexerStatus: ${numRuns} histories, ${misfits} misfits, seed ${seed}`)
}, 1_200_000)
