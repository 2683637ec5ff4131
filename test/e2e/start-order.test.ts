import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { freePort } from '../../src/demo/process/free-port'
import { CommandProcess } from './command-process'
import { LiveChain } from './live-chain'
import { OwnPostgres } from './own-postgres'

/**
 * Goal: whatever is started first waits for what it needs and says so; what only a person can mend
 * ends with 78. Method: the real commands, a real node, and a database server of this file's own.
 */

let chain: LiveChain
let postgres: OwnPostgres
const started: CommandProcess[] = []

beforeAll(async () => {
  chain = await LiveChain.start()
  await chain.live()
  postgres = await OwnPostgres.create()
})
afterAll(async () => {
  await postgres?.remove()
  await chain?.stop()
})
beforeEach(async () => {
  await postgres.start()
  await postgres.reset()
  await postgres.stop()
})
afterEach(async () => {
  for (const command of started.splice(0)) await command.killHard()
  await postgres.stop()
})

function start(command: string, changes: Record<string, string> = {}): CommandProcess {
  const environment = { ...chain.environment(3), DB_URL: postgres.url, ...changes }
  const process = CommandProcess.start(command, environment)
  started.push(process)
  return process
}

async function startApi(): Promise<{ api: CommandProcess; url: string }> {
  const port = await freePort()
  const api = start('serve', { PORT: String(port) })
  await api.says(/listening on/)
  return { api, url: `http://127.0.0.1:${port}` }
}

/** Asks how far the index is; status and body of the answer. */
async function ask(url: string) {
  const body = JSON.stringify({ query: '{ indexerStatus { height } }' })
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body })
  return { status: response.status, body: JSON.stringify(await response.json()) }
}

const answers = async (url: string) => (await ask(url)).status === 200

async function expectNotReady(url: string): Promise<void> {
  expect((await fetch(`${url}/health`)).status).toBe(200)
  expect((await fetch(`${url}/ready`)).status).toBe(503)
  const answer = await ask(url)
  expect(answer.status).toBe(503)
  expect(answer.body).toContain('"DATABASE_UNAVAILABLE"')
}

test('everything before the database: each waits, none restarts, and all go on', async () => {
  const { api, url } = await startApi()
  const indexer = start('index')
  const migration = start('migrate')
  for (const one of [api, indexer, migration]) {
    await one.says(/waiting\. DATABASE_UNAVAILABLE.*ECONNREFUSED/)
  }
  await expectNotReady(url)
  expect(indexer.output).not.toContain('Starting again')

  await postgres.start()
  expect(await migration.exitCode()).toBe(0)
  const { height } = await chain.head()
  await indexer.until(async () => {
    const answer = await ask(url)
    return answer.body.includes(`"height":${height}`)
  }, `block ${height}`)
  expect((await fetch(`${url}/ready`)).status).toBe(200)
  expect(indexer.output).not.toContain('Starting again')
  expect(api.lives).toBe(true)
}, 180_000)

test('the wait is told again every ten seconds, not every second', async () => {
  const indexer = start('index')
  const told = () => indexer.output.match(/waiting\. DATABASE_UNAVAILABLE/g)?.length ?? 0
  await indexer.until(() => told() === 2, 'a second message')
  await sleep(3_000)
  expect(told()).toBe(2)
})

test('the API before the schema waits for it, and then answers without a restart', async () => {
  await postgres.start()
  const { api, url } = await startApi()
  await api.says(/waiting\. SCHEMA_OUTDATED/)
  await expectNotReady(url)
  expect(await start('migrate').exitCode()).toBe(0)
  await api.until(() => answers(url), 'an answer')
  expect((await ask(url)).body).toContain('"height":-1')
})

test('the API before the indexer answers that nothing is indexed, and is not ready', async () => {
  await postgres.start()
  expect(await start('migrate').exitCode()).toBe(0)
  const { api, url } = await startApi()
  await api.until(() => answers(url), 'an answer')
  expect((await fetch(`${url}/ready`)).status).toBe(503)
  const indexer = start('index')
  await indexer.until(async () => (await fetch(`${url}/ready`)).status === 200, 'readiness')
})

test('migrate --wait ends with 75 when the time is up', async () => {
  const migration = start('migrate --wait 0')
  expect(await migration.exitCode()).toBe(75)
  expect(migration.output).toContain('DATABASE_UNAVAILABLE')
})

test.each([
  ['a wrong password', (url: URL) => Object.assign(url, { password: 'wrong' }), '28P01'],
  ['a missing database', (url: URL) => Object.assign(url, { pathname: '/none' }), '3D000'],
])('%s is for a person: 78 and a message, from each command', async (_, spoil, code) => {
  await postgres.start()
  const DB_URL = spoil(new URL(postgres.url)).href
  for (const command of ['migrate', 'index', 'serve']) {
    const process = start(command, { DB_URL, PORT: '0' })
    expect(await process.exitCode()).toBe(78)
    expect(process.output).toMatch(new RegExp(`DATABASE_REFUSED.*${code}`))
    expect(process.output).not.toContain(new URL(DB_URL).password)
  }
})
