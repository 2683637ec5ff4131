import { isDeepStrictEqual } from 'node:util'
import { Client } from 'pg'
import { DeviceTrailError } from '../../src/domain/errors'
import { type Sql, statementOf } from '../../src/query/sql'
import { Random } from '../random'
import type { AskApi } from './api'
import type { Question, Trial } from './question'

/** Milliseconds. */
export interface Times {
  readonly p50: number
  readonly p95: number
}

/** What one question took, both ways, in the same rounds. */
export interface Measured {
  readonly question: string
  readonly rounds: number
  readonly ours: Times
  readonly byHand: Times
  /** Median of ours over that of the SQL. */
  readonly ratio: number
  readonly bar: number | undefined
  readonly comparedWith: Question['comparedWith']
  /** The whole way through the API; absent where it was not measured. */
  readonly http?: Times
}

/** One connection, and its questions in transactions like those of the API. */
export class Reader {
  private constructor(private readonly client: Client) {}

  static async open(databaseUrl: string): Promise<Reader> {
    const client = new Client({ connectionString: databaseUrl })
    await client.connect()
    return new Reader(client)
  }

  /** One snapshot, read only. */
  async inTransaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    await this.client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    try {
      return await work(
        async (...statement) => (await this.client.query(statementOf(...statement))).rows,
      )
    } finally {
      await this.client.query('ROLLBACK')
    }
  }

  close(): Promise<void> {
    return this.client.end()
  }
}

const HTTP_ROUNDS_MAX = 30

export interface MeasureOptions {
  readonly seed: number
  /** Share of the question's own number of rounds. */
  readonly rounds: number
  readonly api?: AskApi | undefined
  /** Plans of the SQL by hand may be kept too. */
  readonly kept?: boolean | undefined
}

/**
 * Measures one question. Each round draws arguments and answers with them in both ways: once
 * uncounted, to compare the answers and to have their rows in memory for both alike, then once by
 * the clock, taking turns at being first.
 *
 * @throws DeviceTrailError BENCH_ANSWERS_DIFFER
 */
export async function measure(
  reader: Reader,
  question: Question,
  { seed, rounds, api, kept }: MeasureOptions,
): Promise<Measured> {
  const random = new Random(seed)
  const draw = await reader.inTransaction((sql) => question.prepare(sql, random))
  const ours: number[] = []
  const byHand: number[] = []
  const http: number[] = []
  const count = Math.max(3, Math.round(question.rounds * rounds))
  for (let round = 0; round < count; round++) {
    const trial = draw()
    await requireSame(reader, question, trial)
    const ways = [
      async () => ours.push(await timed(reader, trial.ours)),
      async () => byHand.push(await timed(reader, kept ? keeping(trial.byHand) : trial.byHand)),
    ]
    for (const way of round % 2 === 0 ? ways : ways.reverse()) await way()
    if (api !== undefined && round < HTTP_ROUNDS_MAX) http.push(await api(trial.request))
  }
  const [mine, theirs] = [timesOf(ours), timesOf(byHand)]
  return {
    question: question.name,
    rounds: count,
    ours: mine,
    byHand: theirs,
    ratio: mine.p50 / theirs.p50,
    bar: question.bar,
    comparedWith: question.comparedWith,
    ...(http.length === 0 ? {} : { http: timesOf(http) }),
  }
}

async function requireSame(reader: Reader, { name }: Question, trial: Trial): Promise<void> {
  const ours = await reader.inTransaction(trial.ours)
  const byHand = await reader.inTransaction(trial.byHand)
  const [mine, theirs] = [comparable(ours()), comparable(byHand())]
  if (isDeepStrictEqual(mine, theirs)) return
  const shown = (answer: unknown) => JSON.stringify(answer)?.slice(0, 1_500)
  throw new DeviceTrailError({
    code: 'BENCH_ANSWERS_DIFFER',
    remedy: 'human',
    what:
      `"${name}" (${JSON.stringify(trial.request.variables).slice(0, 300)}): ours answers\n` +
      `${shown(mine)}\nand the SQL by hand\n${shown(theirs)}`,
    todo: 'Find out which of the two is wrong; a time for a wrong answer says nothing.',
  })
}

/** Without classes, and with sums of floating numbers freed of the order of their parts. */
function comparable(answer: unknown): unknown {
  const text = JSON.stringify(answer, (_, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(9)) : value,
  )
  return text === undefined ? undefined : JSON.parse(text)
}

function keeping(way: Trial['byHand']): Trial['byHand'] {
  return (sql) => way((text, parameters) => sql(text, parameters, 'kept'))
}

async function timed(reader: Reader, way: Trial['ours']): Promise<number> {
  return reader.inTransaction(async (sql) => {
    const start = performance.now()
    await way(sql)
    return performance.now() - start
  })
}

export function timesOf(milliseconds: readonly number[]): Times {
  const sorted = [...milliseconds].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95) }
}
