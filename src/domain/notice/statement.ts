import type { LabelField } from './label-table'
import type { PrintedDate } from './printed-date'

/** What one label and its list say, or one part of the list. */
export interface Statement {
  field: LabelField | 'all'
  /** As printed; a range as `from..to`. */
  values: readonly string[]
  /** Dates that are printed beside the values. */
  dates: readonly PrintedDate[]
  /** A span of days that the text names as a condition. */
  window?: DateWindow
  /** Index of the first token, and index after the last. */
  first: number
  next: number
  /** It goes on with the list that the statement before it began. */
  continues: boolean
  /** The lot in whose parentheses it stands. */
  withinLot?: string
  /** It is part of the same UDI as the statement before it. */
  sameUdi: boolean
  /** No label says what the value is; its place before another label does. */
  unlabelled: boolean
}

/** Inclusive, YYYY-MM-DD; null where the text sets no bound. */
export interface DateWindow {
  from: string | null
  to: string | null
}

/** A statement with everything that is not given absent. */
export function statement(
  given: Pick<Statement, 'field' | 'first' | 'next'> & Partial<Statement>,
): Statement {
  return {
    values: [],
    dates: [],
    continues: false,
    sameUdi: false,
    unlabelled: false,
    ...given,
  }
}
