import { afterAll, beforeEach, expect, test } from 'vitest'
import {
  areIndexesOff,
  putIndexesBack,
  requireIndexes,
  takeIndexesOff,
} from '../../src/persistence/indexes-off'
import { sqlOf } from '../../src/persistence/sql'
import { DrivenLedger } from '../support/driven-ledger'
import { approved, chainOf, minted, recallIssued, scopeAdded, submitted } from '../support/story'

/** Goal: a first sync leaves the very indexes that it found, and misses no unit without them. */

let ledger: DrivenLedger | undefined

beforeEach(async () => {
  await ledger?.close()
  ledger = await DrivenLedger.open()
})
afterAll(() => ledger?.close())

function opened(): DrivenLedger {
  if (ledger === undefined) throw new Error('no ledger is open')
  return ledger
}

interface Index {
  name: string
  definition: string
}

async function indexes(): Promise<Index[]> {
  const sql = sqlOf(opened().database.manager)
  const found = await sql<Index>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE tablename IN ('device', 'custody_period', 'device_event') ORDER BY indexname`,
  )
  // PostgreSQL writes brackets and casts of a condition otherwise when it reads its own writing.
  return found.map(({ name, definition }) => {
    return { name, definition: definition.replaceAll(/[()[\]\s]|::(character varying|text)/g, '') }
  })
}

async function names(): Promise<string[]> {
  return (await indexes()).map(({ name }) => name)
}

test('every index is back at the end, as the migrations made it', async () => {
  const { database } = opened()
  const before = await indexes()
  await takeIndexesOff(database)
  const off = before.length - (await indexes()).length
  expect(off).toBeGreaterThan(15)

  const said: string[] = []
  await putIndexesBack(database, (line) => said.push(line))

  expect(await indexes()).toEqual(before)
  expect(await areIndexesOff(sqlOf(database.manager))).toBe(false)
  expect(said).toHaveLength(off + 1)
})

test('a build that was broken off goes on with what is missing', async () => {
  const { database } = opened()
  const before = await indexes()
  await takeIndexesOff(database)
  await database.transaction((manager) => requireIndexes(sqlOf(manager), ['IX_device_block']))
  expect(await names()).toContain('IX_device_block')

  await putIndexesBack(database, () => undefined)

  expect(await indexes()).toEqual(before)
})

test('a recall in a first sync finds its units, and gets the indexes that it asks', async () => {
  const { database } = opened()
  await takeIndexesOff(database)
  const units = [...minted(1n), ...minted(2n, { lot: 'L2' }), ...minted(3n, { lot: 'L3' })]
  const scope = scopeAdded({ lots: ['L1'], serials: ['S2'] })
  const chain = chainOf([submitted(), approved()], units, [recallIssued(), scope], minted(4n))
  await opened().takeFinal(chain.slice(0, 2))
  expect(await names()).not.toContain('IX_device_serial')

  await opened().takeFinal(chain.slice(2))

  const { recall_unit: rows = [] } = await opened().content()
  const found = rows.map((row) => (row as { device_id: string }).device_id)
  expect(found.sort()).toEqual(['one-1', 'one-2', 'one-4'])
  expect(await names()).toContain('IX_device_serial')
  expect(await names()).toContain('IX_device_model_lot_page')
  expect(await names()).not.toContain('IX_device_block')
})
