import { Command, InvalidArgumentError, Option } from 'commander'
import { surroundings } from '../surroundings'
import { openApi } from './api'
import { DEVICES_MIN } from './dataset/sizes'
import { type DatasetServer, joinServer, startDatasetServer } from './dataset-server'
import { type Measured, measure, Reader } from './measure'
import { type PlansReport, plansAsText, plansReport } from './plan-report'
import { plansOf } from './plan-rules'
import type { Question } from './question'
import { QUESTIONS, QUESTIONS_OF_ONE_SIZE } from './questions'
import { asText, type QueriesReport, reportOf } from './report'
import { rowCounts } from './row-counts'

interface Options {
  readonly devices: number
  readonly seed: number
  readonly rounds: number
  readonly only?: string
  readonly api: boolean
  readonly server?: string
  readonly serve?: true
  readonly plans?: true
  readonly kept?: true
  readonly format: 'table' | 'json'
}

/** `bench queries`: what each question costs, beside SQL written by hand for it. */
export function queriesCommand(): Command {
  return new Command('queries')
    .description('time of each question on a million devices, beside SQL written by hand')
    .option('--devices <number>', 'devices in the data', wholeNumber(DEVICES_MIN), 1_000_000)
    .option('--seed <number>', 'seed of the arguments', wholeNumber(0), 1)
    .option('--rounds <factor>', 'of each question, times its usual number', factor, 1)
    .option('--only <text>', 'only questions whose name holds it')
    .option('--kept', 'let the connection keep the plans of the SQL by hand too')
    .option('--no-api', 'leave out the way through the API')
    .option('--server <url>', 'a running server with the data, by a superuser: see --serve')
    .option('--plans', 'read the plans instead of the clock: no whole tables, no growth')
    .option('--serve', 'measure nothing: keep the server running and print its address')
    .addOption(new Option('--format <form>').choices(['table', 'json']).default('table'))
    .action(run)
}

async function run(options: Options): Promise<void> {
  const server = await (options.server === undefined
    ? startDatasetServer(say)
    : joinServer(options.server))
  try {
    const url = await server.open(options.devices, progressLine())
    if (options.serve) {
      console.log(`${url}\nserver ${server.url}\nCtrl-C stops it.`)
      await new Promise(() => {})
    }
    const { met, text, report } = await (options.plans
      ? readPlans(url, server, options)
      : measureAll(url, server, options))
    console.log(options.format === 'json' ? JSON.stringify(report, undefined, 2) : text)
    if (!met) process.exitCode = 1
  } finally {
    await server.stop()
  }
}

/** What a run found out, for programs and for people. */
interface Finding {
  readonly met: boolean
  readonly report: QueriesReport | PlansReport
  readonly text: string
}

async function measureAll(
  url: string,
  server: DatasetServer,
  { devices, seed, rounds, only, kept, api: wanted }: Options,
): Promise<Finding> {
  const at = surroundings(server.version)
  const reader = await Reader.open(url)
  const api = wanted ? await openApi(url) : undefined
  const measured: Measured[] = []
  try {
    for (const question of chosen(QUESTIONS, only)) {
      const found = await measure(reader, question, {
        seed,
        rounds,
        kept,
        api: api?.ask,
      })
      say(`${question.name}: ${found.ours.p50.toFixed(2)} ms, ${found.ratio.toFixed(2)} of the SQL`)
      measured.push(found)
    }
    const rows = await reader.inTransaction(rowCounts)
    const report = reportOf({ devices, seed, surroundings: at, rows, measured })
    return { met: report.met, report, text: asText(report) }
  } finally {
    await api?.close()
    await reader.close()
  }
}

async function readPlans(
  url: string,
  server: DatasetServer,
  { devices, seed, only }: Options,
): Promise<Finding> {
  const quarter = Math.max(DEVICES_MIN, Math.round(devices / 4))
  const plans = async (of: string, questions: readonly Question[]) => {
    const reader = await Reader.open(of)
    return plansOf(reader, chosen(questions, only), seed).finally(() => reader.close())
  }
  const found = await plans(url, QUESTIONS)
  const small = await plans(await server.open(quarter, progressLine()), QUESTIONS_OF_ONE_SIZE)
  const large = await plans(url, QUESTIONS_OF_ONE_SIZE)
  const report = plansReport(devices, found, [small, large])
  return { met: report.met, report, text: plansAsText(report) }
}

function chosen(questions: readonly Question[], only: string | undefined): readonly Question[] {
  return questions.filter(({ name }) => only === undefined || name.includes(only))
}

const PROGRESS_EVERY_MS = 2_000

/** A line now and then, with the time that is left judged by what the parts before took. */
function progressLine() {
  const start = performance.now()
  let told = Number.NEGATIVE_INFINITY
  return (done: number, next: string) => {
    const now = performance.now()
    if (now - told < PROGRESS_EVERY_MS) return
    told = now
    const left =
      done > 0.02 ? `, ${Math.round((((now - start) / done) * (1 - done)) / 1000)} s left` : ''
    say(`building the data: ${Math.round(done * 100)} %${left}, ${next}`)
  }
}

function wholeNumber(minimum: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (Number.isSafeInteger(value) && value >= minimum) return value
    throw new InvalidArgumentError(`expected a whole number of at least ${minimum}.`)
  }
}

function factor(text: string): number {
  const value = Number(text)
  if (value > 0 && value <= 100) return value
  throw new InvalidArgumentError('expected a number above 0, at most 100.')
}

/** Progress goes to stderr: stdout is the result alone. */
function say(line: string): void {
  console.error(`bench: ${line}`)
}
