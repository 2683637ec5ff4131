import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ScriptedBlock } from '../support/chain'
import { DrivenLedger } from '../support/driven-ledger'
import {
  approved,
  chainOf,
  minted,
  recallClosed,
  recallIssued,
  resolved,
  scopeAdded,
  submitted,
} from '../support/story'

/**
 * Goal: a unit belongs to a recall exactly when its scope names it while the recall is open.
 * Method: short chains, each taken in one batch and block by block: both must say the same.
 */

let ledger: DrivenLedger

beforeAll(async () => {
  ledger = await DrivenLedger.open()
})
afterAll(() => ledger?.close())

const MODEL = [submitted(), approved()]

interface Unit {
  device_id: string
  block_height: number
  resolution: string | null
}

async function unitsOf(chain: readonly ScriptedBlock[]) {
  const told: (string | number | null)[][][] = []
  for (const size of [chain.length, 1]) {
    await ledger.clear()
    for (let start = 0; start < chain.length; start += size) {
      await ledger.takeFinal(chain.slice(start, start + size))
    }
    const { recall_unit: rows = [] } = await ledger.content()
    told.push((rows as Unit[]).map((u) => [u.device_id, u.block_height, u.resolution]))
  }
  expect(told[1]).toEqual(told[0])
  return told[0]
}

test('the lot, the serial or the whole model brings a unit in, others stay out', async () => {
  const units = [...minted(1n), ...minted(2n, { lot: 'L2' }), ...minted(3n, { lot: 'L3' })]
  const scope = scopeAdded({ lots: ['l1 '], serials: ['S2'] })
  expect(await unitsOf(chainOf(MODEL, units, [recallIssued(), scope]))).toEqual([
    ['one-1', 2, null],
    ['one-2', 2, null],
  ])
  const whole = scopeAdded({ wholeModel: true })
  expect(await unitsOf(chainOf(MODEL, units, [recallIssued(), whole]))).toHaveLength(3)
})

test('a unit minted into an open scope belongs to it from its mint on', async () => {
  const scope = scopeAdded({ lots: ['L1'] })
  const chain = chainOf(MODEL, [recallIssued(), scope], minted(1n), minted(2n, { lot: 'L2' }))
  expect(await unitsOf(chain)).toEqual([['one-1', 2, null]])
})

test('a unit minted after the recall was closed does not belong to it', async () => {
  const scope = scopeAdded({ wholeModel: true })
  const chain = chainOf(MODEL, minted(1n), [recallIssued(), scope], recallClosed(), minted(2n))
  expect(await unitsOf(chain)).toEqual([['one-1', 2, null]])
})

test('scope added later counts from then on; what was in before keeps its place', async () => {
  const first = scopeAdded({ lots: ['L1'] })
  const later = scopeAdded({ wholeModel: true })
  const units = [...minted(1n), ...minted(2n, { lot: 'L2' })]
  expect(await unitsOf(chainOf(MODEL, units, [recallIssued(), first], later))).toEqual([
    ['one-1', 2, null],
    ['one-2', 3, null],
  ])
})

test('the latest resolution counts, but none from before the unit belonged', async () => {
  const scope = scopeAdded({ lots: ['L1'] })
  const chain = chainOf(
    MODEL,
    minted(1n),
    recallIssued(),
    resolved(1n, 5),
    scope,
    resolved(1n, 1),
    resolved(1n, 4),
  )
  expect(await unitsOf(chain)).toEqual([['one-1', 4, 'DESTROYED']])
  const { anomaly: rows = [] } = await ledger.content()
  expect(rows).toMatchObject([{ code: 'RESOLVED_OUT_OF_SCOPE', device_id: 'one-1' }])
})
