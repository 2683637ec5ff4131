import type { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { freePort } from '../../src/demo/process/free-port'
import { ledgerContent } from '../support/ledger-content'
import { CommandProcess } from './command-process'
import { IndexedDatabase, IndexerProcess } from './indexer-process'
import { LiveChain } from './live-chain'
import { OwnPostgres } from './own-postgres'

/**
 * Goal: a process that is asked to end does so within ten seconds with exit code 0, whatever it
 * waits for, leaves no session behind, and loses nothing. Method: the real commands against a
 * database server that is blocked, frozen or away at that moment.
 */

const TEN_SECONDS = 10_000

let chain: LiveChain
let postgres: OwnPostgres
let blocker: Client | undefined
const started: CommandProcess[] = []

beforeAll(async () => {
  chain = await LiveChain.start()
  for (let i = 0; i < 5; i++) await chain.mintBatch(40)
  postgres = await OwnPostgres.create()
})
afterAll(async () => {
  await postgres?.remove()
  await chain?.stop()
})
beforeEach(async () => {
  await postgres.start()
  await postgres.reset()
  expect(await start('migrate').exitCode()).toBe(0)
})
afterEach(async () => {
  postgres.thaw()
  await blocker?.end()
  blocker = undefined
  for (const command of started.splice(0)) await command.killHard()
  await postgres.stop()
})

function start(command: string, changes: Record<string, string> = {}): CommandProcess {
  const environment = { ...chain.environment(3), DB_URL: postgres.url, ...changes }
  const process = CommandProcess.start(command, environment)
  started.push(process)
  return process
}

async function expectStops(process: CommandProcess, signal: NodeJS.Signals = 'SIGTERM') {
  const { code, ms } = await process.stop(signal)
  expect(code).toBe(0)
  expect(ms).toBeLessThan(TEN_SECONDS)
}

/** Holds a table, so that whoever needs it waits in the middle of a transaction. */
async function hold(table: string): Promise<void> {
  blocker = await postgres.connect()
  await blocker.query('BEGIN')
  await blocker.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`)
}

async function sessions(where = 'true'): Promise<number> {
  const ours = blocker === undefined ? 0 : 1
  const [row] = await postgres.sql<{ n: number }>(
    `SELECT count(*)::int - ${ours} AS n FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${where}`,
  )
  return row?.n ?? -1
}

const blocked = async () => (await sessions("wait_event_type = 'Lock'")) + (blocker ? 1 : 0)

async function height(): Promise<number> {
  const [row] = await postgres.sql<{ height: number }>(
    `SELECT max(height) AS height FROM (SELECT height FROM squid_processor.status
     UNION ALL SELECT height FROM squid_processor.hot_block) AS known`,
  )
  return row?.height ?? -1
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s in the middle of a batch rolls it back, leaves no session, and the next run is complete',
  async (signal) => {
    await hold('device_event')
    const indexer = start('index')
    await indexer.until(async () => (await blocked()) > 0, 'a batch that waits for the table')
    await expectStops(indexer, signal)
    // The table is still held: only a look at their connections tells the sessions to end.
    await expect.poll(() => sessions(), { timeout: 30_000 }).toBe(0)
    expect(await height()).toBe(-1)

    await blocker?.end()
    blocker = undefined
    const { height: head } = await chain.head()
    const next = start('index')
    await next.until(async () => (await height()) >= head, 'the end of the chain')
    await expectStops(next)
    expect(await ledgerContent((text) => postgres.sql(text))).toEqual(await cleanContent(head))
  },
  180_000,
)

/** What an indexer writes that nobody disturbs. */
async function cleanContent(head: number) {
  const clean = await IndexedDatabase.create()
  const indexer = IndexerProcess.start({ ...chain.environment(3), DB_URL: clean.url })
  try {
    await indexer.reached(clean, head)
    return await ledgerContent(clean.sql)
  } finally {
    await indexer.killHard()
    await clean.close()
  }
}

test('an indexer stops while it waits for its node', async () => {
  const indexer = start('index', { RPC_URL: 'http://127.0.0.1:9' })
  await indexer.until(async () => (await sessions()) > 0, 'a session')
  await expectStops(indexer)
})

test('an indexer and an API stop while they wait for the database', async () => {
  await postgres.stop()
  for (const command of ['index', 'serve']) {
    const process = start(command, { PORT: '0' })
    await process.says(/waiting\. DATABASE_UNAVAILABLE/)
    await expectStops(process)
  }
})

test('an indexer stops while the database hangs, and leaves no session', async () => {
  const indexer = start('index')
  await indexer.until(async () => (await height()) > 0, 'a batch')
  postgres.freeze()
  await chain.live()
  await expectStops(indexer)
  postgres.thaw()
  await expect.poll(() => sessions(), { timeout: 30_000 }).toBe(0)
})

test('an API stops while a request waits for a table, and while the database hangs', async () => {
  await hold('device')
  for (const hang of [() => undefined, () => postgres.freeze()]) {
    const port = await freePort()
    const api = start('serve', { PORT: String(port) })
    await api.says(/questions are answered/)
    const before = await blocked()
    const query = encodeURIComponent('{ devices(limit: 1) { id } }')
    const request = fetch(`http://127.0.0.1:${port}/graphql?query=${query}`).then(
      (response) => response.status,
      (error: Error) => error.name,
    )
    await api.until(async () => (await blocked()) > before, 'a request that waits for the table')
    hang()
    await expectStops(api)
    // It gets its error, or loses its connection; it does not wait for ever.
    expect([200, 503, 'TypeError']).toContain(await request)
  }
})
