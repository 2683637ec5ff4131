import { Command, InvalidArgumentError } from 'commander'
import { startBenchServer } from '../ledger/bench-database'
import { surroundings } from '../surroundings'
import type { HeadContender } from './contender'
import { devicetrail } from './devicetrail'
import { type Measured, measure } from './measure'
import { asText, type HeadReport, percentile, reportOf } from './report'
import { stock } from './stock'

interface Options {
  readonly seconds: number
  readonly runs: number
  readonly only?: string
  readonly json?: true
}

const PACKAGES = ['@foundry-rs/anvil', '@subsquid/evm-processor', '@subsquid/graphql-server']

/** The poll of a stock squid that wants what DeviceTrail has over HTTP. */
const TUNED_POLL_MS = 200

const CONTENDERS: readonly HeadContender[] = [
  devicetrail('ws'),
  devicetrail('http'),
  stock('ws'),
  stock('http'),
  stock('http', TUNED_POLL_MS),
]

/** `bench head`: how long a block takes from the node to GraphQL, beside a stock squid. */
export function headCommand(): Command {
  return new Command('head')
    .description('time from a block at the node to its effect in GraphQL, beside a stock squid')
    .option('--seconds <number>', 'blocks of each contender, one a second', atLeastOne, 60)
    .option('--runs <number>', 'turns of each contender', atLeastOne, 3)
    .option('--only <text>', 'only contenders whose name holds it')
    .option('--json', 'print the result as JSON')
    .action(async ({ json, ...options }: Options) => {
      const report = await measureAll(options)
      console.log(json ? JSON.stringify(report, undefined, 2) : asText(report))
    })
}

/** In each run every contender has its turn, so that what the machine does meanwhile hits all. */
async function measureAll({ seconds, runs, only = '' }: Options): Promise<HeadReport> {
  const contenders = CONTENDERS.filter(({ name }) => name.includes(only))
  const server = await startBenchServer(say)
  try {
    const at = surroundings(server.version, PACKAGES)
    const measured: Measured[] = []
    for (let run = 1; run <= runs; run++) {
      for (const contender of contenders) {
        say(`run ${run} of ${runs}: ${contender.name}: ${seconds} blocks`)
        const found = await measure(server, contender, seconds)
        const delays = found.delays.map(({ ms }) => ms)
        say(`${contender.name}: median ${Math.round(percentile(delays, 50))} ms`)
        measured.push(found)
      }
    }
    return reportOf({ blocks: seconds, runs }, at, measured)
  } finally {
    await server.stop()
  }
}

function atLeastOne(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= 1) return value
  throw new InvalidArgumentError('expected a whole number of at least 1.')
}

/** Progress goes to stderr: stdout is the result alone. */
function say(line: string): void {
  console.error(`bench: ${line}`)
}
