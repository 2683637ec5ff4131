import type { Surroundings } from '../surroundings'
import { textTable } from '../text-table'
import type { TableContent } from './content'
import { median, type Run } from './measure'

/** The first bar of the ledger: how many times as fast as the idiomatic handler it must be. */
const BAR = 2

/** Everything that a run of the program found out; printed as it is with `--json`. */
export interface LedgerReport {
  readonly workload: { readonly events: number; readonly batches: number; readonly seed: number }
  readonly surroundings: Surroundings
  /** The ledger first, then the handler that it is compared with, then decoding alone. */
  readonly results: readonly [Result, Result, Result]
  /** Median events a second of the first result over that of the second. */
  readonly ratio: number
  /** Median processor time, client and server, of the second result over that of the first. */
  readonly cpuRatio: number
  readonly bar: number
  /** What both contenders left, in every run. */
  readonly content: readonly TableContent[]
}

export interface Result {
  readonly name: string
  readonly eventsPerSecond: number
  readonly runs: readonly Run[]
}

/** The runs of one contender under their median. */
export function resultOf(name: string, runs: readonly Run[]): Result {
  return { name, eventsPerSecond: median(runs.map((run) => run.eventsPerSecond)), runs }
}

/** The report of some results, with the ratio that they give. */
export function reportOf(found: Omit<LedgerReport, 'ratio' | 'cpuRatio' | 'bar'>): LedgerReport {
  const [ours, theirs] = found.results
  const ratio = ours.eventsPerSecond / theirs.eventsPerSecond
  return { ...found, ratio, cpuRatio: cpuSeconds(theirs) / cpuSeconds(ours), bar: BAR }
}

function cpuSeconds({ runs }: Result): number {
  return median(runs.map((run) => run.clientCpuSeconds + run.serverCpuSeconds))
}

/** The report for people. */
export function asText(report: LedgerReport): string {
  const { workload, surroundings: at, results, ratio, cpuRatio, content } = report
  const { events, batches, seed } = workload
  const versions = Object.entries(at.versions).map(([name, version]) => `${name} ${version}`)
  return [
    `ledger: ${count(events)} events in ${batches} batches, seed ${seed}`,
    `${at.processor}, ${at.cores} cores, ${at.memoryGiB} GiB, ${at.system}, load ${at.loadBefore}`,
    versions.join(', '),
    '',
    ...textTable([
      ['', 'events/s', 'slowest', 'fastest', 'seconds', 'client CPU', 'server CPU', 'runs'],
      ...results.map(resultRow),
    ]),
    '',
    `ratio ${ratio.toFixed(2)}; the bar is ${BAR}: ${ratio >= BAR ? 'met' : 'MISSED'}`,
    `ratio of processor time, which a busy machine changes less: ${cpuRatio.toFixed(2)}`,
    '',
    'Both contenders left the same rows in every run (all columns, in order of id):',
    ...textTable([
      ['table', 'rows', 'md5'],
      ...content.map(({ table: name, rows, md5 }) => [name, count(rows), md5]),
    ]),
  ].join('\n')
}

function resultRow({ name, eventsPerSecond, runs }: Result): string[] {
  const speeds = runs.map((run) => run.eventsPerSecond)
  return [
    name,
    count(eventsPerSecond),
    count(Math.min(...speeds)),
    count(Math.max(...speeds)),
    median(runs.map(({ seconds }) => seconds)).toFixed(2),
    median(runs.map(({ clientCpuSeconds }) => clientCpuSeconds)).toFixed(2),
    median(runs.map(({ serverCpuSeconds }) => serverCpuSeconds)).toFixed(2),
    String(runs.length),
  ]
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}
