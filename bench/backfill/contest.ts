import { type ChainShape, DENSE, EVENTS_MIN, SPARSE } from '../chain/build/shape'
import type { BenchServer } from '../ledger/bench-database'
import { requireSame, type TableContent } from '../ledger/content'
import type { Contender, Ground } from './contenders/contender'
import { COPY_FLOOR } from './contenders/copy-floor'
import { DEVICETRAIL } from './contenders/devicetrail'
import { PONDER } from './contenders/ponder'
import { STOCK } from './contenders/stock'
import type { CheckedRun, Run } from './measure'
import { type Source, type WorkloadOptions, withWorkload } from './workload'

/** Who can take part, by the name on the command line. */
export const CONTENDERS = {
  devicetrail: DEVICETRAIL,
  stock: STOCK,
  ponder: PONDER,
  'copy-floor': COPY_FLOOR,
} as const satisfies Record<string, Contender>
export type ContenderName = keyof typeof CONTENDERS

/** What is measured, how often, and with whom. */
export interface Contest {
  readonly contenders: readonly ContenderName[]
  readonly runs: number
  readonly limitMs: number
  readonly say: (line: string) => void
}

/** The runs of one way of a contender. */
export interface WayResult {
  readonly way: string
  readonly runs: readonly Run[]
}

/** What a contest over one workload came to. */
export interface ContestResult {
  readonly events: number
  readonly blocks: number
  readonly sliceBlocks: number | undefined
  readonly ways: readonly WayResult[]
  /** What all that took the whole history left, in every run. */
  readonly rows: readonly TableContent[]
}

/** What is made from the command line to say which history is to be indexed. */
export interface History extends Omit<WorkloadOptions, 'shape'> {
  readonly seed: number
  readonly events: number
  /** Undefined: full blocks. */
  readonly blocks: number | undefined
  readonly foreign: number
}

/**
 * Lets the contenders index one history in turn, each on fresh databases.
 *
 * @throws DeviceTrailError BENCH_CONTENDER_FAILED, BENCH_CONTENT_INCOMPLETE, BENCH_CONTENT_DIFFERS
 */
export function hold(
  server: BenchServer,
  contest: Contest,
  history: History,
): Promise<ContestResult> {
  const { contenders, runs, limitMs, say } = contest
  return withWorkload(workloadOptions(history), async (workload) => {
    const ground: Ground = { server, workload, limitMs, say }
    const undo: (() => Promise<void>)[] = []
    const found = new Findings(say)
    try {
      for (const name of contenders) undo.push(await prepare(CONTENDERS[name], ground))
      for (let round = 0; round < runs; round++) {
        for (const name of turned(contenders, round)) {
          say(`round ${round + 1} of ${runs}: ${name}`)
          for (const checked of await CONTENDERS[name].run(ground)) found.add(checked)
        }
      }
    } finally {
      for (const step of undo.reverse()) await step()
    }
    const { events, blocks, slice } = workload
    return { events, blocks, sliceBlocks: slice?.blocks, ...found.result() }
  })
}

/** A short history of the same kind: everything that can fail shows itself before the long runs. */
export function rehearsal(history: History): History {
  const blocks = history.blocks && Math.min(history.blocks, EVENTS_MIN)
  return { ...history, events: EVENTS_MIN, blocks, sliceBlocks: EVENTS_MIN / 2 }
}

function workloadOptions(history: History): WorkloadOptions {
  const { source, latencyMs, sliceBlocks, seed, events, foreign: foreignLogsPerBlock } = history
  const base = { gateway: DENSE, rpc: SPARSE }[source satisfies Source]
  const blocks: ChainShape['blocks'] = history.blocks ?? 'full'
  const shape: ChainShape = { ...base, seed, events, blocks, foreignLogsPerBlock }
  return { source, shape, latencyMs, sliceBlocks }
}

async function prepare(contender: Contender, ground: Ground): Promise<() => Promise<void>> {
  return (await contender.prepare?.(ground)) ?? (async () => {})
}

/** Taking turns at being first spreads what slowly changes on the machine over all. */
export function turned<T>(list: readonly T[], by: number): T[] {
  const start = by % list.length
  return [...list.slice(start), ...list.slice(0, start)]
}

/** Collects runs, and holds the rows of each against those of the first. */
class Findings {
  private readonly ways = new Map<string, Run[]>()
  private rows: readonly TableContent[] | undefined
  private facts: readonly TableContent[] | undefined

  constructor(private readonly say: (line: string) => void) {}

  add({ way, run, rows, facts }: CheckedRun): void {
    if (this.rows && rows) requireSame(this.rows, rows, way)
    if (this.facts && facts) requireSame(this.facts, facts, way)
    this.rows ??= rows
    this.facts ??= facts
    this.ways.set(way, [...(this.ways.get(way) ?? []), run])
    const { seconds, blocks, events } = run
    const speeds = [events, blocks].map((count) => Math.round(count / seconds))
    this.say(`${way}: ${seconds.toFixed(1)} s, ${speeds[0]} events/s, ${speeds[1]} blocks/s`)
  }

  result() {
    const ways = [...this.ways].map(([way, runs]) => ({ way, runs }))
    return { ways, rows: this.rows ?? [] }
  }
}
