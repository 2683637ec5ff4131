const OPENING = new Set(['{', '[', '('])
const CLOSING = new Set(['}', ']', ')'])

/** What of a query holds no structure: block strings, strings, comments. */
const TEXT = /"""(?:\\"""|[^"]|"(?!""))*"""|"(?:\\.|[^"\\\n\r])*"|#[^\n\r]*/g

/** How deep the braces, brackets and parentheses of a query are within each other. */
export function queryNesting(query: string): number {
  let depth = 0
  let deepest = 0
  for (const character of query.replace(TEXT, '')) {
    if (OPENING.has(character)) {
      depth += 1
      deepest = Math.max(deepest, depth)
    } else if (CLOSING.has(character)) depth -= 1
  }
  return deepest
}

/**
 * Whether objects and arrays of a JSON value are deeper within each other than `limit`. Without
 * recursion: what is written deeply enough would overflow the stack of whoever looks.
 */
export function isNestedBeyond(value: unknown, limit: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true
    level = level.flatMap((one) => (isObject(one) ? Object.values(one).filter(isObject) : []))
  }
  return false
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
