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

/** What a JSON value is made of. */
export interface JsonShape {
  /** Objects and arrays within each other. */
  depth: number
  /** Objects, not counting arrays. */
  objects: number
}

/**
 * The shape of a JSON value, as far as `deepest`. Without recursion: what is written deeply enough
 * would overflow the stack of whoever looks.
 */
export function jsonShape(value: unknown, deepest: number): JsonShape {
  let objects = 0
  let depth = 0
  let level = [value].filter(isObject)
  while (level.length > 0 && depth <= deepest) {
    depth += 1
    objects += level.filter((one) => !Array.isArray(one)).length
    level = level.flatMap((one) => Object.values(one).filter(isObject))
  }
  return { depth, objects }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
