import { textTable } from '../text-table'
import {
  type Growth,
  grewWithTable,
  type QuestionPlans,
  type WrongScan,
  wrongScans,
} from './plan-rules'

/** What the plans of all questions say, in data of full size and of a quarter of it. */
export interface PlansReport {
  readonly devices: number
  readonly questions: readonly {
    question: string
    statements: number
    pages: number
    rows: number
  }[]
  readonly wrongScans: readonly WrongScan[]
  /** Questions whose answer is the same in both data, but whose work is not. */
  readonly grew: readonly Growth[]
  readonly met: boolean
}

/**
 * @param found of all questions, in full size
 * @param large of the questions of one size, in full size
 * @param small the same in a quarter of it
 */
export function plansReport(
  devices: number,
  found: readonly QuestionPlans[],
  [small, large]: readonly [readonly QuestionPlans[], readonly QuestionPlans[]],
): PlansReport {
  const scans = wrongScans([...found, ...large])
  const grew = grewWithTable(small, large)
  return {
    devices,
    questions: found.map(({ question, plans, pages, rows }) => ({
      question,
      statements: plans.length,
      pages,
      rows,
    })),
    wrongScans: scans,
    grew,
    met: scans.length === 0 && grew.length === 0,
  }
}

/** The report for people. */
export function plansAsText({ devices, questions, wrongScans: scans, grew, met }: PlansReport) {
  const count = (value: number) => value.toLocaleString('en-US')
  return [
    `plans: ${count(devices)} devices`,
    '',
    ...textTable([
      ['', 'statements', 'pages', 'rows read'],
      ...questions.map(({ question, statements, pages, rows }) => [
        question,
        count(statements),
        count(pages),
        count(rows),
      ]),
    ]),
    '',
    ...scans.map(
      ({ question, table, rows, statement }) =>
        `${question} reads all of ${table}, ${count(rows)} rows:\n${statement}`,
    ),
    ...grew.map(
      ({ question, pages, rows }) =>
        `${question} grows with the table: from ${pages.map(count).join(' to ')} pages, ` +
        `from ${rows.map(count).join(' to ')} rows`,
    ),
    met ? 'Every plan keeps the rules.' : 'NOT every plan keeps the rules.',
  ].join('\n')
}
