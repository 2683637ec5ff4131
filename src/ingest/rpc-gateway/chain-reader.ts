import { RpcClient, RpcError } from '@subsquid/rpc-client'
import { AdaptiveWindow } from './adaptive-window'
import { type ArchiveBlock, archiveBlocks, type WantedFields } from './archive-block'
import type { LogFilter } from './archive-request'
import { inconsistent, type NodeHeader, type NodeLog, readHeader, readLogs } from './node-answers'
import { asksForLess, blocksOffered } from './range-refusal'
import type { BlockRange, Read } from './read-ahead'

/** Providers refuse larger batches. */
const HEADERS_OF_ONE_CALL = 100
/** A stretch that contradicts itself is read so often: a fork or a lagging node may cause it. */
const TRIES = 5
const PAUSE_MS = 250
const TIMEOUT_MS = 30_000

interface Call {
  method: string
  params: unknown[]
}

/** Reads logs and their headers of whole stretches of final blocks over plain JSON-RPC. */
export class ChainReader {
  readonly window: AdaptiveWindow

  constructor(
    private readonly client: RpcClient,
    window = new AdaptiveWindow(),
  ) {
    this.window = window
  }

  static connect(url: string, { parallel }: { parallel: number }): ChainReader {
    const options = { url, capacity: parallel, requestTimeout: TIMEOUT_MS, retryAttempts: 5 }
    return new ChainReader(new RpcClient({ ...options, log: null }))
  }

  close(): void {
    this.client.close()
  }

  async height(): Promise<number> {
    const answer: unknown = await this.client.call('eth_blockNumber')
    const isQuantity = typeof answer === 'string' && /^0x[0-9a-f]{1,13}$/i.test(answer)
    if (!isQuantity) throw inconsistent(`eth_blockNumber answered ${JSON.stringify(answer)}`)
    return Number(answer)
  }

  /**
   * The blocks of a stretch that carry logs of the filters, and its last one; all of them with
   * `everyBlock`. A stretch that is too much for the node is read in parts.
   *
   * @throws DeviceTrailError NODE_INCONSISTENT still after five tries
   */
  async read(
    range: BlockRange,
    filters: readonly LogFilter[],
    wanted: WantedFields,
    everyBlock = false,
  ): Promise<Read<ArchiveBlock[]>> {
    for (let attempt = 1; ; attempt++) {
      try {
        const { logs, headers } = await this.found(range, filters)
        const known = new Set(headers.map(({ number }) => Number(number)))
        const carrying = everyBlock ? heightsOf(range) : logs.map((log) => Number(log.blockNumber))
        const missing = [...new Set(carrying)].filter((height) => !known.has(height))
        const all = [...headers, ...(await this.headers(missing))]
        const value = archiveBlocks(all, logs, wanted)
        return { range, value, weight: value.length + logs.length }
      } catch (error) {
        const again = error instanceof Error && 'code' in error && attempt < TRIES
        if (!again || error.code !== 'NODE_INCONSISTENT') throw error
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt))
      }
    }
  }

  /**
   * Logs and the last header of a stretch, in one request: it reaches one node, which by answering
   * with the last block shows that it has come so far.
   */
  private async found(
    { from, to }: BlockRange,
    filters: readonly LogFilter[],
  ): Promise<{ logs: NodeLog[]; headers: NodeHeader[] }> {
    const blocks = to - from + 1
    const logCalls = filters.map((filter) => logCall(filter, from, to))
    try {
      const answers = await this.client.batchCall([...logCalls, headerCall(to)])
      const headers = [readHeader(answers.at(-1), to)]
      const logs = answers.slice(0, -1).flatMap(readLogs)
      for (const log of logs) requireWithin(log, from, to)
      this.window.succeeded(blocks, logs.length)
      return { logs, headers }
    } catch (error) {
      const offered = wantsLess(error, from)
      const less = offered === undefined ? undefined : this.window.refused(blocks, offered.blocks)
      if (less === undefined) throw error
      const first = await this.found({ from, to: from + less - 1 }, filters)
      const rest = await this.found({ from: from + less, to }, filters)
      return { logs: first.logs.concat(rest.logs), headers: first.headers.concat(rest.headers) }
    }
  }

  private async headers(heights: readonly number[]): Promise<NodeHeader[]> {
    const groups: number[][] = []
    for (let at = 0; at < heights.length; at += HEADERS_OF_ONE_CALL) {
      groups.push(heights.slice(at, at + HEADERS_OF_ONE_CALL))
    }
    const answers = await Promise.all(
      groups.map((group) => this.client.batchCall(group.map(headerCall))),
    )
    return answers.flat().map((answer, n) => readHeader(answer, heights[n] ?? -1))
  }
}

function headerCall(height: number): Call {
  return { method: 'eth_getBlockByNumber', params: [quantity(height), false] }
}

function logCall({ address, topics }: LogFilter, from: number, to: number): Call {
  const range = { fromBlock: quantity(from), toBlock: quantity(to) }
  return { method: 'eth_getLogs', params: [{ ...range, ...(address && { address }), topics }] }
}

function quantity(value: number): string {
  return `0x${value.toString(16)}`
}

function heightsOf({ from, to }: BlockRange): number[] {
  return Array.from({ length: to - from + 1 }, (_, n) => from + n)
}

function requireWithin({ blockNumber, removed }: NodeLog, from: number, to: number): void {
  const height = Number(blockNumber)
  if (removed === true) throw inconsistent(`a log of block ${height} is marked as removed`)
  if (height >= from && height <= to) return
  throw inconsistent(`a log of block ${height} came for blocks ${from} to ${to}`)
}

/** Whether a failure says that fewer blocks would do; with how many, where it says so. */
function wantsLess(error: unknown, from: number): { blocks?: number } | undefined {
  if (error instanceof RpcError) {
    if (!asksForLess(error)) return undefined
    const blocks = blocksOffered(error.message, from)
    return blocks === undefined ? {} : { blocks }
  }
  const isTimeout = error instanceof Error && /time(d )?\s?out/i.test(error.message)
  return isTimeout ? {} : undefined
}
