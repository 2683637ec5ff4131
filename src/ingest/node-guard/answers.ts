import { setTimeout as sleep } from 'node:timers/promises'
import type { BlockSource } from './block-source'
import { type Header, isHash, isQuantity, quantity } from './chain-block'
import type { ChainView } from './chain-view'
import type { Endpoint } from './endpoint'
import { EndpointFault, RpcError } from './faults'
import type { ChainIdentity } from './identity'
import { checkLogs, checkReceipt } from './logs-check'
import type { EndpointPool } from './pool'
import type { Call } from './transport'

const HEAD_WAIT_MS = 2_000
const HEAD_LOOK_MS = 20
const RANGE_MAX = 10_000

export interface AnswerParts {
  view: ChainView
  pool: EndpointPool
  identity: ChainIdentity
  blocks: BlockSource
  /** Whether the chain fills in the blooms of its headers. */
  blooms: boolean
  suspect: (endpoint: Endpoint) => void
}

/**
 * What the guard answers. Chain id and heights come from what it knows; blocks and logs are passed
 * on when they fit what was passed on before; anything else goes to the endpoints as it is.
 */
export class GuardAnswers {
  constructor(private readonly parts: AnswerParts) {}

  /** @throws RpcError */
  async answer(call: Call): Promise<unknown> {
    const { view, identity, blocks } = this.parts
    const [first, second] = call.params
    switch (call.method) {
      case 'eth_chainId':
        return quantity(identity.chainId ?? 0)
      case 'eth_blockNumber':
        return quantity(view.servedHead() ?? 0)
      case 'eth_getBlockByNumber':
        if (second !== true && (first === 'latest' || isQuantity(first))) {
          const number = first === 'latest' ? (view.head?.number ?? 0) : Number(first)
          const [block] = await this.blocksByNumber([number])
          return block
        }
        break
      case 'eth_getBlockByHash':
        if (second !== true && isHash(first)) return (await blocks.byHash(first))?.raw ?? null
        break
      case 'eth_getLogs':
        return this.logs(Object(first), call)
      case 'eth_getTransactionReceipt':
        return this.receipt(String(first), call)
    }
    return this.parts.pool.ask([call], ([result]) => result)
  }

  /** Blocks as they are passed on, null above the head. One request to an endpoint for all. */
  async blocksByNumber(heights: readonly number[]): Promise<(object | null)[]> {
    const { view, blocks } = this.parts
    await this.headAt(Math.max(...heights))
    const head = view.head?.number ?? -1
    const present = heights.filter((height) => height <= head)
    if (present.length === 0) return heights.map(() => null)
    try {
      const found = await blocks.byNumber(present)
      const raw = new Map(found.map((block) => [block.number, block.raw]))
      return heights.map((height) => raw.get(height) ?? null)
    } catch (error) {
      if (error instanceof EndpointFault) throw new RpcError(-32_000, error.message)
      throw error
    }
  }

  private async logs(filter: Record<string, unknown>, call: Call): Promise<object[]> {
    const { blooms, pool, suspect } = this.parts
    const headersOf = await this.rangeOf(filter)
    if (headersOf === undefined) return pool.ask([call], ([result]) => checkedList(result))
    const filtered = filter.address !== undefined || filter.topics !== undefined
    let headers = await headersOf()
    return pool.ask([call], ([answer], endpoint) => {
      try {
        return checkLogs(answer, { headers, filtered, blooms })
      } catch (error) {
        if (error instanceof EndpointFault && error.reason === 'logs_foreign') suspect(endpoint)
        // A fork may have come between the header and the logs: the view says which one is on.
        void headersOf().then(
          (now) => {
            headers = now
          },
          () => undefined,
        )
        throw error
      }
    })
  }

  /** How the headers of a filter's range are had; undefined for a range given by names. */
  private async rangeOf(filter: Record<string, unknown>) {
    const { blocks } = this.parts
    const { fromBlock, toBlock, blockHash } = filter
    if (isHash(blockHash)) {
      return async (): Promise<Header[]> => {
        const block = await blocks.byHash(blockHash)
        if (block === undefined) throw new RpcError(-32_000, `there is no block ${blockHash}`)
        return [block]
      }
    }
    if (!isQuantity(fromBlock) || !isQuantity(toBlock)) return undefined
    const [from, to] = [Number(fromBlock), Number(toBlock)]
    await this.headAt(to)
    const head = this.parts.view.head?.number ?? -1
    if (from > to || to > head) {
      throw new RpcError(-32_000, `the range ${from} to ${to} extends beyond the head ${head}`)
    }
    if (to - from >= RANGE_MAX) {
      throw new RpcError(-32_005, `response is too big: more than ${RANGE_MAX} blocks`)
    }
    return () => blocks.headers(from, to)
  }

  private receipt(hash: string, call: Call): Promise<unknown> {
    const { view, blooms, pool } = this.parts
    return pool.ask([call], ([result]) => {
      if (result === null) return null
      return checkReceipt(Object(result), hash, view.at(Number(Object(result).blockNumber)), blooms)
    })
  }

  /** Waits, within a bound, until a height is in view: it was told, and will be back. */
  private async headAt(height: number): Promise<void> {
    const until = performance.now() + HEAD_WAIT_MS
    while ((this.parts.view.head?.number ?? -1) < height && performance.now() < until) {
      await sleep(HEAD_LOOK_MS)
    }
  }
}

function checkedList(result: unknown): object[] {
  if (Array.isArray(result)) return result
  throw new EndpointFault('malformed', 'the answer is no list of logs')
}
