import { gtinProblem } from '../../domain/identifiers/gtin'
import type { RecallLookup } from '../recall-lookup'
import type { Sql } from '../sql'
import { MATCHED, matchParameters } from './matching-units'
import { type ScopeValue, type UnmatchedScopeValue, VALUE_FIELDS, type ValueField } from './scope'

interface Found {
  field: ValueField
  key: string
  /** On record at the block of the answer. */
  known: boolean
}

// A unit that the record cannot exclude has matched by what it has.
const UNMATCHED = `
  WITH ${MATCHED},
  model_value AS (
    SELECT given.key, array_agg(named.id) FILTER (WHERE named.id IS NOT NULL) AS ids
    FROM unnest($7::text[]) AS given(key)
    LEFT JOIN unnest($2::text[], $8::text[]) AS named(id, key) USING (key)
    GROUP BY given.key
  )
  SELECT 'models' AS "field", key, ids IS NOT NULL AS "known" FROM model_value
  WHERE NOT COALESCE(ids && ARRAY(
    SELECT DISTINCT model_id::text FROM matched WHERE model_id IS NOT NULL), false)
  UNION ALL
  SELECT 'lots', key, EXISTS (SELECT FROM device WHERE lot_key = key AND identity_block <= $1)
  FROM unnest($4::text[]) AS given(key)
  WHERE key NOT IN (SELECT lot_key FROM matched WHERE lot_key IS NOT NULL)
  UNION ALL
  SELECT 'serials', key, EXISTS (SELECT FROM device WHERE serial_key = key AND identity_block <= $1)
  FROM unnest($5::text[]) AS given(key)
  WHERE key NOT IN (SELECT serial_key FROM matched WHERE serial_key IS NOT NULL)
  UNION ALL
  SELECT 'deviceIds', key, EXISTS (SELECT FROM device WHERE id = key AND block_height <= $1)
  FROM unnest($6::text[]) AS given(key)
  WHERE key NOT IN (SELECT id FROM matched)`

const NOUNS: Readonly<Record<ValueField, string>> = {
  models: 'model',
  lots: 'lot',
  serials: 'serial',
  deviceIds: 'id',
}

/**
 * Every value of the scope that matched nothing or was refused, with the reason, in the order
 * given.
 */
export async function recallUnmatched(
  sql: Sql,
  lookup: RecallLookup,
): Promise<UnmatchedScopeValue[]> {
  const { scope, models } = lookup
  if (scope.matchesNothing) return [...scope.refused, ...notLookedUp(lookup)]
  const rows = await sql<Found>(UNMATCHED, [
    ...matchParameters(lookup),
    scope.asked.get('models')?.map(({ key }) => key) ?? [],
    models?.named.map(({ key }) => key) ?? [],
  ])
  const found = new Map(rows.map((row) => [`${row.field} ${row.key}`, row]))
  const missed = eachValue(lookup, (field, { value, key }) => {
    const row = found.get(`${field} ${key}`)
    return row && { field, value, reason: reasonOf(field, value, row.known) }
  })
  return [...scope.refused, ...missed]
}

function reasonOf(field: ValueField, value: string, known: boolean): string {
  const noun = NOUNS[field]
  if (field === 'models' && known)
    return 'the model is on record, but no unit of it that the scope names'
  if (known) return `units on record have this ${noun}, but none that the other fields name as well`
  const hint = field === 'models' ? gtinProblem(value.trim()) : undefined
  return `no unit on record has this ${noun}${hint === undefined ? '' : `: ${hint}`}`
}

function notLookedUp(lookup: RecallLookup): UnmatchedScopeValue[] {
  const reason = 'not looked up: another field has no usable value, so the scope matches nothing'
  return eachValue(lookup, (field, { value }) => ({ field, value, reason }))
}

function eachValue(
  { scope }: RecallLookup,
  judge: (field: ValueField, value: ScopeValue) => UnmatchedScopeValue | undefined,
): UnmatchedScopeValue[] {
  return VALUE_FIELDS.flatMap((field) =>
    (scope.asked.get(field) ?? []).flatMap((value) => judge(field, value) ?? []),
  )
}
