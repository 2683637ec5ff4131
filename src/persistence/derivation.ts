/**
 * What columns of current state are by the facts, as SQL. The unwind assigns it and the consistency
 * check compares with it, so both must be one text.
 */
export interface Derivation {
  readonly table: string
  /** The name of the row within `joins` and `columns`. */
  readonly row: string
  /** Joins that find the facts of the row; each finds one at most. */
  readonly joins: string
  /** The expression of each column. */
  readonly columns: Readonly<Record<string, string>>
}

/** The columns as the left part of an UPDATE takes them. */
export function assignments({ columns }: Derivation): string {
  return Object.entries(columns)
    .map(([column, expression]) => `${column} = ${expression}`)
    .join(',\n    ')
}
