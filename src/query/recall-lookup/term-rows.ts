import type { Parameters } from '../parameters'
import type { ScopeTerm } from './scope-term'
import { isInRange } from './term-sql'

/** After every text that begins as the one before it, by code point. */
const LAST_CHARACTER = '\u{10FFFF}'

/**
 * SQL: the terms of a field as the rows of `term`, whose column `n` counts them from 1. Each holds
 * the bounds of its keys, so that an index on the keys serves the search for each.
 */
export function termRows(terms: readonly ScopeTerm[], parameters: Parameters): string {
  const bounds = terms.map(boundsOf)
  const low = parameters.add(bounds.map(([from]) => from))
  const high = parameters.add(bounds.map(([, to]) => to))
  const like = parameters.add(terms.map((term) => (term.form === 'pattern' ? term.like : null)))
  const width = parameters.add(terms.map((term) => (term.form === 'range' ? term.width : null)))
  return `unnest(${low}::text[], ${high}::text[], ${like}::text[], ${width}::int[])
    WITH ORDINALITY AS term(low, high, pattern, width, n)`
}

/** SQL over `term`: a key is one that the term names. */
export function fitsTerm(key: string): string {
  return `${key} COLLATE "C" BETWEEN term.low AND term.high
      AND (term.pattern IS NULL OR ${key} LIKE term.pattern)
      AND (term.width IS NULL OR ${isInRange(key, 'term.low', 'term.high', 'term.width')})`
}

function boundsOf(term: ScopeTerm): [string, string] {
  if (term.form === 'exact') return [term.key, term.key]
  if (term.form === 'range') return [term.from, term.to]
  const prefix = /^(?:\\.|[^\\%_])*/su.exec(term.like)?.[0].replace(/\\(.)/gsu, '$1') ?? ''
  return [prefix, prefix + LAST_CHARACTER]
}
