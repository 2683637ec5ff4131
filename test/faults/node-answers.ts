import { toHex } from 'viem'
import { encodeLog } from '../support/encode-log'
import type { ChainBlock, ChainLog, ScriptedChain } from './scripted-chain'

/** What an honest node answers about a scripted chain. */

/** An error of JSON-RPC: HTTP 200 with an error object. */
export class RpcFault extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly data?: string,
  ) {
    super(message)
  }
}

interface Known {
  chain: ScriptedChain
  chainId: number
  /** Height of the last block that the node calls final. */
  finalized: number
}

const WORD = '0'.repeat(64)
const ZERO_HASH = `0x${WORD}`
const ZERO_ADDRESS = `0x${'0'.repeat(40)}`
const OWNER_OF = '0x6352211e'
const TRANSFER = encodeLog('Transfer', { from: ZERO_ADDRESS, to: ZERO_ADDRESS, tokenId: 0n })
  .topics[0]

type Method = (known: Known, params: readonly unknown[]) => unknown

const METHODS: Record<string, Method> = {
  eth_chainId: ({ chainId }) => toHex(chainId),
  net_version: ({ chainId }) => String(chainId),
  eth_blockNumber: ({ chain }) => toHex(chain.head.height),
  eth_getCode: () => '0x',
  eth_getBlockByNumber: (known, [tag, full]) => header(blockAt(known, tag), full),
  eth_getBlockByHash: ({ chain }, [hash, full]) => header(chain.byHash(String(hash)), full),
  eth_getLogs: (known, [filter]) => getLogs(known, filter as LogFilter),
  eth_getTransactionReceipt: ({ chain }, [hash]) => {
    const receipts = blocksUpTo(chain, chain.head.height).flatMap((block) =>
      block.transactions.includes(String(hash)) ? receiptsOf(block) : [],
    )
    return receipts.find(({ transactionHash }) => transactionHash === hash) ?? null
  },
  eth_getBlockReceipts: (known, [tag]) => {
    const block = blockAt(known, tag)
    return block === undefined ? null : receiptsOf(block)
  },
  eth_call: (known, [call, tag]) => ownerOf(known, call as { to: string; data: string }, tag),
}

/** @throws RpcFault where a node would answer with an error */
export function honestAnswer(known: Known, method: string, params: readonly unknown[]): unknown {
  const answer = METHODS[method]
  if (answer === undefined) throw new RpcFault(-32601, `the method ${method} does not exist`)
  return answer(known, params)
}

function blocksUpTo(chain: ScriptedChain, height: number): ChainBlock[] {
  return Array.from({ length: height + 1 }, (_, at) => chain.at(at)).filter((b) => b !== undefined)
}

function heightOf({ chain, finalized }: Known, tag: unknown): number {
  if (tag === undefined || tag === 'latest' || tag === 'pending') return chain.head.height
  if (tag === 'finalized' || tag === 'safe') return finalized
  return tag === 'earliest' ? 0 : Number(tag)
}

function blockAt(known: Known, tag: unknown): ChainBlock | undefined {
  if (typeof tag === 'object' && tag !== null && 'blockHash' in tag) {
    return known.chain.byHash(String(tag.blockHash))
  }
  const byHash = typeof tag === 'string' && tag.length === 66
  return byHash ? known.chain.byHash(tag) : known.chain.at(heightOf(known, tag))
}

function header(block: ChainBlock | undefined, full: unknown) {
  if (block === undefined) return null
  const { hash, parentHash, logsBloom, transactions } = block
  return {
    number: toHex(block.height),
    hash,
    parentHash,
    nonce: '0x0000000000000000',
    sha3Uncles: ZERO_HASH,
    logsBloom,
    transactionsRoot: ZERO_HASH,
    stateRoot: ZERO_HASH,
    receiptsRoot: ZERO_HASH,
    mixHash: ZERO_HASH,
    miner: ZERO_ADDRESS,
    difficulty: '0x0',
    totalDifficulty: '0x0',
    extraData: '0x',
    size: '0x400',
    gasLimit: '0x1c9c380',
    gasUsed: toHex(21_000 * transactions.length),
    baseFeePerGas: '0x7',
    timestamp: toHex(block.timestamp),
    uncles: [],
    transactions: full === true ? transactions.map((_, i) => transaction(block, i)) : transactions,
  }
}

function transaction(block: ChainBlock, index: number) {
  return {
    blockNumber: toHex(block.height),
    blockHash: block.hash,
    hash: block.transactions[index],
    transactionIndex: toHex(index),
    type: '0x0',
    from: ZERO_ADDRESS,
    to: ZERO_ADDRESS,
    input: '0x',
    value: '0x0',
    nonce: '0x0',
    gas: '0x5208',
    gasPrice: '0x7',
    v: '0x1b',
    r: ZERO_HASH,
    s: ZERO_HASH,
  }
}

function receiptsOf(block: ChainBlock) {
  return block.transactions.map((transactionHash, index) => ({
    blockNumber: toHex(block.height),
    blockHash: block.hash,
    transactionHash,
    transactionIndex: toHex(index),
    type: '0x0',
    status: '0x1',
    from: ZERO_ADDRESS,
    to: ZERO_ADDRESS,
    contractAddress: null,
    gasUsed: '0x5208',
    cumulativeGasUsed: toHex(21_000 * (index + 1)),
    effectiveGasPrice: '0x7',
    logsBloom: block.logsBloom,
    logs: block.logs.filter((log) => log.transactionHash === transactionHash),
  }))
}

interface LogFilter {
  fromBlock?: string
  toBlock?: string
  blockHash?: string
  address?: string | string[]
  topics?: (string | string[] | null)[]
}

function getLogs(known: Known, filter: LogFilter): ChainLog[] {
  const matching = (blocks: readonly ChainBlock[]) =>
    blocks.flatMap(({ logs }) => logs.filter((log) => matches(log, filter)))
  if (filter.blockHash !== undefined) {
    const block = known.chain.byHash(filter.blockHash)
    if (block === undefined) throw new RpcFault(-32000, 'unknown block')
    return matching([block])
  }
  const from = heightOf(known, filter.fromBlock)
  const to = Math.min(heightOf(known, filter.toBlock), known.chain.head.height)
  return matching(blocksUpTo(known.chain, to).slice(from))
}

function matches(log: ChainLog, { address, topics = [] }: LogFilter): boolean {
  const among = (wanted: string | string[] | null | undefined, value: string | undefined) =>
    wanted == null ||
    [wanted].flat().some((one) => value !== undefined && one.toLowerCase() === value.toLowerCase())
  return among(address, log.address) && topics.every((topic, i) => among(topic, log.topics[i]))
}

/** Whom the last Transfer of a token names; reverts as OpenZeppelin does where nobody holds it. */
function ownerOf(known: Known, { to, data }: { to: string; data: string }, tag: unknown): string {
  if (!data.startsWith(OWNER_OF)) return '0x'
  const block = blockAt(known, tag)
  if (block === undefined) throw new RpcFault(-32000, 'header not found')
  const filter = { address: to, topics: [TRANSFER ?? null, null, null, `0x${data.slice(10)}`] }
  const moves = blocksUpTo(known.chain, block.height)
    .flatMap(({ logs }) => logs)
    .filter((log) => matches(log, filter))
  const owner = moves.at(-1)?.topics[2]
  if (owner === undefined || owner === ZERO_HASH) {
    throw new RpcFault(3, 'execution reverted', `0x7e273289${data.slice(10)}`)
  }
  return owner
}
