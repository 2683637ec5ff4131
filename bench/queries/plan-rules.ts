import type { Sql } from '../../src/query/sql'
import { Random } from '../random'
import type { Reader } from './measure'
import { type PlanReading, readPlan, recording, type TableScan } from './plans'
import type { Question } from './question'

/** Tables that grow with the devices: no question may read one from end to end. */
const GROWING = ['device', 'custody_period', 'device_event', 'recall_unit', 'block']

/**
 * A statement that uses so large a share of a table is right to read it from end to end: an index
 * would lead it through the same pages, and some of them twice.
 */
const SHARE_OF_TABLE = 0.2

/** What the statements of one question did. */
export interface QuestionPlans {
  readonly question: string
  readonly plans: readonly PlanReading[]
  readonly pages: number
  readonly rows: number
}

/** Asks each question once and reads the plans of what it sent. */
export async function plansOf(
  reader: Reader,
  questions: readonly Question[],
  seed: number,
): Promise<QuestionPlans[]> {
  const found: QuestionPlans[] = []
  for (const question of questions) {
    found.push(await reader.inTransaction((sql) => plansOfOne(sql, question, seed)))
  }
  return found
}

async function plansOfOne(sql: Sql, question: Question, seed: number): Promise<QuestionPlans> {
  const draw = await question.prepare(sql, new Random(seed))
  const recorded = recording(sql)
  await draw().ours(recorded.sql)
  const plans: PlanReading[] = []
  for (const statement of recorded.statements) plans.push(await readPlan(sql, statement))
  return {
    question: question.name,
    plans,
    pages: plans.reduce((sum, { pages }) => sum + pages, 0),
    rows: plans.reduce((sum, { rows }) => sum + rows, 0),
  }
}

/** A table that was read from end to end, and by which statement of which question. */
export interface WrongScan extends TableScan {
  readonly question: string
  readonly statement: string
}

/** Scans of growing tables for a small part of their rows, or for none. */
export function wrongScans(found: readonly QuestionPlans[]): WrongScan[] {
  return found.flatMap(({ question, plans }) =>
    plans.flatMap(({ scans, statement }) =>
      scans
        .filter(({ table }) => GROWING.includes(table))
        .filter(({ rows, kept }) => kept < SHARE_OF_TABLE * rows)
        .map((scan) => ({ question, ...scan, statement: statement.text })),
    ),
  )
}

/** The work of one question on two sizes of the tables, where its answer has the same size. */
export interface Growth {
  readonly question: string
  readonly pages: readonly [small: number, large: number]
  readonly rows: readonly [small: number, large: number]
}

/** Indexes grow by a level now and then; a statement of a few pages may touch one more of each. */
const PAGES_OF_LEVELS = 40
const ROWS_OF_CHANCE = 100
/** What a table of four times the size may cost for the same answer. */
const FACTOR = 1.5

/**
 * Questions whose work grew with the table. Rows of one unit lie apart in a large table, and a page
 * of its visibility map covers 256 MB of it: an entry that is read may take one page of that map
 * more, which is one for each entry at most, however large the table.
 */
export function grewWithTable(
  small: readonly QuestionPlans[],
  large: readonly QuestionPlans[],
): Growth[] {
  return small.flatMap((before) => {
    const after = large.find(({ question }) => question === before.question)
    if (after === undefined) throw new TypeError(`"${before.question}" was asked of one size only`)
    const within =
      after.pages <= FACTOR * before.pages + PAGES_OF_LEVELS + after.rows &&
      after.rows <= FACTOR * before.rows + ROWS_OF_CHANCE
    if (within) return []
    return [
      {
        question: before.question,
        pages: [before.pages, after.pages] as const,
        rows: [before.rows, after.rows] as const,
      },
    ]
  })
}
