import { createLogger } from '@subsquid/logger'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildChain } from '../../bench/chain/build/build-chain'
import { SPARSE } from '../../bench/chain/build/shape'
import type { Chain } from '../../bench/chain/chain'
import { startGateway } from '../../bench/chain/gateway'
import type { LoopbackServer } from '../../bench/chain/loopback'
import { startNode } from '../../bench/chain/node'
import { CONTRACT } from '../../bench/ledger/raw-batches'
import { TOPICS } from '../../src/decoding/decode-block'
import { NodeGuard } from '../../src/ingest/node-guard/node-guard'
import { startRpcGateway } from '../../src/ingest/rpc-gateway/rpc-gateway'
import { dropTempFolder, makeTempFolder } from '../support/temp-folder'
import {
  askGateway,
  askNode,
  blocksOf,
  EVERYTHING,
  hex,
  logsOf,
  type RpcLog,
  readGateway,
} from './chain-client'

/**
 * Goal: node and gateway of a made-up chain tell the same, and nothing else than what is asked.
 * Method: every answer is compared with what plain code makes of the unfiltered logs.
 */

const QUERY = {
  fields: {
    block: { timestamp: true },
    log: { address: true, topics: true, data: true, transactionHash: true },
  },
  logs: [{ address: [CONTRACT], topic0: [...TOPICS] }],
}

let cache: string
let sparse: Chain
let node: LoopbackServer
let gateway: LoopbackServer

beforeAll(async () => {
  cache = await makeTempFolder()
  sparse = await buildChain({ shape: { ...SPARSE, events: 1_000, blocks: 600 }, cache })
  node = await startNode(sparse)
  gateway = await startGateway(sparse, { logsPerAnswer: 150 })
})
afterAll(async () => {
  await Promise.all([node.close(), gateway.close()])
  await sparse.close()
  await dropTempFolder(cache)
})

describe('the node', () => {
  it('gives for a filter what is left of all logs', async () => {
    const range = { fromBlock: hex(120), toBlock: hex(240) }
    const all = await logsOf(node.url, range)
    const ours = all.find(({ address, topics }) => address === CONTRACT && topics.length === 4)
    const other = all.find(({ topics }) => topics.length === 3 && topics[0] !== ours?.topics[0])
    const filters: { address?: string | string[]; topics?: (string | string[] | null)[] }[] = [
      { address: CONTRACT.toUpperCase().replace('0X', '0x') },
      { address: [CONTRACT, other?.address ?? ''] },
      { address: other?.address ?? '' },
      { topics: [ours?.topics[0] ?? ''] },
      { topics: [null, other?.topics[1] ?? ''] },
      { topics: [[...TOPICS], null, [ours?.topics[2] ?? '', other?.topics[2] ?? '']] },
      { topics: [null, null, null, null] },
      { address: CONTRACT, topics: [[...TOPICS]] },
      { address: CONTRACT, topics: [`0x${'ab'.repeat(32)}`] },
    ]
    for (const filter of filters) {
      const among = (wanted: string | string[] | null | undefined, value = '') =>
        wanted === undefined || wanted === null || [wanted].flat().includes(value)
      const { address, topics = [] } = filter
      const lower = address && [address].flat().map((text) => text.toLowerCase())
      const left = all.filter(
        (each) =>
          among(lower, each.address) &&
          topics.length <= each.topics.length &&
          topics.every((topic, n) => among(topic, each.topics[n])),
      )
      expect(await logsOf(node.url, { ...range, ...filter })).toEqual(left)
    }
  })

  it('tells the same transactions in blocks, receipts and logs', async () => {
    const ours = await logsOf(node.url, { ...EVERYTHING, address: CONTRACT })
    const { blockHash, blockNumber } = ours.at(-1) ?? {}
    const logs = await logsOf(node.url, { blockHash })
    const [full] = await blocksOf(node.url, Number(blockNumber), Number(blockNumber), true)
    const transactions: { hash: string; transactionIndex: string }[] = Object(full).transactions
    const [receipts = []] = await askNode<{ logs: RpcLog[] }[]>(node.url, [
      'eth_getBlockReceipts',
      blockNumber,
    ])
    expect(receipts.flatMap((receipt) => receipt.logs)).toEqual(logs)
    for (const { transactionHash, transactionIndex } of logs) {
      expect(transactions[Number(transactionIndex)]?.hash).toBe(transactionHash)
    }
    const [hashes] = await blocksOf(node.url, Number(blockNumber), Number(blockNumber))
    expect(Object(hashes).transactions).toEqual(transactions.map(({ hash }) => hash))
  })

  it('refuses what is above its limits, as providers do', async () => {
    const strict = await startNode(sparse, { logsMax: 1_000, blocksMax: 100 })
    const asked = (to: number) => logsOf(strict.url, { fromBlock: '0x1', toBlock: hex(to) })
    await expect(asked(101)).rejects.toThrow('-32602: block range too large, max 100 blocks')
    await expect(asked(100)).rejects.toThrow('-32005: query returned more than 1000 results')
    expect((await asked(20)).length).toBeLessThan(1_000)
    await strict.close()
  })
})

