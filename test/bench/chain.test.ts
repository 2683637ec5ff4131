import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { createLogger } from '@subsquid/logger'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildChain } from '../../bench/chain/build/build-chain'
import { type ChainShape, DENSE, SPARSE } from '../../bench/chain/build/shape'
import { BLOCKS_FILE } from '../../bench/chain/build/stored-chain'
import type { Chain } from '../../bench/chain/chain'
import type { LoopbackServer } from '../../bench/chain/loopback'
import { startNode } from '../../bench/chain/node'
import { serveChain } from '../../bench/chain/serve'
import { CONTRACT, rawBatches } from '../../bench/ledger/raw-batches'
import { NodeGuard } from '../../src/ingest/node-guard/node-guard'
import { IndexedDatabase, IndexerProcess } from '../e2e/indexer-process'
import { dropTempFolder, makeTempFolder } from '../support/temp-folder'
import { askNode, blocksOf, EVERYTHING, hex, logsOf } from './chain-client'

/**
 * Goal: what a bench of backfill measures is the backfill of a chain that could exist. Method:
 * small chains, shown to those parts of the product that would refuse a false one.
 */

const SMALL_DENSE: ChainShape = { ...DENSE, events: 1_010 }
const SMALL_SPARSE: ChainShape = { ...SPARSE, events: 1_000, blocks: 300 }

let cache: string
let dense: Chain
let sparse: Chain
let node: LoopbackServer

beforeAll(async () => {
  cache = await makeTempFolder()
  dense = await buildChain({ shape: SMALL_DENSE, cache })
  sparse = await buildChain({ shape: SMALL_SPARSE, cache })
  node = await startNode(sparse)
})
afterAll(async () => {
  await node.close()
  await Promise.all([dense.close(), sparse.close()])
  await dropTempFolder(cache)
})

describe('the content of a chain', () => {
  it('is the same for the same seed, and another for another', async () => {
    const stored = async (seed: number, folder: string) => {
      const chain = await buildChain({ shape: { ...SMALL_SPARSE, seed }, cache: folder })
      await chain.close()
      return readFile(path.join(chain.folder, BLOCKS_FILE), 'latin1')
    }
    const again = path.join(cache, 'again')
    const first = await stored(SMALL_SPARSE.seed, cache)
    expect((await stored(SMALL_SPARSE.seed, again)) === first).toBe(true)
    expect((await stored(2, again)) === first).toBe(false)
  })

  it('is what the bench of the ledger takes, in full blocks', async () => {
    const denseNode = await startNode(dense)
    const served = await logsOf(denseNode.url, EVERYTHING)
    await denseNode.close()
    const made = rawBatches(SMALL_DENSE.events, SMALL_DENSE.seed).flat()
    expect(
      served.map(({ blockNumber, logIndex, address, topics, data }) => {
        return [Number(blockNumber), Number(logIndex), address, topics, data]
      }),
    ).toEqual(
      made.flatMap(({ height, logs }) =>
        logs.map(({ logIndex, address, topics, data }) => {
          return [height, logIndex, address, topics, data]
        }),
      ),
    )
  })

  it('links block to block, from the genesis to the head', async () => {
    const blocks = await blocksOf(node.url, 0, sparse.head)
    for (const [n, block] of blocks.entries()) {
      expect(block.number).toBe(hex(n))
      if (n > 0) expect(block.parentHash).toBe(blocks[n - 1]?.hash)
    }
    const [byHash, above] = await askNode(
      node.url,
      ['eth_getBlockByHash', blocks[77]?.hash, false],
      ['eth_getBlockByNumber', hex(sparse.head + 1), false],
    )
    expect(byHash).toEqual(blocks[77])
    expect(above).toBeNull()
  })

  it('has logs of others before and behind ours, in every block but the genesis', async () => {
    const logs = await logsOf(node.url, { fromBlock: '0x0', toBlock: hex(200) })
    const others = logs.filter(({ address }) => address !== CONTRACT)
    expect(others).toHaveLength(200 * 20)
    const last = new Map(logs.map(({ blockNumber, logIndex }) => [blockNumber, logIndex]))
    const ours = logs.filter(({ address }) => address === CONTRACT)
    expect(ours.some(({ logIndex }) => logIndex === '0x0')).toBe(true)
    expect(ours.some(({ blockNumber, logIndex }) => last.get(blockNumber) === logIndex)).toBe(true)
    expect(new Set(ours.map(({ logIndex }) => logIndex)).size).toBeGreaterThan(10)
  })

  it('passes the node guard, which refuses logs that do not make the bloom', async () => {
    const guard = await NodeGuard.start({
      urls: [node.url],
      finalityBlocks: 64,
      headPollMs: 50,
      conflictHoldMs: 1_000,
      logsBloom: true,
      log: createLogger('test:chain'),
      registry: new Registry(),
    })
    try {
      for (let from = 0; from <= sparse.head; from += 100) {
        const range = { fromBlock: hex(from), toBlock: hex(Math.min(from + 99, sparse.head)) }
        expect(await logsOf(guard.url, range)).toEqual(await logsOf(node.url, range))
      }
      const [one] = await logsOf(node.url, { ...EVERYTHING, address: CONTRACT })
      const receipt = ['eth_getTransactionReceipt', one?.transactionHash] as const
      expect(await askNode(guard.url, receipt)).toEqual(await askNode(node.url, receipt))
    } finally {
      guard.close()
    }
  })
})

describe('the indexer', () => {
  it('takes every event of full blocks from the gateway, in a process of its own', async () => {
    const served = await serveChain({ shape: SMALL_DENSE, cache, node: {}, gateway: {} })
    await expectIndexed(dense, {
      RPC_URL: served.nodeUrl ?? '',
      GATEWAY_URL: served.gatewayUrl ?? '',
    }).finally(served.stop)
  })

  it('takes every event from the node alone, where ours are few among many', async () => {
    await expectIndexed(sparse, { RPC_URL: node.url })
  })
})

async function expectIndexed(chain: Chain, source: Record<string, string>): Promise<void> {
  const database = await IndexedDatabase.create()
  const indexer = IndexerProcess.start({
    ...source,
    CONTRACTS: `dev=${CONTRACT}@1`,
    FINALITY_BLOCKS: '64',
    DB_URL: database.url,
  })
  try {
    await indexer.caughtUp(database, { height: chain.head, hash: chain.names.block(chain.head) })
    // A log is a row: an event, the begin of a period, or the end of one by a burn.
    const found = await database.sql(
      `SELECT (SELECT count(*) FROM anomaly)::int AS anomalies,
         (SELECT count(*) FROM device_event)::int + (SELECT count(*) FROM custody_period)::int
           + (SELECT count(*) FROM custody_period WHERE ended_by_burn)::int AS logs`,
    )
    expect(found).toEqual([{ anomalies: 0, logs: chain.shape.events }])
    expect(indexer.output).not.toMatch(/WARN|ERROR|FATAL/)
  } finally {
    await indexer.killHard()
    await database.close()
  }
}
