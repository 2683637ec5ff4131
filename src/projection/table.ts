/** Rows of one kind: those loaded, overlaid with those that the batch made or changed. */
export class Table<Id extends string, Row extends { readonly id: Id }> {
  private readonly changed = new Map<Id, Row>()

  constructor(private readonly before: ReadonlyMap<Id, Row>) {}

  get(id: Id): Row | undefined {
    return this.changed.get(id) ?? this.before.get(id)
  }

  /** What the batch made or changed; does not keep what was loaded. */
  changes(): ReadonlyMap<Id, Row> {
    return this.changed
  }

  put(row: Row): Row {
    this.changed.set(row.id, row)
    return row
  }

  /** Rows that were not loaded. */
  inserted(): Row[] {
    return [...this.changed.values()].filter((row) => !this.before.has(row.id))
  }

  /** Rows that were loaded and became another value. */
  updated(): Row[] {
    return [...this.changed.values()].filter((row) => this.before.has(row.id))
  }
}
