import { afterAll, beforeAll, expect, test } from 'vitest'
import { IndexedDatabase, IndexerProcess } from '../e2e/indexer-process'
import { ONE } from '../support/chain'
import { approved, MAKER, minted, submitted } from '../support/story'
import { type HostileCase, HUGE } from './hostile-case'
import { FORMS } from './hostile-forms'
import { MOVES } from './hostile-moves'
import { RECALLS, TIMES } from './hostile-recalls-and-times'
import { TEXTS } from './hostile-texts'
import { ScriptedChain } from './scripted-chain'
import { ScriptedNode } from './scripted-node'

/**
 * Goal: whatever a log holds, the process lives, the rest of its block is in, and the log is
 * indexed rightly or told. Method: one chain in which each case has a block of its own between good
 * mints, read by the real indexer.
 */

const CASES: [string, HostileCase][] = Object.entries({
  ...MOVES,
  ...FORMS,
  ...TEXTS,
  ...RECALLS,
  ...TIMES,
})
const firstToken = (name: string) =>
  BigInt(CASES.findIndex(([other]) => other === name)) * 100n + 100n
/** The hostile blocks are large, and machines are slow. */
const PATIENCE_MS = 240_000
const heights = new Map<string, number>()
const chain = new ScriptedChain()
let node: ScriptedNode
let database: IndexedDatabase
let indexer: IndexerProcess

beforeAll(async () => {
  chain.append([submitted(), approved()])
  for (const [name, { logs, timestamp, ...options }] of CASES) {
    const t = firstToken(name)
    const block = [...minted(t + 90n), ...logs(t), ...minted(t + 91n)]
    const at = timestamp && { timestamp: timestamp(chain.head.timestamp) }
    heights.set(name, chain.append(block, { ...options, ...at }).height)
    if (timestamp) chain.append([], { timestamp: 2_000_000_000n + t })
  }
  for (let i = 0; i < 10; i++) chain.append()
  node = await ScriptedNode.start(chain)
  database = await IndexedDatabase.create()
  indexer = IndexerProcess.start({
    RPC_URL: node.url,
    CONTRACTS: `one=${ONE}@0`,
    FINALITY_BLOCKS: '5',
    DB_URL: database.url,
  })
  await indexer.caughtUp(database, chain.head, PATIENCE_MS)
}, PATIENCE_MS + 60_000)
afterAll(async () => {
  await indexer?.killHard()
  await database?.close()
  await node?.close()
})

test('the process lives and was never started again', () => {
  expect(indexer.output).not.toMatch(/Starting again|FATAL/)
})

test.each(CASES)('%s', async (name, { anomalies, reason, devices = {} }) => {
  const t = firstToken(name)
  const height = heights.get(name)
  const id = (distance: number) => `one-${t + BigInt(distance)}`
  const told = await database.sql<{ code: string; device_id: string; message: string }>(
    'SELECT code, device_id, message, tx_hash FROM anomaly WHERE block_height = $1 ORDER BY id',
    [height],
  )
  expect(told).toMatchObject(
    anomalies.map(([code, distance]) => ({
      code,
      device_id: distance === null ? null : id(distance),
    })),
  )
  if (reason) for (const { message } of told) expect(message).toMatch(reason)
  const rows = await database.sql<{ id: string }>('SELECT * FROM device WHERE block_height = $1', [
    height,
  ])
  const good = { owner_id: MAKER, period_count: 1, lot: 'L1' }
  const expected = { ...devices, 90: good, 91: good }
  for (const [distance, row] of Object.entries(expected)) {
    expect(rows.find((device) => device.id === id(Number(distance)))).toMatchObject(row)
  }
})

test('the first and the last token id are units like any other', async () => {
  const rows = await database.sql(
    'SELECT id, serial, owner_id FROM device WHERE token_id IN (0, $1::numeric) ORDER BY token_id',
    [String(HUGE)],
  )
  expect(rows).toEqual(
    [0n, HUGE].map((token) => ({ id: `one-${token}`, serial: `S${token}`, owner_id: MAKER })),
  )
})

test('a recall that names everything, many times over, has each unit once', async () => {
  const [count] = await database.sql<{ named: number; all: number }>(
    `SELECT (SELECT count(*)::int FROM recall_unit WHERE recall_id = 'one-recall-80') AS named,
       (SELECT count(*)::int FROM device WHERE model_id = 'one-model-1') AS all`,
  )
  expect(count?.all).toBeGreaterThan(CASES.length)
  expect(count?.named).toBe(count?.all)
})
