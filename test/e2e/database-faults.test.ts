import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { freePort } from '../../src/demo/process/free-port'
import { ledgerContent } from '../support/ledger-content'
import { CommandProcess } from './command-process'
import { IndexedDatabase, IndexerProcess } from './indexer-process'
import { LiveChain } from './live-chain'
import { OwnPostgres } from './own-postgres'

/**
 * Goal: whatever the database does while indexer and API run, nothing is lost, callers are told,
 * and both go on by themselves. Method: the real commands; a server of this file's own is crashed,
 * cut, frozen and made read-only while the chain goes on; the ledger is compared to a clean run's.
 */

let chain: LiveChain
let postgres: OwnPostgres
let indexer: CommandProcess
let api: CommandProcess
let url: string

beforeAll(async () => {
  chain = await LiveChain.start()
  postgres = await OwnPostgres.create()
})
afterAll(async () => {
  await postgres?.remove()
  await chain?.stop()
})
beforeEach(async () => {
  await postgres.start()
  await postgres.reset()
  const DB_URL = postgres.url
  expect(await CommandProcess.start('migrate', { DB_URL }).exitCode()).toBe(0)
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  api = CommandProcess.start('serve', { DB_URL, PORT: String(port) })
  indexer = CommandProcess.start('index', { ...chain.environment(3), DB_URL })
  await chain.live()
  await caughtUp()
}, 180_000)
afterEach(async () => {
  postgres.thaw()
  await indexer?.killHard()
  await api?.killHard()
  await postgres.stop()
})

/** Asks how far the index is; an answer that takes half a minute is none. */
async function ask(): Promise<{ status: number; body: string }> {
  const query = encodeURIComponent('{ indexerStatus { height } }')
  const signal = AbortSignal.timeout(30_000)
  const response = await fetch(`${url}/graphql?query=${query}`, { signal })
  return { status: response.status, body: await response.text() }
}

async function caughtUp(): Promise<void> {
  const { height } = await chain.head()
  await indexer.until(async () => {
    const { body } = await ask().catch(() => ({ body: '' }))
    return body.includes(`"height":${height}}`)
  }, `block ${height} in the answers of the API\n${api.output}`)
}

async function expectUnavailable(): Promise<void> {
  const { status, body } = await ask()
  expect(body).toContain('"DATABASE_UNAVAILABLE"')
  expect(status).toBe(503)
  expect((await fetch(`${url}/ready`)).status).toBe(503)
  expect((await fetch(`${url}/health`)).status).toBe(200)
}

/** The chain goes on, both come after it without a new process, and no row is lost or doubled. */
async function expectGoesOn(): Promise<void> {
  await chain.live()
  await caughtUp()
  expect([indexer.lives, api.lives]).toEqual([true, true])
  const head = await chain.head()
  const clean = await IndexedDatabase.create()
  const second = IndexerProcess.start({ ...chain.environment(3), DB_URL: clean.url })
  try {
    await second.caughtUp(clean, head)
    const content = await ledgerContent((text) => postgres.sql(text))
    expect(content.device_event?.length).toBeGreaterThan(3)
    expect(content).toEqual(await ledgerContent(clean.sql))
  } finally {
    await second.killHard()
    await clean.close()
  }
}

test('a crash of the server: callers get 503, and both go on when it is back', async () => {
  await postgres.crash()
  await chain.live()
  await expectUnavailable()
  await indexer.says(/DATABASE_UNAVAILABLE/)
  await postgres.start()
  await expectGoesOn()
}, 180_000)

test('connections that are cut again and again are made anew', async () => {
  for (let cuts = 0; cuts < 3; cuts++) {
    await chain.live()
    await postgres.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`)
    await caughtUp()
  }
  await expectGoesOn()
}, 240_000)

test('a lost place of the only writer is taken anew', async () => {
  const holder = () =>
    postgres.sql<{ pid: number }>(
      `SELECT pid FROM pg_locks JOIN pg_database d ON d.oid = database
       WHERE locktype = 'advisory' AND d.datname = current_database()`,
    )
  const [before] = await holder()
  await postgres.sql(`SELECT pg_terminate_backend(${before?.pid})`)
  await indexer.until(async () => {
    const [now] = await holder()
    return now !== undefined && now.pid !== before?.pid
  }, 'another session that holds the place')
  await expectGoesOn()
}, 180_000)

test('a server that hangs: requests get an error and do not hang with it', async () => {
  postgres.freeze()
  await chain.live()
  await expectUnavailable()
  // More requests than connections: none may wait in a queue for those that hang.
  const many = await Promise.all(Array.from({ length: 12 }, ask))
  expect(new Set(many.map(({ status }) => status))).toEqual(new Set([503]))
  postgres.thaw()
  await expectGoesOn()
}, 240_000)

test('a read-only database: the indexer says so, loses nothing and goes on', async () => {
  const readOnly = (value: string) =>
    postgres.admin(`ALTER DATABASE devicetrail SET default_transaction_read_only = ${value}`)
  await readOnly('on')
  await postgres.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`)
  await chain.live()
  await indexer.says(/DATABASE_READ_ONLY.*25006/)
  // Questions are answered meanwhile.
  expect((await ask()).status).toBe(200)
  await sleep(3_000)
  await readOnly('off')
  await expectGoesOn()
}, 180_000)

test('a database that is renamed away ends the indexer with 78; the API waits for it', async () => {
  await postgres.admin('ALTER DATABASE devicetrail WITH ALLOW_CONNECTIONS false')
  await postgres.admin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = 'devicetrail'`)
  await postgres.admin('ALTER DATABASE devicetrail RENAME TO elsewhere')
  expect(await indexer.exitCode()).toBe(78)
  expect(indexer.output).toMatch(/DATABASE_REFUSED.*3D000/)
  await expectUnavailable()
  await postgres.admin('ALTER DATABASE elsewhere RENAME TO devicetrail')
  await postgres.admin('ALTER DATABASE devicetrail WITH ALLOW_CONNECTIONS true')
  expect((await ask()).status).toBe(200)
}, 180_000)
