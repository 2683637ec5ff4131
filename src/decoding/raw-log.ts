/** A log as the chain source hands it over: JSON-RPC names, numbers already read. */
export interface RawLog {
  /** Lower case. */
  address: string
  topics: string[]
  /** 0x-prefixed hex. */
  data: string
  logIndex: number
  transactionHash: string
}

/** A block with the logs of ours in it, in log order. */
export interface RawBlock {
  height: number
  hash: string
  /** Milliseconds since 1970. */
  timestamp: number
  logs: readonly RawLog[]
}
