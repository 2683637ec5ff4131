import { randomInt } from 'node:crypto'
import type { LogFilter } from '../rpc-gateway/archive-request'
import type { BlockRange } from '../rpc-gateway/read-ahead'
import { bloomAllowsAny } from './bloom'
import type { Header } from './chain-block'
import type { Endpoint } from './endpoint'
import { EndpointFault } from './faults'
import {
  areSame,
  checkPlaces,
  differingBlocks,
  type HistoryLog,
  type Matches,
  matcherOf,
  readLogs,
} from './filtered-logs'
import type { Lanes } from './lanes'
import { checkLogs } from './logs-check'
import type { LogsWitness, Told } from './logs-witness'
import type { GuardMetrics } from './metrics'
import type { EndpointPool } from './pool'
import type { HeadersAt } from './scattered-headers'

/** So many headers of a stretch are looked at where no second endpoint has confirmed it. */
const SAMPLE_MIN = 32
const SAMPLE_MAX = 100
/** One of so many blocks, between these bounds. */
const SAMPLE_EVERY = 128
/** Proofs of withheld logs that are remembered. */
const EVIDENCE_MAX = 1_024

export interface OldLogsParts {
  pool: EndpointPool
  witness: LogsWitness
  lanes: Lanes
  metrics: GuardMetrics
  /** Whether the chain fills in the blooms of its headers. */
  blooms: boolean
  suspect: (endpoint: Endpoint) => void
}

export interface OldLogsQuestion {
  range: BlockRange
  filters: readonly LogFilter[]
  /** Headers as they are handed out. */
  headersAt: HeadersAt
}

/**
 * Filtered logs of wide ranges of final blocks. Two answers must be equal; where they differ the
 * block is read whole, as near the head, and that decides. Where both came from one endpoint, a
 * sample of headers is looked at for logs that neither told.
 */
export class OldLogs {
  /** Logs that were withheld once: chance must not let the same answer pass at another try. */
  private readonly evidence = new Map<number, HistoryLog[]>()

  constructor(private readonly parts: OldLogsParts) {}

  /**
   * @returns logs in chain order, each of the block that is handed out
   * @throws RangeRefused, RpcError
   * @throws EndpointFault what was told cannot be right; the endpoint was noted
   */
  async read({ range, filters, headersAt }: OldLogsQuestion): Promise<HistoryLog[]> {
    const { witness, blooms } = this.parts
    const [first, second] = await witness.ask({ range, filters })
    const matches = matcherOf(filters)
    const logs = await this.settled(first, second, { matches, headersAt })
    const carrying = new Set(logs.map(({ block }) => block))
    const isAlone = first.endpoint === second.endpoint
    const sample = isAlone && blooms ? sampleOf(range, carrying) : []
    const known = await headersAt([...carrying, ...sample])
    this.blaming(first.endpoint, () => checkPlaces(logs, known, blooms))
    this.blaming(first.endpoint, () => this.recall(range, logs, matches))
    const doubtful = sample.flatMap((height) => {
      const header = known.get(height)
      return header && mayHold(header, filters) ? [header] : []
    })
    const proved = await Promise.all(doubtful.map((header) => this.proved(header, matches)))
    for (const found of proved) {
      const [withheld] = found
      if (withheld === undefined) continue
      if (this.evidence.size < EVIDENCE_MAX) this.evidence.set(withheld.block, found)
      this.blaming(first.endpoint, () => refute(withheld, []))
    }
    return logs
  }

  /** What was found withheld before has to be there now. @throws EndpointFault */
  private recall({ from, to }: BlockRange, logs: readonly HistoryLog[], matches: Matches): void {
    for (const [height, found] of this.evidence) {
      if (height < from || height > to) continue
      const right = found.filter(matches)
      const told = logsAt(logs, height)
      // A block of another hash was replaced since: what was found in it is of no account.
      const isOther = told.some(({ blockHash }) => blockHash !== found[0]?.blockHash)
      if (!isOther && !areSame(told, right)) refute(right[0], told)
      this.evidence.delete(height)
    }
  }

