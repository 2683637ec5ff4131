import { bloomOf } from '../../src/ingest/node-guard/bloom'
import { timestampAt } from '../ledger/raw-batches'
import { addressOf, allLogs, ownLog, type PlacedLog, placedLogWriter, topicsOf } from './block-logs'
import type { Chain } from './chain'

const EMPTY_UNCLES = '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347'
const GAS = 60_000
const GAS_PRICE = '0x3b9aca00'

/** All logs of a block, in order. */
export async function logsOfBlock(chain: Chain, height: number): Promise<PlacedLog[]> {
  const position = chain.positionFrom(height)
  const isOurs = chain.heightAt(position) === height
  const [own = []] = isOurs ? await chain.logTexts(position, position + 1) : []
  return allLogs(chain, height, own.map(ownLog))
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

/** What a node tells of a transaction. */
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
  return [...byTransaction].map(([index, logs]) => transactionOf(chain, height, index, logs))
}

function transactionOf(
  chain: Chain,
  height: number,
  index: number,
  logs: readonly PlacedLog[],
): Transaction {
  const blockHash = chain.names.block(height)
  const hash = chain.names.transaction(blockHash, index)
  const items = logs.map((log) => ({ address: addressOf(log), topics: topicsOf(log) }))
  const place = {
    blockHash,
    blockNumber: hex(height),
    transactionIndex: hex(index),
    type: '0x0',
    from: hash.slice(0, 42),
    to: items[0]?.address ?? null,
  }
  const call = { input: '0x', value: '0x0', nonce: '0x0', gas: hex(GAS), gasPrice: GAS_PRICE }
  return {
    transaction: { ...place, hash, ...call, v: '0x1b', r: hash, s: hash },
    receipt: {
      ...place,
      transactionHash: hash,
      status: '0x1',
      contractAddress: null,
      gasUsed: hex(GAS),
      cumulativeGasUsed: hex(GAS * (index + 1)),
      effectiveGasPrice: GAS_PRICE,
      logsBloom: bloomOf(items),
      logs: logs.map(placedLogWriter(chain, height)).map((text) => JSON.parse(text)),
    },
  }
}

function rootOf(hash: string, kind: number): string {
  return `0x${kind}${hash.slice(3)}`
}

/** A number as JSON-RPC writes it. */
export function hex(value: number): string {
  return `0x${value.toString(16)}`
}
