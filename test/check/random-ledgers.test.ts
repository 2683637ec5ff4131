import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RULES } from '../../src/check/ledger/rules'
import { sqlOf } from '../../src/persistence/sql'
import { grow, history, ROOT } from '../support/branch'
import { DrivenLedger } from '../support/driven-ledger'
import { propertySettings } from '../support/property-settings'

/**
 * Goal: whatever chains say, however wild, the ledger keeps every rule: a false alarm would teach
 * people to pass over true ones. Method: random histories with forks; the check after each step.
 */

let ledger: DrivenLedger

beforeAll(async () => {
  ledger = await DrivenLedger.open()
})
afterAll(() => ledger?.close())

async function differences() {
  return ledger.database.transaction(async (manager) => {
    const sql = sqlOf(manager)
    const told = []
    for (const { name, find } of RULES) {
      const { count, first } = await find(sql)
      if (count > 0) told.push({ name, first })
    }
    return told
  })
}

test('random histories with forks leave nothing to report', async () => {
  const settings = propertySettings(150)
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      await ledger.clear()
      let branch = ROOT
      for (const [index, taken] of steps.entries()) {
        branch = grow(branch, taken, String.fromCharCode(97 + index))
        await ledger.follow(branch.chain, taken.hot)
        expect(await differences()).toEqual([])
      }
    }),
    settings,
  )
}, 1_200_000)
