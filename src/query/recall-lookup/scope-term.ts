import { textKey } from '../../domain/identity-key'

/** A value of a scope as given, and the form in which it is compared. */
export interface ExactTerm {
  form: 'exact'
  value: string
  key: string
}

/** `*` stands for any run of characters, also none, and `?` for exactly one. */
export interface PatternTerm {
  form: 'pattern'
  value: string
  /** For LIKE, with its own metacharacters escaped by a backslash. */
  like: string
}

/**
 * Numbers of one width after one prefix, both ends included: A100..A199 has A150, but neither A1500
 * nor A15B.
 */
export interface RangeTerm {
  form: 'range'
  value: string
  /** Keys of the two ends. */
  from: string
  to: string
  /** Digits at the end of each key. */
  width: number
  /** How many numbers it spans. */
  size: bigint
}

export type ScopeTerm = ExactTerm | PatternTerm | RangeTerm

/** Why a value cannot be used. */
export interface Refused {
  refused: string
}

/**
 * Reads a lot or serial of a scope: a pattern if it holds `*` or `?`, a range if it holds `..`,
 * else one value. Reads the key, not the text, so that compatibility characters (U+2026, U+FF0A)
 * mean what they stand for. What is neither is refused: a guessed range names wrong units.
 */
export function readTerm(value: string): ScopeTerm | Refused {
  const key = textKey(value)
  if (key.includes('..')) return readRange(value, key)
  if (/[*?]/.test(key)) return readPattern(value, key)
  return { form: 'exact', value, key }
}

function readPattern(value: string, key: string): PatternTerm | Refused {
  if (/^[*?]+$/.test(key)) {
    const todo = 'leave the field out to ask for any value'
    return { refused: `the pattern holds nothing but wildcards, so it names nothing; ${todo}` }
  }
  const escaped = key.replace(/[\\%_]/g, '\\$&')
  const like = escaped.replace(/\*+/g, '%').replaceAll('?', '_')
  return { form: 'pattern', value, like }
}

const NUMBERED = /^(.*?)([0-9]+)$/su

function readRange(value: string, key: string): RangeTerm | Refused {
  const ends = key.split('..').map((end) => end.trim())
  const [from, to] = ends
  if (ends.length !== 2 || !from || !to || to.startsWith('.')) {
    return refusedRange('expected two values with .. between them, such as A100..A199')
  }
  if (/[*?]/.test(key)) return refusedRange('its ends hold wildcards')
  const first = NUMBERED.exec(from)
  const last = NUMBERED.exec(to)
  if (first === null || last === null) return refusedRange('both ends must end in digits')
  const [, prefix = '', low = ''] = first
  const [, otherPrefix = '', high = ''] = last
  if (prefix !== otherPrefix) {
    return refusedRange(`its ends begin differently: "${prefix}" and "${otherPrefix}"`)
  }
  if (low.length !== high.length) {
    return refusedRange(`its ends have ${low.length} and ${high.length} digits`)
  }
  if (low > high) return refusedRange(`${from} comes after ${to}`)
  const size = BigInt(high) - BigInt(low) + 1n
  return { form: 'range', value, from, to, width: low.length, size }
}

function refusedRange(why: string): Refused {
  return { refused: `no range: ${why}` }
}
