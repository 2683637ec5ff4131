import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@subsquid/logger'
import { AdaptiveWindow } from '../rpc-gateway/adaptive-window'
import type { FinalBlocks, Stretch, StretchQuestion } from '../rpc-gateway/final-blocks'
import { asksForLess, blocksOffered } from '../rpc-gateway/range-refusal'
import type { BlockRange } from '../rpc-gateway/read-ahead'
import type { GuardAnswers } from './answers'
import type { BlockSource } from './block-source'
import { quantity } from './chain-block'
import type { ChainView } from './chain-view'
import type { Endpoint } from './endpoint'
import { EndpointFault, RpcError } from './faults'
import { type HistoryLog, type Matches, matcherOf, readLogs } from './filtered-logs'
import { Lanes } from './lanes'
import { LogsWitness } from './logs-witness'
import type { GuardMetrics } from './metrics'
import { OldLogs, type OldLogsQuestion } from './old-logs'
import type { EndpointPool } from './pool'
import { Reminder } from './reminder'
import { ScatteredHeaders } from './scattered-headers'

/** Requests for headers and whole blocks in flight at once. */
const LANES = 10
/** Blocks of one question for logs without a filter. */
const WHOLE_FIRST = 32
const WHOLE_MAX = 256
const PAUSE_MIN_MS = 200
const PAUSE_MAX_MS = 2_000

export interface HistoryParts {
  view: ChainView
  pool: EndpointPool
  blocks: BlockSource
  answers: GuardAnswers
  metrics: GuardMetrics
  log: Logger
  closing: AbortSignal
  finalityBlocks: number
  blooms: boolean
  suspect: (endpoint: Endpoint) => void
  /** Monotonic milliseconds. */
  now: () => number
}

/**
 * Final blocks in wide stretches. Those that are tied to the head are read whole, every header and
 * every log, as the head is. Further back only the logs that are asked for are read, twice, and the
 * headers of the blocks that carry them.
 */
export class History implements FinalBlocks {
  private readonly lanes = new Lanes(LANES)
  private readonly window = new AdaptiveWindow(WHOLE_FIRST, WHOLE_MAX)
  private readonly headers: ScatteredHeaders
  private readonly old: OldLogs
  private readonly reminder: Reminder

  constructor(private readonly parts: HistoryParts) {
    const { pool, blocks, now, log } = parts
    this.headers = new ScatteredHeaders(blocks, this.lanes)
    const witness = new LogsWitness(pool, blocks, now)
    this.old = new OldLogs({ ...parts, witness, lanes: this.lanes })
    this.reminder = new Reminder(log)
  }

  async height(): Promise<number> {
    const { view, finalityBlocks } = this.parts
    return Math.max(0, (view.servedHead() ?? 0) - finalityBlocks)
  }

  async stretch(question: StretchQuestion): Promise<Stretch> {
    const { closing, view } = this.parts
    const { from, to } = question.range
    for (let tries = 0; ; tries++) {
      closing.throwIfAborted()
      try {
        return await this.once(question)
      } catch (error) {
        const passes = error instanceof EndpointFault || error instanceof RpcError
        if (!passes || closing.aborted) throw error
        // What is remembered may be what is wrong: of two that do not fit the first one came first.
        view.forget(from - 1, to + 1)
        const lasts = tries > 0 || error instanceof RpcError
        if (lasts) this.reminder.say(`blocks ${from} to ${to} wait: ${error.message}`)
        const pause = Math.min(PAUSE_MAX_MS, PAUSE_MIN_MS * 2 ** Math.min(tries, 10))
        await sleep(pause, undefined, { signal: closing, ref: false })
      }
    }
  }

  private async once(question: StretchQuestion): Promise<Stretch> {
    const { range, filters, headerFields, everyBlock } = question
    const height = await this.height()
    if (range.to > height) {
      throw new RpcError(-32_000, `block ${range.to} is not final, the last one is ${height}`)
    }
    const headersAt = this.headers.reader(headerFields)
    const found = filters.length === 0 ? [] : await this.logs({ range, filters, headersAt })
    const carrying = everyBlock ? heightsOf(range) : found.map(({ block }) => block)
    // The block above links to the last one, which need not carry a log that would do.
    const above = Math.min(range.to + 1, height)
    const headers = await headersAt([...carrying, range.to, above])
    const within = [...headers.values()].filter(({ number }) => number <= range.to)
    return {
      logs: found.map(({ log }) => log),
      headers: within.map(({ wanted }) => wanted),
    }
  }

  private async logs(part: OldLogsQuestion): Promise<HistoryLog[]> {
    const { from, to } = part.range
    const { head, window } = this.parts.view
    const tied = Math.max(0, (head?.number ?? 0) - window)
    const [old, young] = [
      { from, to: Math.min(to, tied - 1) },
      { from: Math.max(from, tied), to },
    ]
    const read = await Promise.all([
      old.from > old.to ? [] : this.old.read({ ...part, range: old }),
      young.from > young.to ? [] : this.tied(young, matcherOf(part.filters)),
    ])
    return read.flat()
  }

  /** Every log is read, by questions that must be answered in full. */
  private async tied(range: BlockRange, matches: Matches): Promise<HistoryLog[]> {
    const parts: Promise<HistoryLog[]>[] = []
    for (let from = range.from; from <= range.to; ) {
      const to = Math.min(range.to, from + this.window.size - 1)
      const part = { from, to }
      parts.push(this.lanes.run(() => this.wholeLogs(part)))
      from = to + 1
    }
    return (await Promise.all(parts)).flat().filter(matches)
  }

  private async wholeLogs({ from, to }: BlockRange): Promise<HistoryLog[]> {
    const blocks = to - from + 1
    const filter = { fromBlock: quantity(from), toBlock: quantity(to) }
    try {
      const logs = readLogs(
        await this.parts.answers.answer({ method: 'eth_getLogs', params: [filter] }),
      )
      this.window.succeeded(blocks, logs.length)
      return logs
    } catch (error) {
      const isTooMuch = error instanceof RpcError && asksForLess(error)
      const less = isTooMuch
        ? this.window.refused(blocks, blocksOffered(error.message, from))
        : undefined
      if (less === undefined) throw error
      const first = await this.wholeLogs({ from, to: from + less - 1 })
      return [...first, ...(await this.wholeLogs({ from: from + less, to }))]
    }
  }
}

function heightsOf({ from, to }: BlockRange): number[] {
  return Array.from({ length: to - from + 1 }, (_, n) => from + n)
}
