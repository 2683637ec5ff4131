import type { Parameters } from '../parameters'
import type { RecallLookup } from '../recall-lookup'
import type { DatedAttribute, DateWindow } from './date-window'
import type { ResolvedModels } from './models'
import type { ScopeTerm } from './scope-term'
import { hasTerm, isOneOf } from './term-sql'

/**
 * How sure the record is that a unit belongs to the scope. IN_SCOPE: it has every attribute that is
 * asked for, and they match. CANNOT_TELL: what it has matches, but something is missing.
 */
export type RecallMatch = 'IN_SCOPE' | 'CANNOT_TELL'

/**
 * SQL over `device`. Text is made when it is used: PostgreSQL refuses parameters that no text
 * names.
 */
interface FieldTest {
  /** The unit has what a field asks for; null or false when it is missing. */
  has: () => string
  /** The unit has no such attribute on record; absent for what no unit lacks. */
  missing?: () => string
}

const NOTHING: FieldTest = { has: () => 'false' }

const DATE_COLUMNS: Readonly<Record<DatedAttribute, string>> = {
  manufacturedOn: 'manufactured_on',
  expiresOn: 'expires_on',
}

/**
 * The fields that a scope asks for, one test each. The text holds nothing that is not asked for: a
 * test that lets everything pass would hide the indexes from the planner.
 *
 * @param but a field to leave out
 */
export function fieldTests(
  lookup: RecallLookup,
  parameters: Parameters,
  but?: string,
): FieldTest[] {
  const { known, scope } = lookup
  const { asked, windows } = scope
  const tests: FieldTest[] = []
  if (lookup.models !== undefined && but !== 'models') {
    tests.push(modelTest(lookup.models, parameters))
  }
  if (asked.lots !== null && but !== 'lots') {
    tests.push(textTest('lot_key', asked.lots, known.lots, parameters))
  }
  if (asked.serials !== null && but !== 'serials') {
    tests.push(textTest('serial_key', asked.serials, known.serials, parameters))
  }
  for (const window of windows) {
    if (window.field !== but) tests.push(windowTest(window, parameters))
  }
  if (asked.deviceIds !== null && but !== 'deviceIds') {
    const ids = asked.deviceIds.map(({ key }) => key)
    tests.push({ has: once(() => isOneOf('id', ids, parameters)) })
  }
  return tests
}

function modelTest({ named, withoutUdiDi }: ResolvedModels, parameters: Parameters): FieldTest {
  const ids = new Set(named.map(({ id }) => id))
  const unknown = withoutUdiDi.filter((id) => !ids.has(id))
  return {
    has: once(() => isOneOf('model_id', [...ids], parameters)),
    missing: once(() => {
      if (unknown.length === 0) return 'model_id IS NULL'
      return `(model_id IS NULL OR ${isOneOf('model_id', unknown, parameters)})`
    }),
  }
}

function textTest(
  column: 'lot_key' | 'serial_key',
  terms: readonly ScopeTerm[],
  known: readonly string[] | null,
  parameters: Parameters,
): FieldTest {
  const has = once(() =>
    known === null ? hasTerm(column, terms, parameters) : isOneOf(column, known, parameters),
  )
  return { has, missing: () => `${column} IS NULL` }
}

/** A unit has a date within a window. */
export function windowTest({ of, from, to }: DateWindow, parameters: Parameters): FieldTest {
  const column = DATE_COLUMNS[of]
  const has = once(() => {
    const bounds = [
      ...(from === null ? [] : [`${column} >= ${parameters.add(from)}::text`]),
      ...(to === null ? [] : [`${column} <= ${parameters.add(to)}::text`]),
    ]
    return `(${bounds.join(' AND ')})`
  })
  return { has, missing: () => `${column} IS NULL` }
}

/** The same text at each use, so that its parameters are sent once. */
function once(make: () => string): () => string {
  let text: string | undefined
  return () => {
    text ??= make()
    return text
  }
}

/** SQL over `device`: no test excludes the unit. */
export function notExcluded(tests: readonly FieldTest[]): string {
  return all(tests.map(({ has, missing }) => (missing ? `(${has()} OR ${missing()})` : has())))
}

/** SQL over `device`: every test includes the unit. */
export function included(tests: readonly FieldTest[]): string {
  return all(tests.map(({ has }) => has()))
}

/** SQL over `device`: no test excludes the unit, and something that is asked for is missing. */
function inDoubt(tests: readonly FieldTest[]): string {
  // One arm for each missing attribute, so that each finds an index of its own.
  const arms = tests.flatMap((test) => {
    if (test.missing === undefined) return []
    return [`(${test.missing()} AND ${notExcluded(tests.filter((other) => other !== test))})`]
  })
  return arms.length === 0 ? 'false' : `(${arms.join(' OR ')})`
}

function all(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'true' : conditions.join(' AND ')
}

/** Columns of `device` that hold what the mint stated, with their types. */
const IDENTITY = {
  model_id: 'varchar',
  lot: 'text',
  lot_key: 'text',
  serial_key: 'text',
  manufactured_on: 'text',
  expires_on: 'text',
  manufacturer_id: 'varchar',
} as const

const NAMES = Object.keys(IDENTITY).join(', ')
const NULLS = Object.entries(IDENTITY).map(([name, type]) => `NULL::${type} AS ${name}`)

/**
 * The relation of the units that a scope touches, with their identity, as the record stood at the
 * end of the block of the answer. At the head it has the present holder and disposition beside.
 *
 * At an earlier block, units that were first seen later are not there yet, and an identity that was
 * stated later is missing.
 *
 * @param block placeholder of the height, which stands for anything but the head
 */
export function matchedSql(
  lookup: RecallLookup,
  match: RecallMatch,
  parameters: Parameters,
  block: string | null,
): string {
  const tests = lookup.scope.matchesNothing ? [NOTHING] : fieldTests(lookup, parameters)
  const touched = match === 'IN_SCOPE' ? included(tests) : inDoubt(tests)
  if (block === null) return `SELECT id, ${NAMES}${present(block)} FROM device WHERE ${touched}`
  const stated = `
    SELECT id, ${NAMES} FROM device
    WHERE block_height <= ${block} AND ${identityWasStated(block)} AND ${touched}`
  const isSure = tests.every(({ missing }) => missing === undefined)
  if (isSure !== (match === 'IN_SCOPE')) return stated
  return `${stated}
    UNION ALL
    SELECT id, ${NULLS.join(', ')} FROM device
    WHERE ${identityCameLater(block)} AND ${onlyById(tests)}`
}

function present(block: string | null): string {
  return block === null ? ', owner_id, in_transit_to_id, disposition' : ''
}

/** SQL over `device`: what the mint said was said by then, or never. */
export function identityWasStated(block: string): string {
  return `(identity_block IS NULL OR identity_block <= ${block})`
}

/** SQL over `device`: the unit was there, but its identity was stated later. */
export function identityCameLater(block: string): string {
  return `block_height <= ${block} AND identity_block > ${block} AND identity_block > block_height`
}

/** SQL over `device`: what the scope asks of a unit that has nothing but its id. */
function onlyById(tests: readonly FieldTest[]): string {
  return included(tests.filter(({ missing }) => missing === undefined))
}
