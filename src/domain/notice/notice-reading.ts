/** What a recall notice proposes; a person decides. */
export interface NoticeReading {
  /** In the order of the text, grouped as the notice groups them. */
  scopes: readonly ProposedScope[]
  /** Everything else that is not punctuation, in the order of the text. */
  notUnderstood: readonly NoticeQuote[]
}

/** One entry of the notice as a scope. */
export interface ProposedScope {
  scope: ProposedScopeValues
  /**
   * Model, catalogue and part numbers as printed. They are no UDI-DIs, so `scope.models` does not
   * hold them: a person looks up their UDI-DIs.
   */
  modelNames: readonly string[]
  /** Versions of software, which no scope can hold. */
  versions: readonly string[]
  /** Dates that stand beside lots and serials, as printed. They do not narrow the scope. */
  dates: readonly NoticeDate[]
  /** The text speaks of all lots, serials or units. */
  all: boolean
  /** The stretch of the notice that says so, and its offset in UTF-16 units from 0. */
  quote: string
  at: number
  /** What a person should look at before the scope is used. */
  warnings: readonly string[]
}

/** Fields of a recall scope; null where the notice names nothing for one. */
export interface ProposedScopeValues {
  /** GTINs with a right check digit, as printed. */
  models: readonly string[] | null
  /** As printed; a range as `A100..A199`. */
  lots: readonly string[] | null
  serials: readonly string[] | null
  /** Inclusive, YYYY-MM-DD. */
  manufacturedFrom: string | null
  manufacturedTo: string | null
  expiresFrom: string | null
  expiresTo: string | null
}

export interface NoticeDate {
  kind: 'EXPIRY' | 'MANUFACTURE'
  /** The one lot or serial that the date stands beside; null where it may be several. */
  of: string | null
  printed: string
  /** YYYY-MM-DD; null where only a month is printed, or where two readings are possible. */
  date: string | null
}

/** A part of the notice that is left to a person. */
export interface NoticeQuote {
  text: string
  /** Offset in UTF-16 units from 0. */
  at: number
  reason: string
}
