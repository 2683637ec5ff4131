import { AdaptiveWindow } from '../rpc-gateway/adaptive-window'
import type { LogFilter } from '../rpc-gateway/archive-request'
import { asksForLess, blocksOffered, RangeRefused } from '../rpc-gateway/range-refusal'
import type { BlockRange } from '../rpc-gateway/read-ahead'
import type { BlockSource } from './block-source'
import { quantity } from './chain-block'
import { blockByNumber, type Endpoint, readBlocks } from './endpoint'
import { EndpointFault, RpcError } from './faults'
import { type HistoryLog, logsCall, readFilteredLogs } from './filtered-logs'
import type { EndpointPool } from './pool'

/** A second endpoint that takes only small ranges is asked in so many parts, and not in more. */
const PARTS_MAX = 16
const WINDOW_MAX = 100_000
/** Whoever left logs out is asked for old logs only where there is no other, for this time. */
const DISTRUST_MS = 600_000
/** Whoever is too slow, for this time. */
const SLOW_MS = 60_000

/** What an endpoint says of the logs of a range. */
export interface Told {
  endpoint: Endpoint
  logs: HistoryLog[]
}

export interface LogsQuestion {
  range: BlockRange
  filters: readonly LogFilter[]
}

/** Asks two endpoints for the same filtered logs at once; the only one is asked twice. */
export class LogsWitness {
  private readonly windows = new Map<Endpoint, AdaptiveWindow>()
  private readonly distrusted = new Map<Endpoint, number>()

  constructor(
    private readonly pool: EndpointPool,
    private readonly blocks: BlockSource,
    /** Monotonic milliseconds. */
    private readonly now: () => number,
  ) {}

  /** Two answers, of different endpoints where two are well. @throws RangeRefused, RpcError */
  async ask(question: LogsQuestion): Promise<[Told, Told]> {
    const [first, second] = this.trusted()
    const again = () => this.patiently(undefined, question)
    const witness = second === undefined ? again() : this.inParts(second, question)
    // It must not end the process when the first one fails before it does.
    witness.catch(() => undefined)
    const told = await this.patiently(first, question)
    return [told, (await witness) ?? (await again())]
  }

  /** Its answer was refuted: others are asked before it for a while. */
  distrust(endpoint: Endpoint, forMs = DISTRUST_MS): void {
    this.distrusted.set(endpoint, this.now() + forMs)
  }

  private trusted(): Endpoint[] {
    const now = this.now()
    const well = this.pool.endpoints.filter((endpoint) => this.pool.isWell(endpoint))
    const trusted = well.filter((endpoint) => (this.distrusted.get(endpoint) ?? 0) <= now)
    return trusted.length > 0 ? trusted : well.slice(0, 1)
  }

  /** The endpoint in favour; if that fails, whichever answers in the end. */
  private async patiently(first: Endpoint | undefined, question: LogsQuestion): Promise<Told> {
    const told = first && (await this.once(first, question))
    if (told !== undefined) return told
    const isAnswer = (fault: EndpointFault) => refusal(fault, question.range) !== undefined
    try {
      const check = (answers: unknown[], endpoint: Endpoint) =>
        this.read(answers, endpoint, question)
      return await this.pool.ask(callsOf(question), check, isAnswer)
    } catch (error) {
      throw refusal(error, question.range) ?? error
    }
  }

  /** A witness with limits of its own is asked in parts; undefined where these are too many. */
  private async inParts(endpoint: Endpoint, question: LogsQuestion): Promise<Told | undefined> {
    const { range, filters } = question
    const window = this.windowOf(endpoint)
    const size = Math.min(window.size, range.to - range.from + 1)
    const parts = partsOf(range, size)
    if (parts === undefined) return undefined
    try {
      const asked = parts.map((part) => this.once(endpoint, { range: part, filters }))
      const told = await Promise.all(asked)
      const whole = told.filter((one) => one !== undefined)
      if (whole.length < told.length) return undefined
      const logs = whole.flatMap((one) => one.logs)
      window.succeeded(size, logs.length / parts.length)
      return { endpoint, logs }
    } catch (error) {
      if (error instanceof RpcError) return undefined
      if (!(error instanceof RangeRefused)) throw error
      if (window.refused(size, error.offered) === undefined) return undefined
      return this.inParts(endpoint, question)
    }
  }

  /** One try; undefined when the endpoint failed. @throws RangeRefused, RpcError */
  private async once(endpoint: Endpoint, question: LogsQuestion): Promise<Told | undefined> {
    try {
      const told = this.read(await endpoint.ask(callsOf(question)), endpoint, question)
      endpoint.worked()
      return told
    } catch (error) {
      const refused = refusal(error, question.range)
      if (error instanceof EndpointFault && error.reason === 'timeout') {
        this.distrust(endpoint, SLOW_MS)
      }
      if (refused !== undefined) throw refused
      if (!(error instanceof EndpointFault)) throw error
      this.pool.noteFault(endpoint, error)
      return undefined
    }
  }

  /** The endpoint shows by the last block of the range that it has come so far. */
  private read(answers: unknown[], endpoint: Endpoint, { range, filters }: LogsQuestion): Told {
    this.blocks.accept(readBlocks([range.to], answers.slice(-1)), endpoint)
    return { endpoint, logs: readFilteredLogs(answers.slice(0, -1), filters, range) }
  }

  private windowOf(endpoint: Endpoint): AdaptiveWindow {
    const known = this.windows.get(endpoint) ?? new AdaptiveWindow(WINDOW_MAX)
    this.windows.set(endpoint, known)
    return known
  }
}

function callsOf({ range, filters }: LogsQuestion) {
  return [...filters.map((filter) => logsCall(filter, range)), blockByNumber(quantity(range.to))]
}

function partsOf({ from, to }: BlockRange, size: number): BlockRange[] | undefined {
  const count = Math.ceil((to - from + 1) / size)
  if (count > PARTS_MAX) return undefined
  return Array.from({ length: count }, (_, i) => ({
    from: from + i * size,
    to: Math.min(to, from + (i + 1) * size - 1),
  }))
}

/**
 * What says that fewer blocks would do, if it does: words of the node, or that its answer takes too
 * long or is too large. Of a single block nothing can be less.
 */
function refusal(error: unknown, { from, to }: BlockRange): RangeRefused | undefined {
  if (from === to || !(error instanceof EndpointFault || error instanceof RpcError)) return
  const { code = 0, message } = error
  const isSaid = code !== 0 && asksForLess({ code, message })
  if (isSaid) return new RangeRefused(message, blocksOffered(message, from))
  const reason = error instanceof EndpointFault ? error.reason : undefined
  if (reason === 'timeout' || reason === 'too_large') return new RangeRefused(message)
  return undefined
}
