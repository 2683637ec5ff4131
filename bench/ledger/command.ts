import { Command, InvalidArgumentError } from 'commander'
import { surroundings } from '../surroundings'
import { type BenchServer, startBenchServer } from './bench-database'
import type { Contender } from './contender'
import { requireSame, type TableContent } from './content'
import { DEVICETRAIL } from './devicetrail-contender'
import { countEvents, type Run, runContender, runDecoding } from './measure'
import { type RawBatch, rawBatches } from './raw-batches'
import { asText, type LedgerReport, reportOf, resultOf } from './report'
import { TYPEORM_STORE } from './typeorm-store-contender'

interface Options {
  readonly events: number
  readonly runs: number
  readonly seed: number
  readonly json?: true
}

/**
 * `bench ledger`: how many events a second the write path takes, beside the idiomatic typeorm-store
 * handler.
 */
export function ledgerCommand(): Command {
  return new Command('ledger')
    .description('events a second of the write path, beside the idiomatic typeorm-store handler')
    .option('--events <number>', 'logs in the workload', atLeast(1_000), 200_000)
    .option('--runs <number>', 'runs of each contender, in turn', atLeast(1), 3)
    .option('--seed <number>', 'seed of the workload', atLeast(0), 1)
    .option('--json', 'print the result as JSON')
    .action(async (options: Options) => {
      const report = await measure(options)
      console.log(options.json ? JSON.stringify(report, undefined, 2) : asText(report))
    })
}

async function measure({ events, runs, seed }: Options): Promise<LedgerReport> {
  say(`making ${events} logs, seed ${seed}`)
  const batches = rawBatches(events, seed)
  const server = await startBenchServer(say)
  try {
    const at = surroundings(server.version)
    const decoding = [await runDecoding(server, batches)]
    await warmUp(server, batches)
    const speeds: { ours: Run[]; theirs: Run[] } = { ours: [], theirs: [] }
    let content: readonly TableContent[] | undefined
    for (let round = 0; round < runs; round++) {
      // Taking turns at being first spreads what slowly changes on the machine over both.
      const order = round % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const)
      for (const who of order) {
        const contender = CONTENDERS[who]
        const checked = await runContender(server, contender, batches)
        if (content !== undefined) requireSame(content, checked.content, contender.name)
        content ??= checked.content
        speeds[who].push(checked.run)
        say(`run ${round + 1} of ${runs}: ${contender.name} ${speed(checked.run)}`)
      }
      decoding.push(await runDecoding(server, batches))
    }
    return reportOf({
      workload: { events: countEvents(batches), batches: batches.length, seed },
      surroundings: at,
      results: [
        resultOf(DEVICETRAIL.name, speeds.ours),
        resultOf(TYPEORM_STORE.name, speeds.theirs),
        resultOf('decoding alone', decoding.slice(1)),
      ],
      content: content ?? [],
    })
  } finally {
    await server.stop()
  }
}

const CONTENDERS: Record<'ours' | 'theirs', Contender> = {
  ours: DEVICETRAIL,
  theirs: TYPEORM_STORE,
}
const WARM_UP_BATCHES = 2

/**
 * Both once on a small part, uncounted: the first to run would pay for compilation and cold files.
 */
async function warmUp(server: BenchServer, batches: readonly RawBatch[]): Promise<void> {
  const part = batches.slice(0, WARM_UP_BATCHES)
  for (const contender of Object.values(CONTENDERS)) await runContender(server, contender, part)
}

function atLeast(minimum: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (Number.isSafeInteger(value) && value >= minimum) return value
    throw new InvalidArgumentError(`expected a whole number of at least ${minimum}.`)
  }
}

function speed({ eventsPerSecond }: Run): string {
  return `${Math.round(eventsPerSecond)} events/s`
}

/** Progress goes to stderr: stdout is the result alone. */
function say(line: string): void {
  console.error(`bench: ${line}`)
}