describe('the gateway', () => {
  it('tells the logs that the node tells, wherever an answer begins and ends', async () => {
    const ours = await logsOf(node.url, { ...EVERYTHING, address: CONTRACT })
    const { blocks, answers } = await readGateway(gateway.url, QUERY)
    expect(answers).toBeGreaterThan(4)
    const served = blocks.flatMap(({ header, logs }) =>
      logs.map(({ logIndex, transactionIndex, ...rest }) => ({
        ...{ blockNumber: hex(header.number), blockHash: header.hash, removed: false },
        ...{ logIndex: hex(logIndex), transactionIndex: hex(transactionIndex), ...rest },
      })),
    )
    expect(served).toEqual(ours)
    for (const [from, to] of [
      [3, 3],
      [250, 380],
      [250, 381],
      [599, 616],
    ] as const) {
      const part = await askGateway(gateway.url, { fromBlock: from, toBlock: to, ...QUERY })
      const end = part.at(-1)?.header.number ?? 0
      expect(end).toBeLessThanOrEqual(to)
      expect(part.flatMap(({ logs }) => logs).length).toBe(
        ours.filter(({ blockNumber: at }) => Number(at) >= from && Number(at) <= end).length,
      )
    }
  })

  it('ends with the last final block, and has a header for a block without logs', async () => {
    const { blocks } = await readGateway(gateway.url, QUERY)
    expect(blocks.at(-1)).toMatchObject({ header: { number: sparse.head - 64 }, logs: [] })
    const [header] = await blocksOf(node.url, 5, 5)
    const whole = { fromBlock: 5, toBlock: 5, includeAllBlocks: true }
    const [block] = await askGateway(gateway.url, whole)
    expect(block?.header).toEqual({
      number: 5,
      hash: header?.hash,
      parentHash: header?.parentHash,
      timestamp: Number(header?.timestamp),
    })
  })

  it.each([
    ['another contract', { logs: [{ address: [`0x${'1'.repeat(40)}`] }] }, 'the address must be'],
    ['some events only', { logs: [{ address: [CONTRACT], topic0: ['0x12'] }] }, 'topic0 must take'],
    ['other fields', { fields: { block: { gasUsed: true } } }, 'no field block.gasUsed'],
    ['transactions', { transactions: [{}] }, 'transactions'],
  ])('refuses %s instead of answering in part', async (_, asked, why) => {
    const request = askGateway(gateway.url, { fromBlock: 0, ...QUERY, ...asked })
    await expect(request).rejects.toThrow(/^400: /)
    await expect(request).rejects.toThrow(why)
  })

  it('has what the product reads from the node over its own gateway, limits and all', async () => {
    const strict = await startNode(sparse, { logsMax: 70, blocksMax: 90 })
    const log = createLogger('test:chain')
    const guard = await NodeGuard.start({
      urls: [strict.url],
      finalityBlocks: 64,
      headPollMs: 1_000,
      conflictHoldMs: 1_000,
      logsBloom: true,
      log,
      registry: new Registry(),
    })
    const own = await startRpcGateway({ source: guard.history, log })
    try {
      const withLogs = async (url: string) =>
        (await readGateway(url, QUERY)).blocks.filter(({ logs }) => logs.length > 0)
      expect(await withLogs(own.url)).toEqual(await withLogs(gateway.url))
    } finally {
      await own.close()
      guard.close()
      await strict.close()
    }
  })
})
