import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RecallScope } from '../../src/query/recall-lookup/scope'
import type { LedgerRows } from '../support/ledger-rows'
import { LEAD, PUMP, questionsTo, recallLedger } from './recall-fixture'

let ledger: LedgerRows
const { unmatched } = questionsTo(() => ledger)
beforeAll(async () => {
  ledger = await recallLedger()
})
afterAll(() => ledger?.close())

it('hints at lots that look like one, and at one edit away only within the models', async () => {
  const hint = async (scope: RecallScope, block?: number) =>
    (await unmatched(scope, block)).at(-1)?.reason
  const none = 'no unit on record has this lot'
  for (const models of [null, [LEAD]]) {
    expect(await hint({ models, lots: ['L0T-A'] })).toBe(`${none}; like it is LOT-A`)
  }
  expect(await hint({ lots: ['LOT-C'] })).toBe(none)
  expect(await hint({ models: [LEAD], lots: ['LOTB'] })).toBe(`${none}; like it is LOT-B`)
  expect(await hint({ models: [PUMP], lots: ['LOTB'] })).toBe(none)
  expect(await hint({ models: [LEAD], lots: ['LOTB'] }, 9)).toBe(none)
  expect(await hint({ lots: ['A1 - A9'] })).toBe(`${none}; if "A1 - A9" is a range, write A1..A9`)
})
