import { Parameters } from '../parameters'
import type { RecallLookup } from '../recall-lookup'
import type { Sql } from '../sql'
import type { DateWindow } from './date-window'
import {
  fieldTests,
  identityCameLater,
  identityWasStated,
  notExcluded,
  windowTest,
} from './matching-units'
import type { ScopeTerm } from './scope-term'
import { fitsTerm, termRows } from './term-rows'

/** A term of a scope that no unit has which the other fields do not exclude. */
export interface Missed {
  /** Place among the terms of its field, from 0. */
  index: number
  /** Units on record have it, but the other fields exclude them. */
  known: boolean
}

type KeyedField = 'lots' | 'serials' | 'deviceIds'

const KEY_COLUMNS = { lots: 'lot_key', serials: 'serial_key' } as const

// A search by index for each term, that ends with the first unit: as a join it would read all units
// of every term, or the whole table.
export async function missedTerms(
  sql: Sql,
  lookup: RecallLookup,
  field: KeyedField,
  terms: readonly ScopeTerm[],
): Promise<Missed[]> {
  const parameters = new Parameters()
  const block = blockOf(lookup, parameters)
  const others = notExcluded(fieldTests(lookup, parameters, field))
  const fits = field === 'deviceIds' ? 'id = term.low' : fitsTerm(KEY_COLUMNS[field])
  const unit = `SELECT true AS hit FROM device WHERE ${fits}`
  // Where nothing but the id of a unit was known, nothing excludes it.
  const later = field === 'deviceIds' && block !== null ? ` OR ${identityCameLater(block)}` : ''
  return sql<Missed>(
    `SELECT term.n::int - 1 AS "index", COALESCE(known.hit, false) AS "known"
    FROM ${termRows(terms, parameters)}
    LEFT JOIN LATERAL (
      ${unit} AND (${wasStated(block, others)}${later}) LIMIT 1
    ) AS touched ON true
    LEFT JOIN LATERAL (
      ${unit} AND touched.hit IS NULL AND (${wasStated(block, 'true')}${later}) LIMIT 1
    ) AS known ON true
    WHERE touched.hit IS NULL
    ORDER BY term.n`,
    parameters.values,
  )
}

/** SQL over `device`: its mint was on record by the block, and the other fields do not object. */
function wasStated(block: string | null, others: string): string {
  if (block === null) return others
  return `block_height <= ${block} AND ${identityWasStated(block)} AND ${others}`
}

/**
 * The keys of models that name no unit which the other fields do not exclude; a key can name
 * several models.
 */
export async function missedModels(sql: Sql, lookup: RecallLookup): Promise<ReadonlySet<string>> {
  const { models, scope } = lookup
  const parameters = new Parameters()
  const block = blockOf(lookup, parameters)
  const others = notExcluded(fieldTests(lookup, parameters, 'models'))
  const id = parameters.add(models?.named.map((model) => model.id) ?? [])
  const key = parameters.add(models?.named.map((model) => model.key) ?? [])
  const found = await sql<{ key: string }>(
    `SELECT DISTINCT named.key AS "key"
    FROM unnest(${id}::text[], ${key}::text[]) AS named(id, key)
    CROSS JOIN LATERAL (
      SELECT FROM device WHERE model_id = named.id AND ${wasStated(block, others)} LIMIT 1
    ) AS touched`,
    parameters.values,
  )
  const hit = new Set(found.map((row) => row.key))
  return new Set(scope.asked.models?.map((term) => term.key).filter((term) => !hit.has(term)))
}

/** Undefined where a unit has a date in the window that the other fields do not exclude. */
export async function missedWindow(
  sql: Sql,
  lookup: RecallLookup,
  window: DateWindow,
): Promise<Pick<Missed, 'known'> | undefined> {
  const parameters = new Parameters()
  const block = blockOf(lookup, parameters)
  const others = notExcluded(fieldTests(lookup, parameters, window.field))
  const { has } = windowTest(window, parameters)
  const any = (test: string) =>
    `EXISTS (SELECT FROM device WHERE ${has()} AND ${wasStated(block, test)})`
  const [row] = await sql<{ touched: boolean; known: boolean }>(
    `SELECT ${any(others)} AS "touched", ${any('true')} AS "known"`,
    parameters.values,
  )
  return row?.touched ? undefined : { known: row?.known ?? false }
}

function blockOf({ asOf }: RecallLookup, parameters: Parameters): string | null {
  return asOf.isHead ? null : parameters.add(asOf.height)
}
