import { randomInt } from 'node:crypto'
import { Command, InvalidArgumentError, Option } from 'commander'
import { EXIT } from '../client/exit-codes'
import { Output } from '../client/report/output'
import { writeReport } from '../client/report/write-report'
import { readChainConfig, readDatabaseConfig } from '../config/environment'
import { exitOnUsage } from './ask-server'
import { CheckProgressLine } from './check-progress'
import { checkFailure, checkReport, exitOf } from './check-report'
import { reportAndExit } from './report'

const SAMPLE = 1_000
const SEED_MAX = 2 ** 31

const HELP = `
Runs while the indexer runs: it reads one snapshot and writes nothing. Without options the ledger is
proved against itself. With --chain also against the chain: RPC_URL and CONTRACTS as for index;
who holds a unit is compared with ownerOf at the head of the ledger, or at its last final block.

Examples:
  devicetrail check
  devicetrail check --chain --sample 5000 --seed 7
  devicetrail check --chain --whole --format json > check.json

Exit codes:
   0  all agrees                            69 part could not be checked, the rest agrees:
   1  differences were found                   the output says what, why and what to do
  64  the command is put wrongly            70 a bug
  75  database or node is away: try later   78 wrong chain, schema or environment
`

interface CheckOptions {
  chain?: true
  whole?: true
  sample?: number
  seed?: number
  format: 'table' | 'json'
}

/** `devicetrail check` */
export function checkCommand(): Command {
  return new Command('check')
    .description('Prove the record against itself and, with --chain, against the chain.')
    .option('--chain', 'compare with the chain as well')
    .addOption(
      new Option('--sample <units>', `units to ask the chain about (${SAMPLE})`)
        .argParser(whole(1, 1_000_000_000))
        .conflicts('whole'),
    )
    .option('--whole', 'ask the chain about every unit')
    .option('--seed <number>', 'takes the same sample again', whole(0, SEED_MAX))
    .addOption(
      new Option('--format <format>', 'output').choices(['table', 'json']).default('table'),
    )
    .exitOverride(exitOnUsage)
    .addHelpText('after', HELP)
    .action((options: CheckOptions, command: Command) => {
      if (!options.chain && (options.whole || options.sample !== undefined)) {
        command.error('error: --whole and --sample are about the chain: add --chain')
      }
      return check(options).catch((error: unknown) => reportAndExit(checkFailure(error), EXIT.bug))
    })
}

async function check({ chain, whole, sample, seed, format }: CheckOptions): Promise<never> {
  const size = whole ? 'all' : (sample ?? SAMPLE)
  const part = { size, seed: seed ?? randomInt(SEED_MAX) } as const
  const config = chain ? readChainConfig(process.env) : undefined
  const { databaseUrl } = config ?? readDatabaseConfig(process.env)
  // Loaded here, as in the other commands, so that --help and a bad value answer at once.
  const { connectDatabase } = await import('../persistence/connect')
  const { requireMigrated } = await import('../persistence/migrate')
  const { runCheck } = await import('../check/run-check')
  const database = await connectDatabase(databaseUrl, 2)
  const err = new Output(process.stderr)
  const line = new CheckProgressLine(err, process.stderr.isTTY === true)
  try {
    await requireMigrated(database)
    const outcome = await runCheck(database, config && { ...config, sample: part }, line.tell)
    await line.end()
    const report = checkReport(outcome, config && part)
    const style = { format, raw: false, bom: false }
    await writeReport(report, style, { out: new Output(process.stdout), err })
    return process.exit(exitOf(outcome.results))
  } finally {
    await database.destroy()
  }
}

function whole(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= min && value <= max) return value
    throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`)
  }
}
