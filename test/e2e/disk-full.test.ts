import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ledgerContent } from '../support/ledger-content'
import { CommandProcess } from './command-process'
import { IndexedDatabase, IndexerProcess } from './indexer-process'
import { LiveChain } from './live-chain'
import { OwnPostgres } from './own-postgres'
import { SmallDisk } from './small-disk'

/**
 * Goal: a full disk of the database costs time, never a row. Method: a server on a small file
 * system that is filled to the last byte while the real indexer follows a real chain.
 */

const MEGABYTES = 200

let disk: SmallDisk | string
let chain: LiveChain
let postgres: OwnPostgres
let indexer: CommandProcess

beforeAll(async () => {
  disk = await SmallDisk.mount(MEGABYTES)
  if (typeof disk === 'string') return
  chain = await LiveChain.start()
  await chain.live()
  postgres = await OwnPostgres.create(`${disk.folder}/data`)
  await postgres.start()
  const DB_URL = postgres.url
  expect(await CommandProcess.start('migrate', { DB_URL }).exitCode()).toBe(0)
  indexer = CommandProcess.start('index', { ...chain.environment(3), DB_URL })
}, 180_000)
afterAll(async () => {
  await indexer?.killHard()
  await postgres?.remove()
  await chain?.stop()
  if (typeof disk === 'object') disk.unmount()
})
beforeEach(async ({ skip }) => {
  skip(typeof disk === 'string', String(disk))
  await caughtUp()
}, 180_000)

async function indexed(): Promise<number> {
  const [row] = await postgres.sql<{ height: number }>(
    `SELECT max(height) AS height FROM (SELECT height FROM squid_processor.status
     UNION ALL SELECT height FROM squid_processor.hot_block) AS known`,
  )
  return row?.height ?? -1
}

async function caughtUp(): Promise<void> {
  const { height } = await chain.head()
  const there = async () => (await indexed().catch(() => -1)) === height
  await indexer.until(there, `block ${height}`)
}

async function expectCleanContent(): Promise<void> {
  await caughtUp()
  const clean = await IndexedDatabase.create()
  const second = IndexerProcess.start({ ...chain.environment(3), DB_URL: clean.url })
  try {
    await second.caughtUp(clean, await chain.head())
    const content = await ledgerContent((text) => postgres.sql(text))
    expect(content.device?.length).toBeGreaterThan(100)
    expect(content).toEqual(await ledgerContent(clean.sql))
  } finally {
    await second.killHard()
    await clean.close()
  }
}

function theDisk(): SmallDisk {
  if (typeof disk === 'string') throw new Error(disk)
  return disk
}

test('a full disk: the indexer says so, keeps trying, and loses nothing', async () => {
  const before = await indexed()
  theDisk().fill()
  for (let i = 0; i < 3; i++) await chain.mintBatch(40)
  await indexer.says(/DATABASE_FULL.*53100/)
  await sleep(3_000)
  expect(indexer.lives).toBe(true)
  expect(await indexed()).toBeLessThanOrEqual(before + 1)
  theDisk().makeRoom()
  await expectCleanContent()
}, 240_000)

test('a disk so full that the server ends: the indexer waits for both', async () => {
  theDisk().fill()
  // The next segment of the write-ahead log cannot be made: PostgreSQL ends itself.
  await postgres.sql('SELECT pg_switch_wal()').catch(() => undefined)
  await chain.mintBatch(40)
  await expect.poll(() => postgres.log, { timeout: 60_000 }).toMatch(/PANIC.*No space left/)
  await indexer.says(/DATABASE_UNAVAILABLE/)
  await sleep(3_000)
  theDisk().makeRoom()
  await postgres.stop()
  await postgres.start()
  await expectCleanContent()
}, 240_000)
