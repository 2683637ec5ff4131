import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../src/demo/process/free-port'
import { isProcess } from '../../src/demo/process/identity'
import { findLeftovers, stopLeftover } from '../../src/demo/process/leftovers'
import { dropTempFolder, makeTempFolder } from '../support/temp-folder'

const CLI = resolve(__dirname, '../../lib/cli/main.js')
const READY = 'From here on'
const START_TIMEOUT_MS = 90_000

let home: string
let demo: RunningDemo | undefined

/** A demo in a process of its own, and what it printed. */
interface RunningDemo {
  readonly child: ChildProcess
  readonly printed: () => string
}

beforeAll(async () => {
  if (!existsSync(CLI)) throw new Error(`${CLI} is missing: run "npm run build" first`)
  home = join(await makeTempFolder(), 'home')
})

afterAll(async () => {
  demo?.child.kill('SIGKILL')
  for (const leftover of findLeftovers(join(home, 'run'))) {
    await stopLeftover(join(home, 'run'), leftover)
  }
  const postgres = databasePid()
  if (postgres !== undefined && isProcess(postgres, ['postgres', home]))
    process.kill(postgres, 'SIGQUIT')
  await dropTempFolder(join(home, '..'))
})

test('the three printed commands answer right, and later there is more', async () => {
  demo = await startDemo()
  const [status, custody, recall] = await Promise.all(printedQueries(demo).map(ask))
  expect(status).toMatchObject({
    indexerStatus: { ready: true, anomalies: 0 },
    devices: { totalCount: expect.toSatisfy((count: number) => count >= 300) },
  })
  expect(custody).toMatchObject({
    custodyChain: {
      device: { serial: 'PDR250026', lot: 'PDR-2502' },
      periods: [
        {
          number: 0,
          owner: { name: 'Helvetic Pulse AG' },
          until: expect.stringMatching(/^2025-04-03/),
        },
        { number: 1, owner: { name: 'MedLogix Europe BV' } },
        { number: 2, owner: { name: 'St Brigid University Hospital' } },
        { number: 3, owner: { name: 'Clinique du Lac' } },
      ],
    },
  })
  expect(recall).toMatchObject({
    recallLookup: { inScope: 50, cannotTell: 25, byLot: [{ count: 25 }, { count: 25 }] },
    verifyDevice: { verdict: 'RECALLED' },
  })
  const before = await indexedHeight(demo)
  await until(async () => demo !== undefined && (await indexedHeight(demo)) > before)
}, 150_000)

test('Ctrl-C ends it with 0 and leaves no process behind', async () => {
  const pids = childPids()
  expect(pids.length).toBeGreaterThanOrEqual(4)
  expect(await end('SIGINT')).toBe(0)
  expect(pids.filter((pid) => isProcess(pid, []))).toEqual([])
})

test('a second start goes on with the same chain and database', async () => {
  demo = await startDemo()
  expect(demo.printed()).toContain('continued, at block')
  expect(await indexedHeight(demo)).toBeGreaterThan(64)
}, 150_000)

test('after a kill -9 the next start stops what was left, says so, and goes on', async () => {
  const orphans = childPids()
  await end('SIGKILL')
  expect(orphans.filter((pid) => isProcess(pid, []))).toEqual(orphans)
  demo = await startDemo()
  expect(demo.printed()).toMatch(/indexer of a killed run is still there/)
  expect(orphans.filter((pid) => isProcess(pid, []))).toEqual([])
  const before = await indexedHeight(demo)
  await until(async () => demo !== undefined && (await indexedHeight(demo)) > before)
  expect(await end('SIGTERM')).toBe(0)
}, 150_000)

async function startDemo(): Promise<RunningDemo> {
  const ports = { PORT: String(await freePort()), METRICS_PORT: String(await freePort()) }
  const env = { ...process.env, ...ports, DEVICETRAIL_HOME: home }
  const child = spawn(process.execPath, [CLI, 'demo'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
  }
  const deadline = Date.now() + START_TIMEOUT_MS
  while (!text.includes(READY)) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGTERM')
      throw new Error(`the demo did not come up:\n${text}`)
    }
    await sleep(100)
  }
  return { child, printed: () => text }
}

async function end(signal: NodeJS.Signals): Promise<number | null> {
  const child = demo?.child
  if (child === undefined) throw new Error('no demo runs')
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)))
  child.kill(signal)
  return ended
}

function printedQueries({ printed }: RunningDemo): { url: string; body: string }[] {
  const commands = printed().matchAll(/^curl -s (\S+) .* -d '(.*)'$/gm)
  return [...commands].map(([, url = '', body = '']) => ({ url, body }))
}

async function ask({ url, body }: { url: string; body: string }): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body })
  const answer: unknown = await response.json()
  expect(answer).not.toHaveProperty('errors')
  return answer !== null && typeof answer === 'object' && 'data' in answer ? answer.data : undefined
}

async function indexedHeight(running: RunningDemo): Promise<number> {
  const url = printedQueries(running)[0]?.url ?? ''
  const body = JSON.stringify({ query: '{ indexerStatus { height } }' })
  const height = /"height":(\d+)/.exec(JSON.stringify(await ask({ url, body })))?.[1]
  if (height === undefined) throw new Error('indexerStatus gave no height')
  return Number(height)
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error('it did not come true within 60 s')
    await sleep(500)
  }
}

function childPids(): number[] {
  const recorded = findLeftovers(join(home, 'run'))
    .filter(({ name }) => name !== 'demo')
    .map(({ pid }) => pid)
  return [...recorded, databasePid() ?? 0]
}

// Under root a folder that the account "postgres" cannot reach is replaced; the temp folder can be.
function databasePid(): number | undefined {
  const file = join(home, 'postgres', 'postmaster.pid')
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined
}
