import type { LookupKey } from '../../domain/identifiers/identifier'
import { unitsOfIdentity } from './same-identity'

/** What one row of a request looks for. */
export interface AskedRow {
  row: number
  keys: readonly LookupKey[]
}

/** Relations to put into a WITH, and their parameters. */
export interface Answers {
  relations: string
  parameters: unknown[]
}

/** A way to find units or groups of them by keys, which come as columns of equal length. */
interface Search {
  /** The keys of the row that this search takes, as columns beside the number of the row. */
  columns(key: LookupKey): unknown[] | undefined
  /** Names and types of the columns. */
  names: readonly string[]
  /** Finds the answers to one key, `asked`. */
  answers: string
}

const UNIT = 'id, contract, token_id'

const BY_UNIT: Readonly<Record<'DEVICE_ID' | 'IDENTITY' | 'SERIAL', Search>> = {
  DEVICE_ID: {
    columns: (key) => (key.by === 'DEVICE_ID' ? [key.deviceId] : undefined),
    names: ['id'],
    answers: `SELECT ${UNIT} FROM device WHERE id = asked.id`,
  },
  IDENTITY: {
    columns: (key) =>
      key.by === 'IDENTITY' ? [key.identityKey, ...halves(key.identityKey)] : undefined,
    names: ['identity', 'udi_di', 'serial'],
    answers: unitsOfIdentity({
      identityKey: 'asked.identity',
      udiDiKey: 'asked.udi_di',
      serialKey: 'asked.serial',
    }),
  },
  SERIAL: {
    columns: (key) => (key.by === 'SERIAL' ? [key.serialKey] : undefined),
    names: ['serial'],
    answers: `SELECT ${UNIT} FROM device WHERE serial_key = asked.serial`,
  },
}

/**
 * A lot and a model name a group of units. The group is counted whole; of its units the first by id
 * are listed, for a model can have a million.
 */
function byGroup(listed: number): Readonly<Record<'LOT' | 'LOT_OF_MODEL' | 'MODEL', Search>> {
  const first = (condition: string, order: string) => `
      SELECT ${UNIT} FROM device WHERE ${condition} ORDER BY ${order} LIMIT ${listed}`
  const ofModels = (units: string) => `ARRAY(
      SELECT unit.id FROM device_model AS model CROSS JOIN LATERAL (${units}) AS unit
      WHERE model.udi_di_key = asked.udi_di
      ORDER BY unit.contract, unit.token_id LIMIT ${listed})`
  const byId = 'id COLLATE "C"'
  return {
    LOT: {
      columns: (key) => (key.by === 'LOT' && key.udiDiKey === null ? [key.lotKey] : undefined),
      names: ['lot'],
      answers: `
        SELECT 'LOT' AS by, (SELECT count(*)::int FROM device WHERE lot_key = asked.lot) AS count,
          ARRAY(SELECT id FROM (${first('lot_key = asked.lot', byId)}) AS unit
                ORDER BY contract, token_id) AS ids`,
    },
    LOT_OF_MODEL: {
      columns: (key) =>
        key.by === 'LOT' && key.udiDiKey !== null ? [key.udiDiKey, key.lotKey] : undefined,
      names: ['udi_di', 'lot'],
      answers: `
        SELECT 'LOT' AS by, (
            SELECT count(*)::int FROM device_model AS model
            JOIN device ON device.model_id = model.id AND device.lot_key = asked.lot
            WHERE model.udi_di_key = asked.udi_di) AS count,
          ${ofModels(first('model_id = model.id AND lot_key = asked.lot', byId))} AS ids`,
    },
    MODEL: {
      columns: (key) => (key.by === 'MODEL' ? [key.udiDiKey] : undefined),
      names: ['udi_di'],
      answers: `
        SELECT 'MODEL' AS by, (
            SELECT COALESCE(sum(devices_minted), 0)::int FROM device_model
            WHERE udi_di_key = asked.udi_di) AS count,
          ${ofModels(first('model_id = model.id', `lot_key, ${byId}`))} AS ids`,
    },
  }
}

/**
 * Everything that answers to the keys of some rows, in two relations:
 * `unit_answer (row, by, id, contract, token_id)`, where a unit can answer to several keys of a
 * row, and `group_answer (row, by, count, ids)`, with as many of the units of each group as are
 * listed, in token order, and without groups that are empty.
 *
 * @param firstParameter number of the first parameter
 * @param listed how many units of a group are listed
 */
export function answersSql(
  rows: readonly AskedRow[],
  { firstParameter, listed }: { firstParameter: number; listed: number },
): Answers {
  const parameters: unknown[] = []
  const search = ([by, { columns, names, answers }]: [string, Search], named: string) => {
    const asked: unknown[][] = []
    for (const { row, keys } of rows) {
      for (const key of keys) {
        const values = columns(key)
        if (values !== undefined) asked.push([row, ...values])
      }
    }
    if (asked.length === 0) return []
    const given = (rows.length === 1 ? asValues : asArrays)(
      asked,
      firstParameter + parameters.length,
    )
    parameters.push(...given.parameters)
    // OFFSET keeps the planner from turning a look-up of each key into a scan of the table.
    return [
      `SELECT asked.row, ${named.replace('$by', `'${by}'::text`)}
       FROM ${given.relation} AS asked (row, ${names.join(', ')})
       CROSS JOIN LATERAL (${answers} OFFSET 0) AS answer`,
    ]
  }
  const union = (searches: Readonly<Record<string, Search>>, empty: string, named: string) =>
    [empty, ...Object.entries(searches).flatMap((one) => search(one, named))].join(' UNION ALL ')
  const units = union(BY_UNIT, NO_UNIT, '$by, answer.id, answer.contract, answer.token_id')
  const groups = union(byGroup(listed), NO_GROUP, 'answer.by, answer.count, answer.ids')
  const relations = `
  unit_answer (row, by, id, contract, token_id) AS (${units}),
  group_answer (row, by, count, ids) AS (
    SELECT * FROM (${groups}) AS found (row, by, count, ids) WHERE count > 0
  )`
  return { relations, parameters }
}

interface Given {
  relation: string
  parameters: unknown[]
}

/**
 * The keys of one identifier: so many parameters as values. The statement has few forms, and the
 * planner sees how few the keys are, so that it can keep one plan for each.
 */
function asValues(asked: readonly unknown[][], firstParameter: number): Given {
  let next = firstParameter
  const rows = asked.map(
    (values) => `(${values.map((_, n) => `$${next++}::${n === 0 ? 'int4' : 'text'}`).join(', ')})`,
  )
  return { relation: `(VALUES ${rows.join(', ')})`, parameters: asked.flat() }
}

/** Any number of keys: as many parameters as a key has columns. */
function asArrays(asked: readonly unknown[][], firstParameter: number): Given {
  const columns = (asked[0] ?? []).map((_, column) => asked.map((values) => values[column]))
  const arrays = columns.map((_, n) => `$${firstParameter + n}::${n === 0 ? 'int4' : 'text'}[]`)
  return { relation: `unnest(${arrays.join(', ')})`, parameters: columns }
}

const NO_UNIT = `
  SELECT NULL::int4, NULL::text, NULL::varchar, NULL::text, NULL::numeric WHERE false`
const NO_GROUP = 'SELECT NULL::int4, NULL::text, NULL::int4, NULL::varchar[] WHERE false'

/** UDI-DI and serial of an identity key. */
function halves(identityKey: string): [string, string] {
  const bar = identityKey.indexOf('|')
  return [identityKey.slice(0, bar), identityKey.slice(bar + 1)]
}
