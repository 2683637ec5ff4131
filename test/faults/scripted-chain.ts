import { keccak256, toHex } from 'viem'
import type { LogSpec } from '../support/chain'
import { encodeLog } from '../support/encode-log'
import { logsBloom } from './logs-bloom'

/** A log as bytes: whatever a contract can emit, sense or none. */
export interface RawScriptedLog {
  /** 0x-prefixed; any letter case, as a node may write it. */
  address: string
  /** At most four of 32 bytes, as the EVM has it. */
  topics: string[]
  /** 0x-prefixed hex of any length. */
  data: string
}

/** A log in the form in which JSON-RPC hands it over. */
export interface ChainLog extends RawScriptedLog {
  blockNumber: string
  blockHash: string
  blockTimestamp: string
  transactionHash: string
  transactionIndex: string
  logIndex: string
  removed: false
}

/** A block with everything in it. */
export interface ChainBlock {
  height: number
  /** 32 bytes. */
  hash: string
  parentHash: string
  /** Seconds since 1970, up to the 2^64-1 that a header can hold. */
  timestamp: bigint
  logsBloom: string
  /** Their hashes. */
  transactions: string[]
  logs: ChainLog[]
}

export interface AppendOptions {
  /** Seconds since 1970; by default 12 s after the parent. */
  timestamp?: number | bigint
  /** Puts all logs into one transaction; by default each has its own. */
  oneTransaction?: boolean
}

/** 2026-01-01. */
const GENESIS_TIMESTAMP = 1_767_225_600n
const BLOCK_SECONDS = 12n

/**
 * An EVM chain as data: blocks are what a test says they are. The same seed and the same calls make
 * the same hashes. All seeds have one genesis block: two chains can be two histories of one.
 */
export class ScriptedChain {
  private blocks: ChainBlock[] = []
  private forks = 0

  constructor(private readonly seed: string | number = 0) {
    this.blocks.push(makeBlock(undefined, 'genesis', [], {}))
  }

  get head(): ChainBlock {
    const head = this.blocks.at(-1)
    if (head === undefined) throw new Error('a chain has at least its genesis block')
    return head
  }

  /** The block at a height, undefined above the head. */
  at(height: number): ChainBlock | undefined {
    return this.blocks[height]
  }

  /** The block of a hash, undefined where it never was or was forked away. */
  byHash(hash: string): ChainBlock | undefined {
    return this.blocks.find((block) => block.hash === hash)
  }

  /** Adds one block with these logs, in this order. */
  append(
    logs: readonly (LogSpec | RawScriptedLog)[] = [],
    options: AppendOptions = {},
  ): ChainBlock {
    const raw = logs.map((log) =>
      'event' in log ? { address: log.contract, ...encodeLog(log.event, log.args) } : log,
    )
    const block = makeBlock(this.head, `${this.seed}/${this.forks}`, raw, options)
    this.blocks.push(block)
    return block
  }

  /** Drops the last blocks, never the genesis block. Blocks appended later have other hashes. */
  fork(depth: number): void {
    this.blocks = this.blocks.slice(0, Math.max(1, this.blocks.length - depth))
    this.forks++
  }

  /** The same blocks under another seed: from here on, another history. */
  copy(seed: string | number): ScriptedChain {
    const copy = new ScriptedChain(seed)
    copy.blocks = [...this.blocks]
    return copy
  }
}

function makeBlock(
  parent: ChainBlock | undefined,
  branch: string,
  raw: readonly RawScriptedLog[],
  options: AppendOptions,
): ChainBlock {
  const height = parent === undefined ? 0 : parent.height + 1
  const parentHash = parent?.hash ?? hashOf('no parent')
  const hash = hashOf(`${branch} ${height} ${parentHash}`)
  const next = parent === undefined ? GENESIS_TIMESTAMP : parent.timestamp + BLOCK_SECONDS
  const timestamp = options.timestamp === undefined ? next : BigInt(options.timestamp)
  const transactionOf = (logIndex: number) => (options.oneTransaction ? 0 : logIndex)
  const transactionHash = (index: number) => hashOf(`${hash} ${index}`)
  const logs = raw.map(
    (log, logIndex): ChainLog => ({
      ...log,
      blockNumber: toHex(height),
      blockHash: hash,
      blockTimestamp: toHex(timestamp),
      transactionHash: transactionHash(transactionOf(logIndex)),
      transactionIndex: toHex(transactionOf(logIndex)),
      logIndex: toHex(logIndex),
      removed: false,
    }),
  )
  const transactions = [...new Set(logs.map((log) => log.transactionHash))]
  return { height, hash, parentHash, timestamp, logsBloom: logsBloom(raw), transactions, logs }
}

function hashOf(text: string): string {
  return keccak256(toHex(text))
}
