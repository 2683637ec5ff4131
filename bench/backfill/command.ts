import { Command, InvalidArgumentError, Option } from 'commander'
import { EVENTS_MIN } from '../chain/build/shape'
import { startBenchServer } from '../ledger/bench-database'
import { surroundings } from '../surroundings'
import { installedPonder } from './contenders/ponder'
import { CONTENDERS, type ContenderName, type History, hold, rehearsal } from './contest'
import { holdInRounds } from './growth'
import { asText, type BackfillReport, reportOf } from './report'
import type { Source } from './workload'

interface Options {
  readonly source: Source
  readonly events?: number
  readonly sizes?: readonly number[]
  readonly blocks: number
  readonly foreign: number
  readonly latency?: number
  readonly stockBlocks: number
  readonly contenders?: readonly ContenderName[]
  readonly runs: number
  readonly seed: number
  readonly limit: number
  readonly rehearsal: boolean
  readonly json?: true
}

const MINUTE_MS = 60_000
/** Of the workloads that the bars are set for. */
const EVENTS: Record<Source, number> = { gateway: 500_000, rpc: 30_000 }
const LATENCY_MS: Record<Source, number> = { gateway: 0, rpc: 50 }
const ALL: Record<Source, readonly ContenderName[]> = {
  gateway: ['devicetrail', 'stock', 'ponder', 'copy-floor'],
  rpc: ['devicetrail', 'stock', 'ponder'],
}

/** `bench backfill`: how fast a history gets in, beside stock Subsquid, Ponder and a plain COPY. */
export function backfillCommand(): Command {
  return new Command('backfill')
    .description('how fast a history gets in, beside stock Subsquid, Ponder and a plain COPY')
    .addOption(
      new Option('--source <name>', 'where the history comes from')
        .choices(['gateway', 'rpc'])
        .default('gateway'),
    )
    .option('--events <number>', 'logs of our contract (500,000; rpc: 30,000)', atLeast(EVENTS_MIN))
    .option('--sizes <list>', 'several numbers of logs, in turn', sizes)
    .option('--blocks <number>', 'rpc: blocks that they are spread over', atLeast(1), 300_000)
    .option('--foreign <number>', 'rpc: logs of others in each block', atLeast(0), 20)
    .option('--latency <ms>', 'wait of the node before each answer (0; rpc: 50)', atLeast(0))
    .option('--stock-blocks <number>', 'rpc: stock reads so many blocks', atLeast(10), 20_000)
    .option('--contenders <list>', `some of ${Object.keys(CONTENDERS).join(', ')}`, contenders)
    .option('--runs <number>', 'runs of each contender, in turn', atLeast(1), 3)
    .option('--seed <number>', 'seed of the history', atLeast(0), 1)
    .option('--limit <minutes>', 'a run that takes longer has failed', atLeast(1), 30)
    .option('--no-rehearsal', 'leave out the short, uncounted runs before')
    .option('--json', 'print the result as JSON')
    .action(async (options: Options) => {
      const report = await measureAll(options)
      console.log(options.json ? JSON.stringify(report, undefined, 2) : asText(report))
    })
}

async function measureAll(options: Options): Promise<BackfillReport> {
  const { source, sizes: many, runs, limit } = options
  const usual = many === undefined ? ALL[source] : (['devicetrail'] as const)
  const contest = {
    contenders: options.contenders ?? usual,
    runs,
    limitMs: limit * MINUTE_MS,
    say,
  }
  const history = historyOf(options)
  const server = await startBenchServer(say)
  try {
    const at = surroundings(server.version, ['@subsquid/evm-processor'])
    if (options.rehearsal) {
      say('rehearsing on a short history, uncounted')
      await hold(server, { ...contest, runs: 1 }, rehearsal(history))
    }
    const contests =
      many === undefined
        ? [await hold(server, contest, history)]
        : await holdInRounds(
            server,
            contest,
            many.map((events) => ({ ...history, events })),
          )
    const ponder = installedPonder()
    const versions = { ...at.versions, ...(ponder && { ponder }) }
    return reportOf(history, { ...at, versions }, contests)
  } finally {
    await server.stop()
  }
}

function historyOf(options: Options): History {
  const { source, blocks, foreign, latency, stockBlocks, seed } = options
  const sparse = source === 'rpc'
  return {
    source,
    seed,
    events: options.events ?? EVENTS[source],
    blocks: sparse ? blocks : undefined,
    foreign: sparse ? foreign : 0,
    latencyMs: latency ?? LATENCY_MS[source],
    sliceBlocks: sparse ? stockBlocks : Number.POSITIVE_INFINITY,
  }
}

function contenders(text: string): ContenderName[] {
  const known = Object.keys(CONTENDERS)
  return text.split(',').map((part) => {
    const name = part.trim()
    if (isContender(name)) return name
    throw new InvalidArgumentError(`"${name}" is unknown; expected some of ${known.join(', ')}.`)
  })
}

function isContender(name: string): name is ContenderName {
  return Object.hasOwn(CONTENDERS, name)
}

function sizes(text: string): number[] {
  return text.split(',').map((part) => atLeast(EVENTS_MIN)(part.trim()))
}

function atLeast(minimum: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (Number.isSafeInteger(value) && value >= minimum) return value
    throw new InvalidArgumentError(`expected a whole number of at least ${minimum}.`)
  }
}

/** Progress goes to stderr: stdout is the result alone. */
function say(line: string): void {
  console.error(`bench: ${line}`)
}
