import { json } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { RpcFault } from '../../test/faults/node-answers'
import type { Chain } from './chain'
import { type LoopbackServer, startLoopback } from './loopback'
import { type NodeSettings, nodeMethods } from './node-methods'

/** How a node serves a chain; every default is that of a kind provider. */
export interface NodeOptions extends Partial<NodeSettings> {
  /** Before each answer to an HTTP request, as a way to a provider takes, in milliseconds. */
  readonly latencyMs?: number
  /** Port on 127.0.0.1; 0 lets the system pick one. */
  readonly port?: number
}

type Parts = readonly (Buffer | string)[]

const DEFAULTS: NodeSettings = {
  chainId: 31_337,
  finalityBlocks: 64,
  logsMax: 10_000,
  blocksMax: 10_000,
}

/** A JSON-RPC node over HTTP, batches included, whose chain never grows nor forks. */
export function startNode(chain: Chain, options: NodeOptions = {}): Promise<LoopbackServer> {
  const { latencyMs = 0, port = 0, ...given } = options
  const methods = nodeMethods(chain, { ...DEFAULTS, ...given })
  const answerOne = async (call: unknown): Promise<Parts> => {
    const { id = null, method, params = [] } = Object(call)
    const head = `{"jsonrpc":"2.0","id":${JSON.stringify(id)},`
    try {
      const answer = Object.hasOwn(methods, method) ? methods[method] : undefined
      if (answer === undefined) throw new RpcFault(-32_601, `the method ${method} does not exist`)
      return [`${head}"result":`, ...[await answer(params)].flat(), '}']
    } catch (error) {
      if (!(error instanceof RpcFault)) throw error
      return [`${head}"error":${JSON.stringify({ code: error.code, message: error.message })}}`]
    }
  }
  return startLoopback(async (request) => {
    const asked: unknown = await json(request)
    if (latencyMs > 0) await sleep(latencyMs)
    const body = Array.isArray(asked)
      ? ['[', ...separated(await Promise.all(asked.map(answerOne))), ']']
      : await answerOne(asked)
    return { status: 200, type: 'application/json', body }
  }, port)
}

function separated(lists: readonly Parts[]): Parts {
  return lists.flatMap((list, n) => (n === 0 ? [...list] : [',', ...list]))
}
