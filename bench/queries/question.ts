import type { Sql } from '../../src/query/sql'
import type { Random } from '../random'

/**
 * Resolves when the answer is there. The function that it gives puts the answer in the form in
 * which both ways are compared; the clock is stopped by then.
 */
export type Asked = () => unknown

/** The whole way through the API. */
export interface GraphqlRequest {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** One question with its arguments, answered in two ways. */
export interface Trial {
  /** With the function that the API calls. */
  ours(sql: Sql): Promise<Asked>
  /** With SQL written by hand for exactly this question. */
  byHand(sql: Sql): Promise<Asked>
  readonly request: GraphqlRequest
}

/** A question of the API and how it is measured. */
export interface Question {
  readonly name: string
  /** The median of ours may be at most so many times that of the SQL; absent: no bar. */
  readonly bar?: number
  /** Measured rounds, each with arguments of its own. */
  readonly rounds: number
  /** Looks up what the arguments are drawn from. */
  prepare(sql: Sql, random: Random): Promise<() => Trial>
  /** A first page whose median this one may exceed by a factor. */
  readonly comparedWith?: { readonly question: string; readonly bar: number }
}

/** What most point questions and first pages may cost: issue 3, acceptance 2. */
export const SQL_BAR = 1.5
/** What the hundredth page may cost beside the first. */
export const PAGE_BAR = 1.3
