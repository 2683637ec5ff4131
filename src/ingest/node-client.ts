import { createPublicClient, http, webSocket } from 'viem'
import { storableTime } from '../domain/block-time'

/** What the indexer asks a node about, beside the logs that the processor reads. */
export interface NodeClient {
  chainId(): Promise<string>
  /** The block at a height; undefined when the node has none there (yet). */
  blockAt(height: number): Promise<ChainBlock | undefined>
  head(): Promise<ChainBlock>
}

export interface ChainBlock {
  height: number
  hash: string
  /** Milliseconds since 1970. */
  timestamp: number
}

const TIMEOUT_MS = 10_000

/** Reads of single blocks over JSON-RPC, each with a bound in time and three tries. */
export function nodeClient(url: string): NodeClient {
  const options = { timeout: TIMEOUT_MS, retryCount: 3 }
  const transport = url.startsWith('ws') ? webSocket(url, options) : http(url, options)
  const client = createPublicClient({ transport, cacheTime: 0 })
  return {
    async chainId() {
      return String(await client.getChainId())
    },
    async blockAt(height) {
      try {
        return toBlock(await client.getBlock({ blockNumber: BigInt(height) }))
      } catch (error) {
        if (error instanceof Error && error.name === 'BlockNotFoundError') return undefined
        throw error
      }
    },
    async head() {
      return toBlock(await client.getBlock({ blockTag: 'latest' }))
    },
  }
}

function toBlock(block: { number: bigint; hash: string; timestamp: bigint }): ChainBlock {
  return {
    height: Number(block.number),
    hash: block.hash,
    timestamp: storableTime(Number(block.timestamp) * 1000),
  }
}
