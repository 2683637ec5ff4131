import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type BenchServer, withClient } from './bench-database'
import { type Contender, decodeBatch, takeAll } from './contender'
import { readContent, requireComplete, type TableContent } from './content'
import type { RawBatch } from './raw-batches'

/** One contender, once, on an empty database. */
export interface Run {
  readonly eventsPerSecond: number
  readonly seconds: number
  /** Processor time of this process. */
  readonly clientCpuSeconds: number
  /** Processor time of the database server, vacuum and checkpoints included; NaN where unknown. */
  readonly serverCpuSeconds: number
}

/** The measured run with what it left in the database. */
export interface CheckedRun {
  readonly run: Run
  readonly content: readonly TableContent[]
}

/**
 * Lets a contender write the workload into an empty database.
 *
 * @throws DeviceTrailError BENCH_CONTENT_INCOMPLETE
 */
export function runContender(
  server: BenchServer,
  contender: Contender,
  batches: readonly RawBatch[],
): Promise<CheckedRun> {
  const events = countEvents(batches)
  return server.withDatabase(async (url) => {
    const opened = await contender.open(url)
    const run = await timed(events, server, () => takeAll(opened, batches)).finally(() =>
      opened.close(),
    )
    return withClient(url, async (client) => {
      await requireComplete(client, events)
      return { run, content: await readContent(client) }
    })
  })
}

/**
 * Decoding alone, the part of both contenders that is the same. It also flattens the strings of the
 * workload.
 */
export function runDecoding(server: BenchServer, batches: readonly RawBatch[]): Promise<Run> {
  return timed(countEvents(batches), server, async () => {
    for (const batch of batches) decodeBatch(batch)
  })
}

/** Logs of some batches. */
export function countEvents(batches: readonly RawBatch[]): number {
  return batches.flat().reduce((sum, { logs }) => sum + logs.length, 0)
}

/** The middle value; the mean of the two middle ones where the number of values is even. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
  return (lower + upper) / 2
}

async function timed(events: number, server: BenchServer, work: () => Promise<void>): Promise<Run> {
  collectGarbage()
  const serverBefore = server.cpuSeconds()
  const clientBefore = process.cpuUsage()
  const start = performance.now()
  await work()
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(clientBefore)
  return {
    eventsPerSecond: events / seconds,
    seconds,
    clientCpuSeconds: (user + system) / 1e6,
    serverCpuSeconds: server.cpuSeconds() - serverBefore,
  }
}

/** So that no run cleans up after another. Node offers it only behind a flag. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc()')
}
