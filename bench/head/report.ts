import type { Surroundings } from '../surroundings'
import { textTable } from '../text-table'
import { EVENTS_OF_BLOCK } from './block-plan'
import type { Delay, Measured } from './measure'

/** Everything that a run of the program found out; printed as it is with `--json`. */
export interface HeadReport {
  readonly workload: { readonly blocks: number; readonly eventsOfBlock: number }
  readonly surroundings: Surroundings
  readonly results: readonly Result[]
  /** Whether every bar is met. */
  readonly met: boolean
}

export interface Result extends Measured {
  /** Milliseconds by nearest rank: of 60 blocks the 99th percentile is the slowest. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
  /** The node's own part, which is not in the others: median time to mine a block. */
  readonly minedP50: number
  /** Only where there is a bar. */
  readonly met?: boolean
}

/** The report of some contenders. */
export function reportOf(
  blocks: number,
  surroundings: Surroundings,
  measured: readonly Measured[],
): HeadReport {
  const results = measured.map(resultOf)
  const met = results.every((result) => result.met !== false)
  return { workload: { blocks, eventsOfBlock: EVENTS_OF_BLOCK }, surroundings, results, met }
}

function resultOf(measured: Measured): Result {
  const delays = measured.delays.map(({ ms }) => ms)
  const { bar } = measured.contender
  const p99 = percentile(delays, 99)
  return {
    ...measured,
    p50: percentile(delays, 50),
    p95: percentile(delays, 95),
    p99,
    max: percentile(delays, 100),
    minedP50: percentile(
      measured.delays.map(({ minedInMs }: Delay) => minedInMs),
      50,
    ),
    ...(bar !== undefined && { met: p99 <= bar }),
  }
}

/** The smallest value that so many of a hundred do not exceed; NaN of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? Number.NaN
}

/** The report for people. */
export function asText({ workload, surroundings: at, results }: HeadReport): string {
  const { blocks, eventsOfBlock } = workload
  const versions = Object.entries(at.versions).map(([name, version]) => `${name} ${version}`)
  return [
    `head: ${blocks} blocks, one a second, ${eventsOfBlock} events each; contenders in turn`,
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
