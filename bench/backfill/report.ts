import { median } from '../ledger/measure'
import type { Surroundings } from '../surroundings'
import { textTable } from '../text-table'
import { largestPeak, medianRate, rateOf, type Verdict, verdicts } from './bars'
import type { ContestResult, History, WayResult } from './contest'
import { growthVerdicts } from './growth'
import type { Run } from './measure'
import type { Source } from './workload'

/** Everything that a run of the program found out; printed as it is with `--json`. */
export interface BackfillReport {
  readonly history: Omit<History, 'events'>
  readonly surroundings: Surroundings
  /** One for each size. */
  readonly contests: readonly (ContestResult & { readonly verdicts: readonly Verdict[] })[]
  /** How the sizes compare; empty for one. */
  readonly growth: readonly Verdict[]
}

/** The report of some contests, with the verdicts that they allow. */
export function reportOf(
  history: History,
  surroundings: Surroundings,
  contests: readonly ContestResult[],
): BackfillReport {
  const judged = contests.map((contest) => {
    return { ...contest, verdicts: verdicts(history.source, contest) }
  })
  const { events: _, ...rest } = history
  const growth = growthVerdicts(history.source, contests)
  return { history: rest, surroundings, contests: judged, growth }
}

/** The report for people. */
export function asText({ history, surroundings: at, contests, growth }: BackfillReport): string {
  const { source, latencyMs, seed, foreign } = history
  const versions = Object.entries(at.versions).map(([name, version]) => `${name} ${version}`)
  const many = contests.length > 1
  return [
    `backfill from ${source === 'gateway' ? 'a gateway' : 'a node'}: seed ${seed}, ` +
      `${foreign} foreign logs a block, ${latencyMs} ms before each answer of the node`,
    `${at.processor}, ${at.cores} cores, ${at.memoryGiB} GiB, ${at.system}, load ${at.loadBefore}`,
    versions.join(', '),
    ...(many ? ['', ...sizesTable(source, contests), ...growth.map(verdictLine)] : []),
    ...contests.flatMap((contest) => ['', ...contestText(source, contest, many)]),
  ].join('\n')
}

type Judged = BackfillReport['contests'][number]

function contestText(source: Source, contest: Judged, brief: boolean): string[] {
  const { events, blocks, sliceBlocks, ways, rows } = contest
  const slice =
    source === 'rpc' && sliceBlocks !== undefined && ways.some(({ way }) => way === 'stock')
      ? [`stock was given the first ${count(sliceBlocks)} blocks only; its rate is of those.`]
      : []
  return [
    `${count(events)} events in ${count(blocks)} blocks`,
    ...(brief ? [] : textTable([headings(source), ...ways.map((way) => wayRow(source, way))])),
    ...slice,
    ...contest.verdicts.map(verdictLine),
    ...(brief
      ? []
      : [
          '',
          'All that took the whole history left the same rows, in every run (all columns):',
          ...textTable([
            ['table', 'rows', 'md5'],
            ...rows.map(({ table, rows: number, md5 }) => [table, count(number), md5]),
          ]),
        ]),
  ]
}

function headings(source: Source): string[] {
  const unit = source === 'gateway' ? 'events/s' : 'blocks/s'
  const cpu = ['client CPU', 'server CPU', 'source CPU']
  return ['', unit, 'slowest', 'fastest', 'seconds', 'peak MB', ...cpu, ...SIZES, 'runs']
}
const SIZES = ['B/event', 'of rows']

function wayRow(source: Source, result: WayResult): string[] {
  const { way, runs } = result
  const rates = runs.map((run) => rateOf(source, run))
  const middle = (pick: (run: Run) => number) => median(runs.map(pick))
  return [
    way,
    count(medianRate(source, result)),
    count(Math.min(...rates)),
    count(Math.max(...rates)),
    middle((run) => run.seconds).toFixed(1),
    megabytes(result),
    middle((run) => run.clientCpuSeconds).toFixed(1),
    middle((run) => run.serverCpuSeconds).toFixed(1),
    middle((run) => run.sourceCpuSeconds).toFixed(1),
    count(middle((run) => run.databaseBytes / run.events)),
    count(middle((run) => run.readModelBytes / run.events)),
    String(runs.length),
  ]
}

/** What grows with the size of the history, and what does not. */
function sizesTable(source: Source, contests: readonly Judged[]): string[] {
  const unit = source === 'gateway' ? 'events/s' : 'blocks/s'
  return textTable([
    ['events', 'by', unit, 'seconds', 'peak MB', ...SIZES],
    ...contests.flatMap(({ events, ways }) =>
      ways.map((result) => {
        const { way, runs } = result
        const middle = (pick: (run: Run) => number) => median(runs.map(pick))
        return [
          count(events),
          way,
          count(medianRate(source, result)),
          middle((run) => run.seconds).toFixed(1),
          megabytes(result),
          count(middle((run) => run.databaseBytes / run.events)),
          count(middle((run) => run.readModelBytes / run.events)),
        ]
      }),
    ),
  ])
}

function verdictLine({ what, value, bar, aim, isMet, cpuRatio }: Verdict): string {
  const aimed = aim === undefined ? '' : `, the aim ${aim}`
  const cpu = cpuRatio === undefined ? '' : `; its processor time over ours: ${cpuRatio.toFixed(2)}`
  return `${what} ${bar}${aimed}: ${value.toFixed(2)}, ${isMet ? 'met' : 'MISSED'}${cpu}`
}

function megabytes(result: WayResult): string {
  return count(largestPeak(result) / 1e6)
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}
