import { Parameters } from '../parameters'
import type { RecallLookup } from '../recall-lookup'
import type { Sql } from '../sql'
import { fieldTests, identityWasStated, included, matchedSql, notExcluded } from './matching-units'
import { VALUE_FIELDS, type ValueField } from './scope'
import type { ScopeTerm } from './scope-term'
import { fitsTerm, termRows } from './term-rows'

/** What a usable value of the scope brought. */
export interface ScopeValueUnits {
  field: ValueField
  value: string
  /** Units in scope that have it. A unit can have several values. */
  units: number
  /**
   * Of a range: its numbers that no unit has which the other fields do not exclude. Null for
   * everything else, and where the scope matches nothing.
   */
  numbersNotOnRecord: bigint | null
}

const COLUMNS: Readonly<Record<ValueField, string>> = {
  models: 'model_id',
  lots: 'lot_key',
  serials: 'serial_key',
  deviceIds: 'id',
}

/** What a term brought, by its place in its field; a term that brought nothing may be absent. */
type Brought = ReadonlyMap<number, { units: number; known: number }>

/** The units in scope that each value brought, field by field in the order given. */
export async function recallScopeValues(
  sql: Sql,
  lookup: RecallLookup,
): Promise<ScopeValueUnits[]> {
  const answers: ScopeValueUnits[] = []
  for (const field of VALUE_FIELDS) {
    const terms: readonly ScopeTerm[] = lookup.scope.asked[field] ?? []
    const exact = await broughtByKeys(sql, lookup, field, terms)
    const loose = await broughtByPatterns(sql, lookup, field, terms)
    for (const [index, term] of terms.entries()) {
      const units = (exact.get(index) ?? loose.get(index))?.units ?? 0
      const counts = term.form === 'range' && !lookup.scope.matchesNothing
      const known = BigInt(loose.get(index)?.known ?? 0)
      const numbersNotOnRecord = counts ? term.size - known : null
      answers.push({ field, value: term.value, units, numbersNotOnRecord })
    }
  }
  return answers
}

async function broughtByKeys(
  sql: Sql,
  lookup: RecallLookup,
  field: ValueField,
  terms: readonly ScopeTerm[],
): Promise<Brought> {
  const named = field === 'models' ? modelIds(lookup) : keysOf(terms)
  if (named.length === 0) return new Map()
  const parameters = new Parameters()
  const block = lookup.asOf.isHead ? null : parameters.add(lookup.asOf.height)
  const scope = matchedSql(lookup, 'IN_SCOPE', parameters, block)
  const keys = parameters.add(named.map(({ key }) => key))
  const places = parameters.add(named.map(({ index }) => index))
  const rows = await sql<{ index: number; units: number }>(
    `SELECT named.index AS "index", sum(held.units)::int AS "units"
    FROM unnest(${keys}::text[], ${places}::int[]) AS named(key, index)
    JOIN (
      SELECT ${COLUMNS[field]}::text AS key, count(*) AS units FROM (${scope}) AS scope GROUP BY 1
    ) AS held USING (key)
    GROUP BY named.index`,
    parameters.values,
  )
  return new Map(rows.map(({ index, units }) => [index, { units, known: 0 }]))
}

// Each term by its own walk of the index: a unit has a key, so its identity was stated.
async function broughtByPatterns(
  sql: Sql,
  lookup: RecallLookup,
  field: ValueField,
  terms: readonly ScopeTerm[],
): Promise<Brought> {
  const loose = placed(terms).filter(({ term }) => term.form !== 'exact')
  if (loose.length === 0 || lookup.scope.matchesNothing) return new Map()
  const parameters = new Parameters()
  const others = fieldTests(lookup, parameters, field)
  const tests = [fitsTerm(COLUMNS[field]), notExcluded(others)]
  if (!lookup.asOf.isHead) {
    const block = parameters.add(lookup.asOf.height)
    tests.push(`block_height <= ${block}`, identityWasStated(block))
  }
  const rows = await sql<{ n: number; units: number; known: number }>(
    `SELECT term.n::int AS "n", count(*) FILTER (WHERE ${included(others)})::int AS "units",
      count(DISTINCT CASE WHEN term.width IS NOT NULL THEN ${COLUMNS[field]} END)::int AS "known"
    FROM ${termRows(
      loose.map(({ term }) => term),
      parameters,
    )} JOIN device ON ${tests.join(' AND ')}
    GROUP BY term.n`,
    parameters.values,
  )
  return new Map(
    rows.flatMap(({ n, ...brought }) => {
      const term = loose[n - 1]
      return term === undefined ? [] : [[term.index, brought] as const]
    }),
  )
}

function placed<Term>(terms: readonly Term[]): { term: Term; index: number }[] {
  return terms.map((term, index) => ({ term, index }))
}

function keysOf(terms: readonly ScopeTerm[]): { key: string; index: number }[] {
  return placed(terms).flatMap(({ term, index }) =>
    term.form === 'exact' ? [{ key: term.key, index }] : [],
  )
}

/** The ids of the models that each value names. */
function modelIds({ models, scope }: RecallLookup): { key: string; index: number }[] {
  const ids = new Map<string, string[]>()
  for (const { id, key } of models?.named ?? []) {
    const known = ids.get(key)
    if (known === undefined) ids.set(key, [id])
    else known.push(id)
  }
  return placed(scope.asked.models ?? []).flatMap(({ term, index }) =>
    (ids.get(term.key) ?? []).map((key) => ({ key, index })),
  )
}
