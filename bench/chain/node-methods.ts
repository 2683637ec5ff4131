import { RpcFault } from '../../test/faults/node-answers'
import type { Named } from './build/names'
import type { Chain } from './chain'
import { blockObject, hex, transactionsOf } from './node-blocks'
import { type HeightRange, type LogLimits, logsOf } from './node-logs'

/** How a node presents its chain. */
export interface NodeSettings extends LogLimits {
  readonly chainId: number
  /** How far behind the head the block is that it calls final and safe. */
  readonly finalityBlocks: number
}

type Params = readonly unknown[]
/** The result as JSON, in parts where it is large. */
type Result = string | readonly (Buffer | string)[]
type Method = (params: Params) => Result | Promise<Result>

/** What the node can be asked, by name. Each throws RpcFault where a node answers with an error. */
export function nodeMethods(chain: Chain, settings: NodeSettings): Record<string, Method> {
  const { chainId, finalityBlocks } = settings
  const heightOf = (tag: unknown) => readHeight(tag, chain.head, finalityBlocks)
  const block = async (height: number | undefined, full: unknown) =>
    height === undefined || height > chain.head
      ? 'null'
      : JSON.stringify(await blockObject(chain, height, full === true))
  const named = (hash: unknown): Partial<Named> => chain.names.find(String(hash)) ?? {}
  const blockNamed = (hash: unknown) => {
    const { height, transaction } = named(hash)
    return transaction === undefined ? height : undefined
  }
  const transactionNamed = async (hash: unknown) => {
    const { height, transaction } = named(hash)
    if (height === undefined || transaction === undefined) return undefined
    return (await transactionsOf(chain, height))[transaction]
  }
  const rangeOf = (asked: unknown): HeightRange => {
    const { fromBlock, toBlock, blockHash } = Object(asked)
    if (blockHash === undefined) return readRange(heightOf(fromBlock), heightOf(toBlock))
    const height = blockNamed(blockHash)
    if (height === undefined) throw new RpcFault(-32_000, 'unknown block')
    return { from: height, to: height }
  }
  return {
    eth_chainId: () => JSON.stringify(hex(chainId)),
    net_version: () => JSON.stringify(String(chainId)),
    web3_clientVersion: () => JSON.stringify('devicetrail-bench-chain'),
    eth_syncing: () => 'false',
    eth_blockNumber: () => JSON.stringify(hex(chain.head)),
    eth_getBlockByNumber: ([tag, full]) => block(heightOf(tag), full),
    eth_getBlockByHash: ([hash, full]) => block(blockNamed(hash), full),
    eth_getLogs: ([asked]) => {
      const { from, to } = rangeOf(asked)
      const clamped = { from, to: Math.min(to, Math.max(chain.head, from)) }
      return from > chain.head ? '[]' : logsOf(chain, asked, clamped, settings)
    },
    eth_getTransactionByHash: async ([hash]) =>
      JSON.stringify((await transactionNamed(hash))?.transaction ?? null),
    eth_getTransactionReceipt: async ([hash]) =>
      JSON.stringify((await transactionNamed(hash))?.receipt ?? null),
    eth_getBlockReceipts: async ([tag]) => {
      const height = isHash(tag) ? blockNamed(tag) : heightOf(tag)
      if (height === undefined || height > chain.head) return 'null'
      return JSON.stringify((await transactionsOf(chain, height)).map(({ receipt }) => receipt))
    },
  }
}

function readHeight(tag: unknown, head: number, finalityBlocks: number): number {
  if (tag === undefined || tag === null || tag === 'latest' || tag === 'pending') return head
  if (tag === 'finalized' || tag === 'safe') return Math.max(0, head - finalityBlocks)
  if (tag === 'earliest') return 0
  if (typeof tag === 'string' && /^0x[0-9a-f]{1,13}$/i.test(tag)) return Number(tag)
  throw new RpcFault(-32_602, `invalid block ${JSON.stringify(tag)}: expected a number or a name`)
}

function readRange(from: number, to: number): HeightRange {
  if (from <= to) return { from, to }
  throw new RpcFault(-32_602, `invalid block range: ${from} is above ${to}`)
}

function isHash(tag: unknown): boolean {
  return typeof tag === 'string' && tag.length === 66
}
