import { median } from '../ledger/measure'
import type { ContestResult, WayResult } from './contest'
import type { Run } from './measure'
import type { Source } from './workload'

/** A ratio that DeviceTrail has to reach, and what came out. */
export interface Verdict {
  readonly what: string
  readonly value: number
  /** At least, or at most. */
  readonly bar: number
  readonly aim: number | undefined
  readonly isMet: boolean
  /**
   * Processor time of the other for the same, client and server together, over that of DeviceTrail:
   * what a busy machine changes less. Undefined where it is not about time.
   */
  readonly cpuRatio?: number
}

interface SpeedBar {
  readonly source: Source
  readonly against: string
  /** DeviceTrail must be so many times as fast. */
  readonly bar: number
  readonly aim?: number
}

const SPEED_BARS: readonly SpeedBar[] = [
  { source: 'gateway', against: 'stock', bar: 3, aim: 5 },
  { source: 'gateway', against: 'ponder cached', bar: 1.5, aim: 2.5 },
  { source: 'rpc', against: 'stock', bar: 50 },
  { source: 'rpc', against: 'ponder cold', bar: 3 },
]
/** DeviceTrail may take so many times as long as the COPY of the finished rows. */
const FLOOR = { against: 'copy floor', bar: 2.5, aim: 1.5 }
/** Of the process of DeviceTrail at its peak, in bytes. */
const MEMORY_BAR = 400e6

/** The bars of a source that the contenders at hand allow to judge. */
export function verdicts(source: Source, { ways }: ContestResult): Verdict[] {
  const of = (name: string) => ways.find(({ way }) => way === name)
  const ours = of('devicetrail')
  if (ours === undefined) return []
  const speeds = SPEED_BARS.flatMap((bar) => {
    const theirs = of(bar.against)
    return bar.source === source && theirs ? [speedVerdict(source, ours, theirs, bar)] : []
  })
  const floor = of(FLOOR.against)
  return [
    ...speeds,
    ...(source === 'gateway' && floor ? [floorVerdict(source, ours, floor)] : []),
    memoryVerdict(ours),
  ]
}

/** Events a second from a gateway, blocks a second from a node: there most blocks have none. */
export function rateOf(source: Source, run: Run): number {
  return unitsOf(source, run) / run.seconds
}

function unitsOf(source: Source, { events, blocks }: Run): number {
  return source === 'gateway' ? events : blocks
}

/** The middle run, in the unit of the source. */
export function medianRate(source: Source, { runs }: WayResult): number {
  return median(runs.map((run) => rateOf(source, run)))
}

function speedVerdict(
  source: Source,
  ours: WayResult,
  theirs: WayResult,
  { against, bar, aim }: SpeedBar,
): Verdict {
  const value = medianRate(source, ours) / medianRate(source, theirs)
  const what = `speed over ${against}, at least`
  return { what, value, bar, aim, isMet: value >= bar, cpuRatio: cpuRatio(source, ours, theirs) }
}

function floorVerdict(source: Source, ours: WayResult, floor: WayResult): Verdict {
  const { against, bar, aim } = FLOOR
  const seconds = ({ runs }: WayResult) => median(runs.map((run) => run.seconds))
  const value = seconds(ours) / seconds(floor)
  const what = `time over ${against}, at most`
  return { what, value, bar, aim, isMet: value <= bar, cpuRatio: cpuRatio(source, ours, floor) }
}

function cpuRatio(source: Source, ours: WayResult, theirs: WayResult): number {
  const costs = ({ runs }: WayResult) => runs.map((run) => cpuSeconds(run) / unitsOf(source, run))
  return median(costs(theirs)) / median(costs(ours))
}

function cpuSeconds({ clientCpuSeconds, serverCpuSeconds }: Run): number {
  return clientCpuSeconds + serverCpuSeconds
}

/** Memory of the worst run, in bytes: that one counts. NaN where there is no /proc. */
export function largestPeak({ runs }: WayResult): number {
  return Math.max(...runs.map((run) => run.peakMemoryBytes))
}

/** NaN is never met. */
function memoryVerdict(ours: WayResult): Verdict {
  const value = largestPeak(ours) / 1e6
  const bar = MEMORY_BAR / 1e6
  return { what: 'MB of memory, less than', value, bar, aim: undefined, isMet: value < bar }
}
