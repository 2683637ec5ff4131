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
    .option('--only <text>', 'only contenders whose name holds it')
    .option('--json', 'print the result as JSON')
    .action(async ({ seconds, only, json }: Options) => {
      const report = await measureAll(seconds, only)
      console.log(json ? JSON.stringify(report, undefined, 2) : asText(report))
    })
}

async function measureAll(seconds: number, only?: string): Promise<HeadReport> {
  const server = await startBenchServer(say)
  try {
    const at = surroundings(server.version, PACKAGES)
    const measured: Measured[] = []
    for (const contender of CONTENDERS) {
      if (only !== undefined && !contender.name.includes(only)) continue
      say(`${contender.name}: ${seconds} blocks`)
      const found = await measure(server, contender, seconds)
      const median = percentile(
        found.delays.map(({ ms }) => ms),
        50,
      )
      say(`${contender.name}: median ${Math.round(median)} ms`)
      measured.push(found)
    }
    return reportOf(seconds, at, measured)
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
