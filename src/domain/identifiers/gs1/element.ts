/** One GS1 element: what it is, what it says, and where. */
export interface Gs1Element {
  /** Application identifier, two to four digits. */
  readonly ai: string
  readonly value: string
  /** Where the value begins, counted from 1. */
  readonly at: number
}

/** FNC1 between two elements, as scanners transmit it: the control character GS. */
export const SEPARATOR = '\u001d'

/** As printed below a bar code; a bracket in a value is written `\(`. */
export function inBrackets(elements: readonly Gs1Element[]): string {
  return elements.map(({ ai, value }) => `(${ai})${value.replaceAll('(', '\\(')}`).join('')
}
