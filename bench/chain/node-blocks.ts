import { bloomOf } from '../../src/ingest/node-guard/bloom'
import { timestampAt } from '../ledger/raw-batches'
import { allLogs, logWriter, ownLogs, type PlacedLog } from './block-logs'
import type { Chain } from './chain'
import { topicsOf } from './log-filter'

const EMPTY_UNCLES = '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347'
const GAS = 60_000
const GAS_PRICE = '0x3b9aca00'

/** All logs of a block, in order. */
export async function logsOfBlock(chain: Chain, height: number): Promise<PlacedLog[]> {
  const position = chain.positionFrom(height)
  const isOurs = chain.heightAt(position) === height
  const [text] = isOurs ? await chain.texts(position, position + 1) : []
  return allLogs(chain, height, text === undefined ? [] : ownLogs(text))
}

/**
 * A block as `eth_getBlockByNumber` has it. The bloom is true; the roots are hashes that look like
 * some, since nothing stands behind them.
 *
 * @param full with transactions, or their hashes alone
 */
export async function blockObject(chain: Chain, height: number, full: boolean): Promise<object> {
  const hash = chain.names.block(height)
  const count = chain.transactionsIn(height)
  return {
    number: hex(height),
    hash,
    parentHash: chain.names.block(height - 1),
    nonce: '0x0000000000000000',
    sha3Uncles: EMPTY_UNCLES,
    logsBloom: chain.bloom(height),
    transactionsRoot: rootOf(hash, 1),
    stateRoot: rootOf(hash, 2),
    receiptsRoot: rootOf(hash, 3),
    mixHash: rootOf(hash, 4),
    miner: `0x${'0'.repeat(40)}`,
    difficulty: '0x0',
    totalDifficulty: '0x0',
    extraData: '0x',
    size: hex(600 + 200 * count),
    gasLimit: hex(Math.max(36_000_000, 2 * GAS * count)),
    gasUsed: hex(GAS * count),
    baseFeePerGas: '0x7',
    timestamp: hex(timestampAt(height) / 1000),
    uncles: [],
    transactions: full
      ? (await transactionsOf(chain, height)).map(({ transaction }) => transaction)
      : Array.from({ length: count }, (_, n) => chain.names.transaction(hash, n)),
  }
}

interface Transaction {
  readonly transaction: object
  readonly receipt: object
}

/** The transactions of a block with their receipts, as JSON-RPC has them. */
export async function transactionsOf(chain: Chain, height: number): Promise<Transaction[]> {
  const byTransaction = new Map<number, PlacedLog[]>()
  for (const log of await logsOfBlock(chain, height)) {
    const same = byTransaction.get(log.transactionIndex)
    if (same === undefined) byTransaction.set(log.transactionIndex, [log])
    else same.push(log)
  }
  const blockHash = chain.names.block(height)
  return [...byTransaction].map(([index, logs]) => {
    const hash = chain.names.transaction(blockHash, index)
    const place = { blockHash, blockNumber: hex(height), transactionIndex: hex(index), type: '0x0' }
    const to = addressOf(logs[0]?.fields ?? '')
    return transactionOf({ ...place, from: hash.slice(0, 42), to }, hash, [index, logs], () =>
      logs.map(logWriter(chain, height)),
    )
  })
}

function transactionOf(
  place: object,
  hash: string,
  [index, logs]: readonly [number, readonly PlacedLog[]],
  written: () => string[],
): Transaction {
  const signature = { v: '0x1b', r: hash, s: hash }
  const call = { input: '0x', value: '0x0', nonce: '0x0', gas: hex(GAS), gasPrice: GAS_PRICE }
  const bloomItems = logs.map(({ fields }) => ({
    address: addressOf(fields),
    topics: topicsOf(fields),
  }))
  return {
    transaction: { ...place, hash, ...call, ...signature },
    receipt: {
      ...place,
      transactionHash: hash,
      status: '0x1',
      contractAddress: null,
      gasUsed: hex(GAS),
      cumulativeGasUsed: hex(GAS * (index + 1)),
      effectiveGasPrice: GAS_PRICE,
      logsBloom: bloomOf(bloomItems),
      logs: written().map((text) => JSON.parse(text)),
    },
  }
}

function addressOf(fields: string): string {
  const start = fields.indexOf('"address":"') + '"address":"'.length
  return fields.slice(start, start + 42)
}

function rootOf(hash: string, kind: number): string {
  return `0x${kind}${hash.slice(3)}`
}

/** A number as JSON-RPC writes it. */
export function hex(value: number): string {
  return `0x${value.toString(16)}`
}
