import { createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { startAnvil } from '../support/anvil'
import { freshDatabase } from '../support/postgres'
import { IndexedDatabase, IndexerProcess } from './indexer-process'
import { LiveChain } from './live-chain'

/**
 * Goal: an indexer that must not run says so and says what to do, with an exit code that a service
 * manager can act on: 78 a person is needed, 75 try again. Method: the real command, wrong in one
 * way at a time.
 */

let chain: LiveChain
let database: IndexedDatabase
const started: IndexerProcess[] = []

beforeAll(async () => {
  chain = await LiveChain.start()
})
afterAll(() => chain?.stop())
beforeEach(async () => {
  database = await IndexedDatabase.create()
})
afterEach(async () => {
  for (const indexer of started.splice(0)) await indexer.killHard()
  await database.close()
})

function start(changes: Record<string, string> = {}): IndexerProcess {
  const environment = { ...chain.environment(3), DB_URL: database.url, ...changes }
  const indexer = IndexerProcess.start(environment)
  started.push(indexer)
  return indexer
}

async function indexedOnce(): Promise<void> {
  const indexer = start()
  await indexer.caughtUp(database, await chain.head())
  expect(await indexer.stop()).toBe(0)
}

test('a configuration with several faults names them all', async () => {
  const indexer = start({ RPC_URL: 'localhost', FINALITY_BLOCKS: '-1' })
  expect(await indexer.exitCode()).toBe(78)
  expect(indexer.output).toMatch(/RPC_URL is .*\n.*FINALITY_BLOCKS is "-1"/)
})

test('a database without the schema is refused with the command to run', async () => {
  const empty = await freshDatabase()
  try {
    const indexer = start({ DB_URL: empty.url })
    expect(await indexer.exitCode()).toBe(78)
    expect(indexer.output).toMatch(/SCHEMA_OUTDATED.*devicetrail migrate/)
  } finally {
    await empty.drop()
  }
})

test('a node of another chain does not look like the deepest of reorgs', async () => {
  await indexedOnce()
  const before = await database.head()
  const other = await startAnvil({ chainId: 4242 })
  try {
    const indexer = start({ RPC_URL: other.url })
    expect(await indexer.exitCode()).toBe(78)
    expect(indexer.output).toContain('WRONG_CHAIN')
    expect(await database.head()).toEqual(before)
  } finally {
    await other.stop()
  }
})

test('other contracts than before are refused: their past would be missing', async () => {
  await indexedOnce()
  const more = 'more=0x00000000000000000000000000000000000000c1@0'
  const changed = `${chain.environment(3).CONTRACTS},${more}`
  const indexer = start({ CONTRACTS: changed })
  expect(await indexer.exitCode()).toBe(78)
  expect(indexer.output).toContain('CONTRACTS_CHANGED')
})

test('a metrics port in use is told at the start', async () => {
  const occupant = createServer().listen(0)
  const address = occupant.address()
  const port = typeof address === 'object' && address ? address.port : 0
  try {
    const indexer = start({ METRICS_PORT: String(port) })
    expect(await indexer.exitCode()).toBe(78)
    expect(indexer.output).toMatch(new RegExp(`METRICS_PORT_BUSY.*${port}`))
  } finally {
    occupant.close()
  }
})

test('metrics of the processor are served on the configured port', async () => {
  const probe = createServer().listen(0)
  const address = probe.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await new Promise((resolve) => probe.close(resolve))
  const indexer = start({ METRICS_PORT: String(port) })
  await indexer.caughtUp(database, await chain.head())
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  expect(metrics).toMatch(/^sqd_processor_last_block \d+$/m)
  expect(metrics).toMatch(/^devicetrail_node_healthy\{endpoint="http:[^"]*"\} 1$/m)
})

test('a node that is down is waited for, with a message and without an end', async () => {
  const late = start({ RPC_URL: 'http://127.0.0.1:1' })
  await vi.waitFor(() => expect(late.output).toContain('waiting for a node'), 50_000)
  expect(late.output).not.toContain('Starting again')
  expect(await late.stop()).toBe(0)
})

test('a node that is down is no obstacle where another one is named', async () => {
  const { RPC_URL } = chain.environment(3)
  const indexer = start({ RPC_URL: `http://127.0.0.1:9,${RPC_URL}` })
  await indexer.caughtUp(database, await chain.head())
})

test('a node that speaks WebSocket is followed', async () => {
  const { RPC_URL = '' } = chain.environment(3)
  const indexer = start({ RPC_URL: RPC_URL.replace('http', 'ws'), HEAD_POLL_MS: '60000' })
  await indexer.caughtUp(database, await chain.head())
  await chain.live()
  await indexer.caughtUp(database, await chain.head())
})
