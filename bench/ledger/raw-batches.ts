import type { RawBlock, RawLog } from '../../src/decoding/raw-log'
import { encodeLog } from '../../test/support/encode-log'
import { Random } from '../random'
import type { EventOfContract } from './supply-chain'
import { Transactions } from './transactions'

/** The address that emits them, in lower case. */
export const CONTRACT = '0x00000000000000000000000000000000000de71c'
/** The followed contract, as CONTRACTS of the environment would name it. */
export const CONTRACTS: ReadonlyMap<string, string> = new Map([[CONTRACT, 'dev']])

/** Of a full block. */
export const LOGS_OF_BLOCK = 50
const BLOCKS_OF_BATCH = 100
const BLOCK_MS = 12_000
const START = Date.UTC(2026, 0, 5)

/** Milliseconds since 1970 of the block at a height. */
export function timestampAt(height: number): number {
  return START + height * BLOCK_MS
}

/** Blocks that a contender takes in one transaction. */
export type RawBatch = readonly RawBlock[]

/**
 * The workload as a chain source would hand it over: full blocks of 50 logs in batches of 100
 * blocks, 5,000 logs; the last ones take what is left.
 *
 * @param events number of logs in all
 */
export function rawBatches(events: number, seed: number): RawBatch[] {
  const blocks = rawBlocks(events, seed)
  const batches: RawBatch[] = []
  for (let start = 0; start < blocks.length; start += BLOCKS_OF_BATCH) {
    batches.push(blocks.slice(start, start + BLOCKS_OF_BATCH))
  }
  return batches
}

function rawBlocks(events: number, seed: number): RawBlock[] {
  const transactions = new Transactions(events, seed)
  const hashes = new Random(seed + 1)
  const blocks: RawBlock[] = []
  while (transactions.left > 0) {
    const size = Math.min(LOGS_OF_BLOCK, transactions.left)
    const logs: RawLog[] = []
    while (logs.length < size) {
      const transaction = transactions.next(size - logs.length)
      logs.push(...rawLogs(transaction, logs.length, hashes.hex(32)))
    }
    const height = blocks.length + 1
    blocks.push({ height, hash: hashes.hex(32), timestamp: timestampAt(height), logs })
  }
  return blocks
}

function rawLogs(
  transaction: readonly EventOfContract[],
  firstIndex: number,
  transactionHash: string,
): RawLog[] {
  return transaction.map(({ event, args }, n) => ({
    address: CONTRACT,
    ...encodeLog(event, args),
    logIndex: firstIndex + n,
    transactionHash,
  }))
}
