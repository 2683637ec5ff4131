/**
 * The parameters of a statement whose text is made of parts: each part adds what it needs, so that
 * the text asks for nothing that the question does not.
 */
export class Parameters {
  readonly values: unknown[] = []

  /** @returns the placeholder of the value, such as `$3` */
  add(value: unknown): string {
    return `$${this.values.push(value)}`
  }

  /** Adds the values of a part that counts its placeholders itself; returns the first number. */
  addAll(values: readonly unknown[]): number {
    const first = this.values.length + 1
    this.values.push(...values)
    return first
  }
}