  /** The logs of the first answer, with what is proved in the place of what the two differ in. */
  private async settled(
    first: Told,
    second: Told,
    { matches, headersAt }: { matches: Matches; headersAt: HeadersAt },
  ): Promise<HistoryLog[]> {
    const heights = differingBlocks(first.logs, second.logs)
    if (heights.length === 0) return first.logs
    const headers = await headersAt(heights)
    const found = await Promise.all(
      [...headers.values()].map(async (header) => ({
        height: header.number,
        logs: await this.proved(header, matches),
      })),
    )
    for (const { endpoint, logs } of new Set([first, second])) {
      const wrong = found.find(({ height, logs: right }) => !areSame(logsAt(logs, height), right))
      if (wrong === undefined) continue
      try {
        this.blaming(endpoint, () => refute(wrong.logs[0], logsAt(logs, wrong.height)))
      } catch (error) {
        if (!(error instanceof EndpointFault)) throw error
      }
    }
    const differing = new Set(heights)
    const equal = first.logs.filter(({ block }) => !differing.has(block))
    const proved = found.flatMap(({ logs }) => logs)
    return [...equal, ...proved].sort((a, b) => a.block - b.block || a.index - b.index)
  }

  /** The asked logs of a block, out of all its logs: indexes without a gap that make its bloom. */
  private proved(header: Header, matches: Matches): Promise<HistoryLog[]> {
    const { lanes, metrics } = this.parts
    metrics.proved.inc()
    return lanes.run(async () => readLogs(await this.whole(header)).filter(matches))
  }

  private async whole(header: Header): Promise<object[]> {
    const { pool, blooms } = this.parts
    const call = { method: 'eth_getLogs', params: [{ blockHash: header.hash }] }
    const check = ([answer]: unknown[]) =>
      checkLogs(answer, { headers: [header], filtered: false, blooms })
    if (blooms) return pool.ask([call], check)
    // Without a bloom nothing shows that the end is missing: the longest has left out least.
    const asked = pool.endpoints
      .filter((endpoint) => pool.isWell(endpoint))
      .map(async (endpoint) => check(await endpoint.ask([call])))
    const told = (await Promise.allSettled(asked)).flatMap((one) =>
      one.status === 'fulfilled' ? [one.value] : [],
    )
    return told.sort((a, b) => b.length - a.length)[0] ?? pool.ask([call], check)
  }

  /** What shows an endpoint to be wrong is noted, and others are asked before it. */
  private blaming(endpoint: Endpoint, check: () => void): void {
    const { pool, witness, suspect } = this.parts
    try {
      check()
    } catch (error) {
      if (!(error instanceof EndpointFault)) throw error
      pool.noteFault(endpoint, error)
      witness.distrust(endpoint)
      suspect(endpoint)
      throw error
    }
  }
}

function mayHold({ logsBloom }: Header, filters: readonly LogFilter[]): boolean {
  return filters.some((filter) => bloomAllowsAny(logsBloom, filter))
}

function logsAt(logs: readonly HistoryLog[], height: number): HistoryLog[] {
  return logs.filter(({ block }) => block === height)
}

/** @throws EndpointFault */
function refute(right: HistoryLog | undefined, told: readonly HistoryLog[]): never {
  const one = right ?? told[0]
  const block = `block ${one?.block} (${right?.blockHash ?? one?.blockHash})`
  throw right === undefined
    ? new EndpointFault('logs_foreign', `it told ${told.length} logs that ${block} does not have`)
    : new EndpointFault('logs_incomplete', `it did not tell the logs that ${block} has`)
}

/** Some heights of a range whose blocks are said to carry none of the logs. */
function sampleOf({ from, to }: BlockRange, carrying: ReadonlySet<number>): number[] {
  const blocks = to - from + 1
  const size = Math.min(SAMPLE_MAX, Math.max(SAMPLE_MIN, Math.ceil(blocks / SAMPLE_EVERY)))
  if (blocks <= size) {
    const all = Array.from({ length: blocks }, (_, i) => from + i)
    return all.filter((height) => !carrying.has(height))
  }
  const sample = new Set<number>()
  for (let draw = 0; draw < size; draw++) {
    const height = randomInt(from, to + 1)
    if (!carrying.has(height)) sample.add(height)
  }
  return [...sample]
}
