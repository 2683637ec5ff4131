/** One thing that is on record and should be otherwise. */
export interface Difference {
  /** Id of the row: a device, a period, a block. */
  readonly subject: string
  /** What of it differs: a column, or a word for it. */
  readonly field: string
  /** What the ledger says; null for nothing. */
  readonly recorded: string | null
  /** What the facts, or the chain, say; null for nothing. */
  readonly expected: string | null
}

/** Differences told of one rule; the others are counted. */
export const DIFFERENCES_TOLD = 20

/** What was found out by one rule. */
export interface Found {
  /** Rows that were looked at. */
  readonly checked: number
  readonly count: number
  /** The first of them, at most `DIFFERENCES_TOLD`. */
  readonly first: readonly Difference[]
}

/** What came of one rule. */
export interface RuleResult extends Found {
  readonly name: string
  readonly proves: string
  /** Seconds that it took. */
  readonly seconds: number
  /** Why the rule could not be checked, or not to the end, and what to do; null where it was. */
  readonly unchecked: string | null
}

/** Told how a check goes on: the rule at work, and units done of how many for the long one. */
export type CheckProgress = (rule: string, done?: number, of?: number) => Promise<void>

/** Collects differences one by one: counts all, keeps the first. */
export class Differences {
  count = 0
  readonly first: Difference[] = []

  add(difference: Difference): void {
    this.count++
    if (this.first.length < DIFFERENCES_TOLD) this.first.push(difference)
  }
}
