import type { LogFilter } from './archive-request'
import type { BlockRange } from './read-ahead'

/** A log as JSON-RPC gives it, as far as the protocol of gateways carries it. */
export interface NodeLog {
  /** Address and topics are in lower case. */
  address: string
  topics: string[]
  data: string
  blockNumber: string
  blockHash: string
  transactionHash: string
  transactionIndex: string
  logIndex: string
}

/** A header as JSON-RPC gives it, as far as it was asked for. */
export interface NodeHeader {
  number: string
  hash: string
  parentHash: string
  [field: string]: unknown
}

export interface StretchQuestion {
  /** Blocks that are all final. */
  range: BlockRange
  /** What logs are asked for; a log that two of them find comes once. */
  filters: readonly LogFilter[]
  /** Fields of headers, beside those that every header has. */
  headerFields: readonly string[]
  /** Whether the header of every block is wanted. */
  everyBlock: boolean
}

export interface Stretch {
  logs: NodeLog[]
  /** At least of every block that carries one of the logs, and of the last block. */
  headers: NodeHeader[]
}

/** Where history is read from: a chain of final blocks, of which each is told in one form only. */
export interface FinalBlocks {
  /** Height of the last final block, never lower than before; 0 on a chain that has none yet. */
  height(): Promise<number>
  /**
   * Waits for the answer as long as it takes, and says what for.
   *
   * @throws RangeRefused where fewer blocks would do
   */
  stretch(question: StretchQuestion): Promise<Stretch>
}
