import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { IndexedDatabase, IndexerProcess } from '../e2e/indexer-process'
import { type LogSpec, ONE } from '../support/chain'
import { propertySettings } from '../support/property-settings'
import { approved, BOB, MAKER, minted, moved, submitted } from '../support/story'
import { FIRST_GOOD_TOKEN, randomLogs } from './random-logs'
import { ScriptedChain } from './scripted-chain'
import { ScriptedNode } from './scripted-node'

/**
 * Goal: no log of any kind keeps a good one out, and none is passed over in silence. Method: blocks
 * of random logs with good mints and moves between them, read by the real indexer; PROPERTY_SEED
 * repeats them.
 */

const BLOCKS = 200
const PATIENCE_MS = 240_000
/** Models are numbered so high that no random log is likely to name this one. */
const MODEL = 2n ** 101n
const { seed } = propertySettings(1)
const chain = new ScriptedChain(seed)
const goodBlocks = new Map<bigint, number>()
let random = 0
let node: ScriptedNode
let database: IndexedDatabase
let indexer: IndexerProcess

/** A mint and a move on, around the random logs. */
function goodLogs(token: bigint): [LogSpec[], LogSpec[]] {
  return [minted(token, { modelId: MODEL }), [moved(token, MAKER, BOB)]]
}

beforeAll(async () => {
  chain.append([submitted(MODEL), approved(MODEL)])
  for (const [index, logs] of fc.sample(randomLogs, { numRuns: BLOCKS, seed }).entries()) {
    const token = FIRST_GOOD_TOKEN + BigInt(index)
    const [before, after] = goodLogs(token)
    goodBlocks.set(token, chain.append([...before, ...logs, ...after]).height)
    random += logs.length
  }
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

test(`every good log among random ones is in (PROPERTY_SEED=${seed})`, async () => {
  const rows = await database.sql<{ id: string; owner_id: string; periods: number; at: number }>(
    `SELECT id, owner_id, period_count AS periods, block_height AS at FROM device
     WHERE token_id >= $1 AND token_id < $2 ORDER BY token_id`,
    [String(FIRST_GOOD_TOKEN), String(FIRST_GOOD_TOKEN + BigInt(BLOCKS))],
  )
  const expected = [...goodBlocks].map(([token, at]) => {
    return { id: `one-${token}`, owner_id: BOB, periods: 2, at }
  })
  expect(rows).toEqual(expected)
})

test(`every random log is a row or an anomaly (PROPERTY_SEED=${seed})`, async () => {
  const told = await database.sql<{ height: number; index: number }>(
    `SELECT block_height AS height, log_index AS "index" FROM device_event
     UNION SELECT block_height, log_index FROM custody_period
     UNION SELECT until_block, until_log_index FROM custody_period
     UNION SELECT block_height, log_index FROM anomaly`,
  )
  const places = new Set(told.map(({ height, index }) => `${height}/${index}`))
  const silent = [...goodBlocks.values()].flatMap((height) =>
    (chain.at(height)?.logs ?? []).filter(
      ({ logIndex }) => !places.has(`${height}/${Number(logIndex)}`),
    ),
  )
  expect(random).toBeGreaterThan(BLOCKS)
  expect(silent).toEqual([])
})

test(`the process was never started again (PROPERTY_SEED=${seed})`, () => {
  expect(indexer.output).not.toMatch(/Starting again|FATAL/)
})
