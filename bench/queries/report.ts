import type { Surroundings } from '../surroundings'
import { textTable } from '../text-table'
import type { Measured } from './measure'
import type { RowCount } from './row-counts'

/** A bar beside those of the table, such as that of the hundredth page. */
export interface Check {
  readonly what: string
  readonly value: number
  readonly bar: number
  /** Whether the value is within the bar. */
  readonly met: boolean
}

/** Everything that a run of the program found out; printed as it is with `--format json`. */
export interface QueriesReport {
  readonly devices: number
  readonly seed: number
  readonly surroundings: Surroundings
  readonly rows: readonly RowCount[]
  readonly measured: readonly Measured[]
  readonly checks: readonly Check[]
  /** Every bar was met. */
  readonly met: boolean
}

/** Adds the bars that compare one question with another. */
export function reportOf(found: Omit<QueriesReport, 'checks' | 'met'>): QueriesReport {
  const checks = [...pageChecks(found.measured), ...rateChecks(found.measured)]
  const within = found.measured.every(({ ratio, bar }) => bar === undefined || ratio <= bar)
  return { ...found, checks, met: within && checks.every(({ met }) => met) }
}

function pageChecks(measured: readonly Measured[]): Check[] {
  return measured.flatMap(({ question, ours, comparedWith }) => {
    const first = measured.find((other) => other.question === comparedWith?.question)
    if (comparedWith === undefined || first === undefined) return []
    const value = ours.p50 / first.ours.p50
    const { bar } = comparedWith
    return [{ what: `${question}, over page 1`, value, bar, met: value <= bar }]
  })
}

export const SINGLE_LOOKUP = 'lookupDevices, 1 identifier'
export const MANY_LOOKUPS = 'lookupDevices, 10,000 identifiers'
const RATE_BAR = 20

/** Of requests, as the API gets them: where it was not asked there is nothing to compare. */
function rateChecks(measured: readonly Measured[]): Check[] {
  const [one, many] = [SINGLE_LOOKUP, MANY_LOOKUPS].map(
    (name) => measured.find(({ question }) => question === name)?.http,
  )
  if (one === undefined || many === undefined) return []
  const value = (10_000 * one.p50) / many.p50
  const what = 'rate of 10,000 lookups in one request over that of single requests'
  return [{ what, value, bar: RATE_BAR, met: value >= RATE_BAR }]
}

/** The report for people. */
export function asText(report: QueriesReport): string {
  const { surroundings: at, devices, seed, rows, measured, checks, met } = report
  const versions = Object.entries(at.versions).map(([name, version]) => `${name} ${version}`)
  return [
    `queries: ${count(devices)} devices, seed ${seed}`,
    `${at.processor}, ${at.cores} cores, ${at.memoryGiB} GiB, ${at.system}, load ${at.loadBefore}`,
    versions.join(', '),
    rows.map(({ table, rows: found }) => `${table} ${count(found)}`).join(', '),
    '',
    'Milliseconds; "SQL" is written by hand for exactly the question.',
    ...textTable([
      ['', 'p50', 'p95', 'SQL p50', 'SQL p95', 'ratio', 'bar', '', 'HTTP p50', 'rounds'],
      ...measured.map(row),
    ]),
    '',
    ...checks.map(
      ({ what, value, bar, met: ok }) =>
        `${what}: ${value.toFixed(2)}; the bar is ${bar}: ${ok ? 'met' : 'MISSED'}`,
    ),
    met ? 'Every bar is met.' : 'NOT every bar is met.',
  ].join('\n')
}

function row({ question, ours, byHand, ratio, bar, http, rounds }: Measured): string[] {
  return [
    question,
    time(ours.p50),
    time(ours.p95),
    time(byHand.p50),
    time(byHand.p95),
    ratio.toFixed(2),
    bar === undefined ? '' : String(bar),
    bar === undefined ? '' : ratio <= bar ? 'met' : 'MISSED',
    http === undefined ? '' : time(http.p50),
    String(rounds),
  ]
}

function time(milliseconds: number): string {
  return milliseconds.toFixed(milliseconds < 10 ? 2 : milliseconds < 100 ? 1 : 0)
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}
