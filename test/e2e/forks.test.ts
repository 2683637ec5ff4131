import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { ledgerContent } from '../support/ledger-content'
import { IndexedDatabase, IndexerProcess } from './indexer-process'
import { LiveChain } from './live-chain'

/**
 * Goal: whatever chain and process do, the ledger becomes that of a clean run, without a manual
 * step. Method: the real `devicetrail index` against a real node and database; afterwards a second
 * indexer reads the surviving chain into an empty database and every row is compared.
 */

const FINALITY = 3

let chain: LiveChain
let database: IndexedDatabase
let indexer: IndexerProcess

beforeAll(async () => {
  chain = await LiveChain.start()
})
afterAll(() => chain?.stop())
beforeEach(async () => {
  database = await IndexedDatabase.create()
  indexer = startIndexer()
  for (let i = 0; i < 4; i++) await chain.live()
})
afterEach(async () => {
  await indexer.killHard()
  await database.close()
})

function startIndexer(): IndexerProcess {
  return IndexerProcess.start({ ...chain.environment(FINALITY), DB_URL: database.url })
}

async function caughtUp(): Promise<void> {
  await indexer.caughtUp(database, await chain.head())
}

async function expectCleanContent(): Promise<void> {
  await caughtUp()
  const clean = await IndexedDatabase.create()
  const second = IndexerProcess.start({ ...chain.environment(FINALITY), DB_URL: clean.url })
  try {
    await second.caughtUp(clean, await chain.head())
    const content = await ledgerContent(database.sql)
    expect(content.device_event?.length).toBeGreaterThan(10)
    expect(content).toEqual(await ledgerContent(clean.sql))
  } finally {
    await second.killHard()
    await clean.close()
  }
}

test.each([1, 5])('a fork of depth %i leaves the content of a clean run', async (depth) => {
  await caughtUp()
  await chain.fork(depth)
  await expectCleanContent()
})

test('a fork deeper than finality while the indexer runs is repaired by itself', async () => {
  await caughtUp()
  await chain.fork(FINALITY + 8)
  await expectCleanContent()
  expect(indexer.output).toContain('reorganised deeper than finality')
})

test('a fork deeper than finality while it is stopped is repaired at its start', async () => {
  await caughtUp()
  expect(await indexer.stop()).toBe(0)
  await chain.fork(FINALITY + 8)
  indexer = startIndexer()
  await expectCleanContent()
  expect(indexer.output).toContain('reorganised deeper than finality')
})

test('kill -9 in the middle of a sync loses nothing and repeats nothing', async () => {
  await indexer.killHard()
  for (let kills = 0; kills < 3; kills++) {
    // All that is final comes as one batch: each kill needs a history of its own.
    for (let i = 0; i < 8; i++) await chain.mintBatch(40)
    indexer = startIndexer()
    const before = (await database.head())?.height ?? -1
    while (((await database.head())?.height ?? -1) <= before) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await indexer.killHard()
  }
  await chain.mintBatch(40)
  indexer = startIndexer()
  await expectCleanContent()
}, 180_000)

test('a second indexer on the same database refuses to start and says why', async () => {
  await caughtUp()
  const second = startIndexer()
  expect(await second.exitCode()).toBe(78)
  expect(second.output).toContain('SECOND_INDEXER')
  await chain.live()
  await caughtUp()
})
