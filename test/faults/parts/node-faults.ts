import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../../../bench/random'
import { logsBloom } from '../logs-bloom'
import { honestAnswer, RpcFault } from '../node-answers'
import type { ChainLog, ScriptedChain } from '../scripted-chain'
import { Cut, HttpFault, type RpcCall } from '../scripted-node'

/** What a fault has at hand: the call, the honest answer, chance, and the end of all faults. */
export interface Wronged {
  call: RpcCall
  answer: () => Promise<unknown>
  random: Random
  chain: ScriptedChain
  /** Settled when faults end; whoever waits for longer waits for this. */
  calm: Promise<void>
}

/** One wrong or late answer. */
export type NodeFault = (wronged: Wronged) => Promise<unknown>

/** A log as a node answers it, which may be a lie. */
export type JsonLog = Omit<ChainLog, 'removed'> & { removed: boolean }
type JsonBlock = Record<string, unknown>

const LATE_MS_MAX = 400
const LAG_MAX = 6

function onLogs(change: (logs: JsonLog[], random: Random) => JsonLog[]): NodeFault {
  return async ({ call, answer, random, chain }) => {
    const right = await answer()
    if (call.method !== 'eth_getLogs' || !Array.isArray(right)) return right
    const wrong = change(right, random)
    return isRefutable(right, wrong, chain) ? wrong : right
  }
}

/**
 * Whether headers and numbers show that logs are missing or not what they were. The last log of a
 * block is missed by neither if its address and topics are in the bloom for other logs as well:
 * no reader of eth_getLogs can know of it, so that no reader can be asked to.
 */
export function isRefutable(
  right: readonly JsonLog[],
  wrong: readonly JsonLog[],
  chain: ScriptedChain,
): boolean {
  if (wrong.some(({ removed }) => removed === true)) return true
  const hashes = new Set([...right, ...wrong].map(({ blockHash }) => blockHash))
  return [...hashes].some((hash) => {
    const block = chain.byHash(hash)
    if (block === undefined) return true
    const logs = wrong.filter(({ blockHash }) => blockHash === hash)
    return (
      logs.some(({ logIndex }, index) => Number(logIndex) !== index) ||
      logsBloom(logs) !== block.logsBloom
    )
  })
}

function onBlocks(change: (block: JsonBlock, random: Random) => JsonBlock | null): NodeFault {
  return async ({ call, answer, random }) => {
    const right = await answer()
    const isBlock = call.method.startsWith('eth_getBlockBy') && right !== null
    return isBlock ? change(right as JsonBlock, random) : right
  }
}

function httpError(status: number, headers: Record<string, string> = {}): NodeFault {
  return () => Promise.reject(new HttpFault(status, headers))
}

function rpcError(code: number, message: string): NodeFault {
  return () => Promise.reject(new RpcFault(code, message))
}

const otherHex = (random: Random) => random.hex(32)
const isAt = (logs: JsonLog[], random: Random) => (logs.length > 0 ? random.below(logs.length) : -1)

/** Single answers that go wrong, by what a person would call them. */
export const NODE_FAULTS = {
  'late answer': async ({ answer, random, calm }) => {
    await Promise.race([sleep(random.below(LATE_MS_MAX)), calm])
    return answer()
  },
  'no answer': async ({ calm }) => {
    await calm
    throw new Cut()
  },
  'cut socket': () => Promise.reject(new Cut()),
  'status 429': httpError(429),
  'status 429 with Retry-After': httpError(429, { 'retry-after': '1' }),
  'status 500': httpError(500),
  'status 502': httpError(502),
  'status 503': httpError(503),
  'HTML instead of JSON': httpError(200),
  'header not found': rpcError(-32000, 'header not found'),
  'unknown block': rpcError(-32000, 'unknown block'),
  'range beyond head': async ({ call, answer }) => {
    if (call.method !== 'eth_getLogs') return answer()
    throw new RpcFault(-32000, 'block range extends beyond current head block')
  },
  'internal error': rpcError(-32603, 'internal error'),
  'null block': onBlocks(() => null),
  'wrong number': onBlocks((block, random) => ({
    ...block,
    number: `0x${(Number(block.number) + 1 + random.below(3)).toString(16)}`,
  })),
  'wrong parent': onBlocks((block, random) => ({ ...block, parentHash: otherHex(random) })),
  'withheld logs': onLogs(() => []),
  'partial logs': onLogs((logs, random) => {
    const lost = isAt(logs, random)
    return logs.filter((_, index) => index !== lost)
  }),
  'logs cut off at the end': onLogs((logs, random) => logs.slice(0, random.below(logs.length + 1))),
  'duplicate logs': onLogs((logs, random) => {
    const twice = isAt(logs, random)
    return logs.flatMap((log, index) => (index === twice ? [log, log] : [log]))
  }),
  'logs of another block': onLogs((logs, random) => {
    const blockHash = otherHex(random)
    return logs.map((log) => ({ ...log, blockHash }))
  }),
  'logs that were removed': onLogs((logs) => logs.map((log) => ({ ...log, removed: true }))),
  'a topic that is another': onLogs((logs, random) => {
    const wrong = isAt(logs, random)
    return logs.map((log, index) => {
      const topics = log.topics.map((topic, n) => (n === 1 ? otherHex(random) : topic))
      return index === wrong ? { ...log, topics } : log
    })
  }),
  'head going back': async ({ call, answer, random, chain }) => {
    if (call.method !== 'eth_blockNumber') return answer()
    return `0x${Math.max(0, chain.head.height - 1 - random.below(40)).toString(16)}`
  },
  'lagging replica': ({ call, random, chain }) => {
    const behind = chain.copy(0)
    behind.fork(1 + random.below(LAG_MAX))
    return answerFrom(behind, call)
  },
} satisfies Record<string, NodeFault>

export type NodeFaultName = keyof typeof NODE_FAULTS

/** What an honest node of another chain would say. */
export async function answerFrom(chain: ScriptedChain, { method, params }: RpcCall) {
  return honestAnswer({ chain, chainId: 31_337, finalized: 0 }, method, params)
}
