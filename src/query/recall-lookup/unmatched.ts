import { gtinProblem } from '../../domain/identifiers/gtin'
import type { RecallLookup } from '../recall-lookup'
import type { Sql } from '../sql'
import { missedModels, missedTerms, missedWindow } from './missed-terms'
import { nearMisses } from './near-misses'
import { type UnmatchedScopeValue, VALUE_FIELDS } from './scope'
import type { ExactTerm, ScopeTerm } from './scope-term'

/**
 * Every value of the scope that matched nothing or was refused, with the reason: first the refused
 * ones, then each field in the order given. A unit that the record cannot exclude has matched by
 * what it has.
 */
export async function recallUnmatched(
  sql: Sql,
  lookup: RecallLookup,
): Promise<UnmatchedScopeValue[]> {
  const { asked, refused, matchesNothing } = lookup.scope
  if (matchesNothing) return [...refused, ...notLookedUp(lookup)]
  return [
    ...refused,
    ...(await unmatchedModels(sql, lookup, asked.models ?? [])),
    ...(await unmatchedTexts(sql, lookup, 'lots', asked.lots ?? [])),
    ...(await unmatchedTexts(sql, lookup, 'serials', asked.serials ?? [])),
    ...(await unmatchedIds(sql, lookup, asked.deviceIds ?? [])),
    ...(await unmatchedWindows(sql, lookup)),
  ]
}

const OTHERS = 'but none that the other fields name as well'

async function unmatchedModels(
  sql: Sql,
  lookup: RecallLookup,
  terms: readonly ExactTerm[],
): Promise<UnmatchedScopeValue[]> {
  if (terms.length === 0) return []
  const missed = await missedModels(sql, lookup)
  const onRecord = new Set(lookup.models?.named.map(({ key }) => key))
  const reasonOf = ({ value, key }: ExactTerm) => {
    if (onRecord.has(key)) return 'the model is on record, but no unit of it that the scope names'
    const problem = gtinProblem(value.trim())
    return `no unit on record has this model${problem === undefined ? '' : `: ${problem}`}`
  }
  return terms
    .filter(({ key }) => missed.has(key))
    .map((term) => ({ field: 'models', value: term.value, reason: reasonOf(term) }))
}

const TEXTS = {
  lots: { column: 'lot_key', noun: 'lot' },
  serials: { column: 'serial_key', noun: 'serial' },
} as const

const SUCH: Readonly<Record<ScopeTerm['form'], (noun: string) => string>> = {
  exact: (noun) => `this ${noun}`,
  pattern: (noun) => `a ${noun} of this pattern`,
  range: (noun) => `a ${noun} in this range`,
}

async function unmatchedTexts(
  sql: Sql,
  lookup: RecallLookup,
  field: keyof typeof TEXTS,
  terms: readonly ScopeTerm[],
): Promise<UnmatchedScopeValue[]> {
  if (terms.length === 0) return []
  const { column, noun } = TEXTS[field]
  const missed = (await missedTerms(sql, lookup, field, terms)).flatMap(({ index, known }) => {
    const term = terms[index]
    return term === undefined ? [] : [{ term, known }]
  })
  const unknown = missed.flatMap(({ term, known }) =>
    term.form === 'exact' && !known ? [term.key] : [],
  )
  const near = await nearMisses(sql, lookup, column, unknown)
  return missed.map(({ term, known }) => {
    const such = SUCH[term.form](noun)
    const { value } = term
    if (known) return { field, value, reason: `units on record have ${such}, ${OTHERS}` }
    const hint = term.form === 'exact' ? hintOf(term, near.get(term.key)) : ''
    return { field, value, reason: `no unit on record has ${such}${hint}` }
  })
}

const NEAR_SHOWN = 3

function hintOf({ value, key }: ExactTerm, near: readonly string[] | undefined): string {
  if (near !== undefined) {
    const are = near.length === 1 ? 'is' : 'are'
    const more = near.length > NEAR_SHOWN ? ` and ${near.length - NEAR_SHOWN} more` : ''
    return `; like it ${are} ${near.slice(0, NEAR_SHOWN).join(', ')}${more}`
  }
  const [from, to, ...others] = key.split(/\s+(?:-|TO|THROUGH)\s+/u)
  if (from === undefined || to === undefined || others.length > 0) return ''
  return `; if "${value.trim()}" is a range, write ${from}..${to}`
}

async function unmatchedIds(
  sql: Sql,
  lookup: RecallLookup,
  terms: readonly ExactTerm[],
): Promise<UnmatchedScopeValue[]> {
  if (terms.length === 0) return []
  const missed = await missedTerms(sql, lookup, 'deviceIds', terms)
  return missed.map(({ index, known }) => ({
    field: 'deviceIds',
    value: terms[index]?.value ?? '',
    reason: known ? `units on record have this id, ${OTHERS}` : 'no unit on record has this id',
  }))
}

const DATED = { manufacturedOn: 'was manufactured', expiresOn: 'expires' } as const

async function unmatchedWindows(sql: Sql, lookup: RecallLookup): Promise<UnmatchedScopeValue[]> {
  const unmatched: UnmatchedScopeValue[] = []
  for (const window of lookup.scope.windows) {
    const missed = await missedWindow(sql, lookup, window)
    if (missed === undefined) continue
    const { field, value } = window
    const reason = missed.known
      ? `units on record have a date in this window, ${OTHERS}`
      : `no unit on record ${DATED[window.of]} in this window of dates`
    unmatched.push({ field, value, reason })
  }
  return unmatched
}

function notLookedUp({ scope }: RecallLookup): UnmatchedScopeValue[] {
  const reason = 'not looked up: another field has no usable value, so the scope matches nothing'
  const values = VALUE_FIELDS.flatMap((field) =>
    (scope.asked[field] ?? []).map(({ value }) => ({ field, value, reason })),
  )
  return [...values, ...scope.windows.map(({ field, value }) => ({ field, value, reason }))]
}
