import { randomInt } from 'node:crypto'
import { Command, InvalidArgumentError } from 'commander'
import { duration } from '../../src/indexer/progress'
import { catchMutations } from './mutations'
import { DatabaseServer } from './parts/database-server'
import { keepLog } from './parts/kept-log'
import { type PlayedRound, playRounds } from './rounds'
import { playScenario } from './scenario'
import { SCENARIOS } from './scenarios'
import { soak } from './soak'
import type { SoakSample } from './soak-verdict'

interface Options {
  readonly rounds: number
  readonly seed: number
  readonly scenario?: string
  readonly mutations?: true
  readonly soak?: number
  readonly forkEvery: number
  readonly lib?: string
  readonly json?: true
}

/** `npm run test:faults`: the fault harness. README.md beside this file says what it proves. */
new Command('test:faults')
  .description('Lets everything around the indexer fail, and compares its ledger with a clean run.')
  .option('--rounds <number>', 'rounds of random life under random faults', whole(1), 20)
  .option(
    '--seed <number>',
    'seed of the run; random where not given',
    whole(0),
    randomInt(2 ** 31),
  )
  .option('--scenario <name>', `instead of rounds, one of: ${names()}; or all`)
  .option('--mutations', 'instead of rounds: deliberate bugs, each of which has to be caught')
  .option('--soak <time>', 'instead of rounds: traffic for a time such as 20m or 30s', seconds)
  .option('--fork-every <time>', 'pause between the forks of a soak', seconds, 20)
  .option('--lib <folder>', 'another compiled program than lib/: one from a release, or with a bug')
  .option('--json', 'print the result as JSON')
  .action(async (options: Options) => {
    const ok = await withServer((server) => chosenWork(options)(server, options))
    process.exitCode = ok ? 0 : 1
  })
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error)
    process.exitCode = 1
  })

async function withServer<T>(use: (server: DatabaseServer) => Promise<T>): Promise<T> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
  const server = await DatabaseServer.start()
  try {
    return await use(server)
  } finally {
    await server.stop()
  }
}

type Work = (server: DatabaseServer, options: Options) => Promise<boolean>

function chosenWork({ scenario, mutations, soak }: Options): Work {
  if (soak !== undefined) return soaking
  if (mutations) return mutationCheck
  return scenario === undefined ? rounds : scenarios
}

async function rounds(
  server: DatabaseServer,
  { rounds, seed, lib, json }: Options,
): Promise<boolean> {
  const began = Date.now()
  say(`${rounds} rounds from seed ${seed}`)
  const played = await playRounds(server, {
    rounds,
    seed,
    ...(lib && { lib }),
    played: (round) => say(line(round, rounds, (Date.now() - began) / 1000)),
  })
  const failed = played.filter(({ findings }) => findings.length > 0)
  const seconds = Math.round((Date.now() - began) / 1000)
  if (json) console.log(JSON.stringify({ seed, rounds: played, failed: failed.length }, null, 2))
  else console.log(`${played.length - failed.length} passed, ${failed.length} failed, ${seconds} s`)
  return failed.length === 0
}

async function scenarios(server: DatabaseServer, options: Options): Promise<boolean> {
  const { scenario: wanted, seed, lib } = options
  const chosen = SCENARIOS.filter(({ name }) => wanted === 'all' || name === wanted)
  if (chosen.length === 0) throw new Error(`no scenario "${wanted}"; there are: ${names()}`)
  let failed = 0
  for (const scenario of chosen) {
    const began = Date.now()
    const { findings, log } = await playScenario(server, scenario, { seed, ...(lib && { lib }) })
    const took = `${((Date.now() - began) / 1000).toFixed(1)} s`
    if (findings.length > 0) {
      failed++
      const logFile = keepLog(log, `scenario-${scenario.name.replaceAll(' ', '-')}-${seed}`)
      const again = `npm run test:faults -- --seed ${seed} --scenario "${scenario.name}"`
      say([`${scenario.name}: FAILED, ${took}`, ...findings, logFile, again].join('\n    '))
    } else say(`${scenario.name}: ok, ${took}`)
  }
  console.log(`${chosen.length - failed} passed, ${failed} failed`)
  return failed === 0
}

async function mutationCheck(server: DatabaseServer, { seed, json }: Options): Promise<boolean> {
  const caught = await catchMutations(server, { seed, say })
  const survivors = caught.filter(({ by }) => by.length === 0)
  if (json) console.log(JSON.stringify({ seed, caught }, null, 2))
  else console.log(`${caught.length - survivors.length} caught, ${survivors.length} survived`)
  return survivors.length === 0
}

async function soaking(server: DatabaseServer, options: Options): Promise<boolean> {
  const { seed, soak: time = 0, forkEvery, json } = options
  say(`traffic for ${duration(time)}, a fork every ${duration(forkEvery)}, seed ${seed}`)
  let told = 0
  const sampled = ({ at, memory, lag, height }: SoakSample) => {
    if (at < told) return
    told = at + time / 40
    const mib = memory === undefined ? 'memory unknown' : `${Math.round(memory / 2 ** 20)} MiB`
    say(`${duration(at)}: block ${height}, ${lag} behind, ${mib}, ${duration(time - at)} left`)
  }
  const { log, ...result } = await soak(server, {
    seconds: time,
    forkEverySeconds: forkEvery,
    seed,
    sampled,
  })
  const failed = result.findings.length > 0
  if (failed) say(['FAILED', ...result.findings, keepLog(log, `soak-${seed}`)].join('\n    '))
  console.log(JSON.stringify(result, null, json ? 2 : 0))
  return !failed
}

function names(): string {
  return SCENARIOS.map(({ name }) => name).join('; ')
}

function line(round: PlayedRound, rounds: number, seconds: number): string {
  const { number, seed, faults, findings, height, rows, answers } = round
  const left = duration(((rounds - number) * seconds) / number)
  const took = `${round.seconds.toFixed(1)} s, block ${height}, ${rows} rows`
  const wrong = `${answers.wrong} of ${answers.all} answers wrong`
  const head = `round ${number} of ${rounds}, seed ${seed}: ${faults}; ${wrong}; ${took}`
  if (findings.length === 0) return `${head}; ok, ${left} left`
  const { replay, logFile } = round
  return [`${head}; FAILED`, ...findings, `log: ${logFile}`, `again: ${replay}`].join('\n    ')
}

/** Progress goes to stderr: stdout is the result alone. */
function say(text: string): void {
  console.error(`faults: ${text}`)
}

function seconds(text: string): number {
  const [, number, unit] = /^(\d+)(s|m|h)$/.exec(text) ?? []
  const scale = { s: 1, m: 60, h: 3600 }[unit ?? '']
  if (scale !== undefined && Number(number) > 0) return Number(number) * scale
  throw new InvalidArgumentError('expected a time such as 30s, 20m or 1h.')
}

function whole(minimum: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (Number.isSafeInteger(value) && value >= minimum) return value
    throw new InvalidArgumentError(`expected a whole number of at least ${minimum}.`)
  }
}
