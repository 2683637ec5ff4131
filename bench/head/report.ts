import type { Surroundings } from '../surroundings'
import { textTable } from '../text-table'
import { EVENTS_OF_BLOCK } from './block-plan'
import type { Delay, Measured } from './measure'

/** Everything that a run of the program found out; printed as it is with `--json`. */
export interface HeadReport {
  readonly workload: Turns & { readonly eventsOfBlock: number }
  readonly surroundings: Surroundings
  readonly results: readonly Result[]
  /** Whether every bar is met. */
  readonly met: boolean
}

export interface Turns {
  /** Blocks of one turn. */
  readonly blocks: number
  /** Turns of each contender. */
  readonly runs: number
}

/** One contender. Percentiles are medians of those of its turns. */
export interface Result {
  readonly contender: Measured['contender']
  readonly turns: readonly Measured[]
  /** Milliseconds by nearest rank: of 60 blocks the 99th percentile is the slowest. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** Of all turns. */
  readonly max: number
  /** The node's own part, which is not in the others: median time to mine a block. */
  readonly minedP50: number
  /** Only where there is a bar. */
  readonly met?: boolean
}

/** The report of some turns of each contender. */
export function reportOf(
  turns: Turns,
  surroundings: Surroundings,
  measured: readonly Measured[],
): HeadReport {
  const byName = new Map<string, Measured[]>()
  for (const turn of measured) {
    const { name } = turn.contender
    byName.set(name, [...(byName.get(name) ?? []), turn])
  }
  const results = [...byName.values()].flatMap(resultsOf)
  const met = results.every((result) => result.met !== false)
  return { workload: { ...turns, eventsOfBlock: EVENTS_OF_BLOCK }, surroundings, results, met }
}

function resultsOf(turns: readonly Measured[]): Result[] {
  const [first] = turns
  if (first === undefined) return []
  const { contender } = first
  const medianOf = (percent: number, of: (delay: Delay) => number) =>
    percentile(
      turns.map(({ delays }) => percentile(delays.map(of), percent)),
      50,
    )
  const delayOf = ({ ms }: Delay) => ms
  const p99 = medianOf(99, delayOf)
  const result = {
    contender,
    turns,
    p50: medianOf(50, delayOf),
    p95: medianOf(95, delayOf),
    p99,
    max: percentile(turns.flatMap(({ delays }) => delays).map(delayOf), 100),
    minedP50: medianOf(50, ({ minedInMs }) => minedInMs),
    ...(contender.bar !== undefined && { met: p99 <= contender.bar }),
  }
  return [result]
}

/** The smallest value that so many of a hundred do not exceed; NaN of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? Number.NaN
}

/** The report for people. */
export function asText({ workload, surroundings: at, results }: HeadReport): string {
  const { blocks, runs, eventsOfBlock } = workload
  const versions = Object.entries(at.versions).map(([name, version]) => `${name} ${version}`)
  return [
    `head: ${blocks} blocks, one a second, ${eventsOfBlock} events each; ` +
      `contenders in turn, medians of ${runs} turns`,
    `${at.processor}, ${at.cores} cores, ${at.memoryGiB} GiB, ${at.system}, load ${at.loadBefore}`,
    versions.join(', '),
    '',
    'milliseconds from "visible at the node" to "visible in GraphQL":',
    ...textTable([
      ['', 'p50', 'p95', 'p99', 'max', 'bar', '', 'mining'],
      ...results.map(resultRow),
    ]),
  ].join('\n')
}

function resultRow(result: Result): string[] {
  const { contender, p50, p95, p99, max, minedP50, met } = result
  return [
    contender.name,
    ...[p50, p95, p99, max].map((ms) => String(Math.round(ms))),
    String(contender.bar ?? ''),
    met === undefined ? '' : met ? 'met' : 'MISSED',
    String(Math.round(minedP50)),
  ]
}
