import type { Parameters } from '../parameters'
import type { ScopeTerm } from './scope-term'

/**
 * SQL: a key column has one of the terms. Exact values are one test; each pattern and range is its
 * own, for only so does an index serve it.
 */
export function hasTerm(
  column: string,
  terms: readonly ScopeTerm[],
  parameters: Parameters,
): string {
  const keys = terms.flatMap((term) => (term.form === 'exact' ? [term.key] : []))
  const arms = keys.length === 0 ? [] : [isOneOf(column, keys, parameters)]
  for (const term of terms) {
    if (term.form === 'pattern') arms.push(`${column} LIKE ${parameters.add(term.like)}::text`)
    if (term.form !== 'range') continue
    const [from, to] = [parameters.add(term.from), parameters.add(term.to)]
    const width = parameters.add(term.width)
    arms.push(isInRange(column, `${from}::text`, `${to}::text`, `${width}::int`))
  }
  return arms.length === 0 ? 'false' : `(${arms.join(' OR ')})`
}

/** SQL: a column has one of some values. */
export function isOneOf(column: string, keys: readonly string[], parameters: Parameters): string {
  // Only after an equality is an index known to go on in the order of its next column.
  if (keys.length === 1) return `${column} = ${parameters.add(keys[0])}::text`
  return `${column} = ANY(${parameters.add(keys)}::text[])`
}

/**
 * SQL: a key lies in a range. Between the ends by code point lies also what is longer than they, or
 * has a letter in the place of a digit.
 */
export function isInRange(key: string, from: string, to: string, width: string): string {
  return `(${key} COLLATE "C" BETWEEN ${from} AND ${to}
      AND length(${key}) = length(${from}) AND right(${key}, ${width}) !~ '[^0-9]')`
}
