import { callerError } from '../domain/errors'
import type { LookupKey } from '../domain/identifiers/identifier'
import { answerSql, pointOf, resolveAsOf } from './as-of'
import { nothingIndexed } from './indexed-head'
import { answersSql } from './lookup-devices/answers'
import {
  type DeviceLookup,
  duplicateRow,
  invalidRow,
  lookupOf,
  type ReadRow,
  type RowAnswer,
} from './lookup-devices/rows'
import { readIdentifiers } from './reading-context'
import type { Sql } from './sql'

/** Identifiers of one request: a page of a list; longer lists go in several. */
export const IDENTIFIERS_MAX = 10_000
/** Candidates of one row: enough to choose from; a lot or a model can have a million. */
export const CANDIDATES_PER_ROW_MAX = 100

/**
 * Resolves many identifiers at once: one row for each, in their order. Every text is answered, also
 * one that cannot be read.
 *
 * A row is a duplicate when an earlier one has the same keys or led to the same device, so that the
 * matched rows are as many as the units. A text that is a serial and a lot at once is a serial; the
 * problems of the row tell of the lot.
 *
 * At most two statements, however many identifiers: what reading them takes, and the look-up.
 *
 * @throws ARGUMENT_OUT_OF_RANGE more than `IDENTIFIERS_MAX` identifiers
 * @throws NOTHING_INDEXED no block was read yet
 */
export async function lookupDevices(
  sql: Sql,
  { identifiers }: { identifiers: readonly string[] },
): Promise<DeviceLookup[]> {
  checkIdentifiers(identifiers)
  const readings = await readIdentifiers(sql, identifiers)
  const rows = readings.map(({ parsed, keys }, n): ReadRow & { name: string } => {
    return { row: n + 1, parsed, keys, name: nameOf(keys) }
  })
  const firstRows = new Map<string, ReadRow>()
  for (const row of rows) {
    if (row.keys.length > 0 && !firstRows.has(row.name)) firstRows.set(row.name, row)
  }
  const answers = await findAnswers(sql, [...firstRows.values()])
  const told = new Map<string, DeviceLookup>()
  return rows.map((row) => {
    if (row.keys.length === 0) return invalidRow(row)
    const { name } = row
    const first = told.get(name)
    if (first !== undefined) return duplicateRow(row, first)
    const found = lookupOf(row, answers.get(row.row))
    const same = found.deviceId === null ? undefined : told.get(found.deviceId)
    told.set(name, same ?? found)
    if (same !== undefined) return duplicateRow(row, same)
    if (found.deviceId !== null) told.set(found.deviceId, found)
    return found
  })
}

function checkIdentifiers(identifiers: readonly string[]): void {
  if (identifiers.length <= IDENTIFIERS_MAX) return
  throw callerError(
    'ARGUMENT_OUT_OF_RANGE',
    `identifiers has ${identifiers.length} values.`,
    `Expected at most ${IDENTIFIERS_MAX}; ask for the others in further requests.`,
  )
}

/** The same for identifiers of one meaning, and no device id, for it begins with a bracket. */
function nameOf(keys: readonly LookupKey[]): string {
  return JSON.stringify(keys)
}

const HEAD = pointOf(null)

/**
 * By row; a row that nothing answers to is missing.
 *
 * @throws NOTHING_INDEXED no block was read yet
 */
async function findAnswers(
  sql: Sql,
  rows: readonly ReadRow[],
): Promise<ReadonlyMap<number, RowAnswer>> {
  if (rows.length === 0) {
    await resolveAsOf(sql)
    return new Map()
  }
  const { relations, parameters } = answersSql(rows, {
    firstParameter: 1,
    listed: CANDIDATES_PER_ROW_MAX,
  })
  const found = await sql<(RowAnswer | { row: null }) & { height: number | null }>(
    `WITH ${answerSql(HEAD, 1)}, ${relations},
    units AS (
      SELECT row, count(*)::int AS count,
        (array_agg(id ORDER BY contract, token_id))[1:${CANDIDATES_PER_ROW_MAX}] AS ids
      FROM (SELECT DISTINCT row, id, contract, token_id FROM unit_answer) AS answer
      GROUP BY row
    ),
    groups AS (
      SELECT row, json_agg(json_build_object('by', by, 'count', count, 'ids', ids) ORDER BY by)
        AS found
      FROM group_answer GROUP BY row
    )
    SELECT answer.height, row, COALESCE(units.count, 0) AS "unitCount",
      COALESCE(units.ids, '{}') AS "unitIds", COALESCE(groups.found, '[]') AS "groups"
    FROM answer LEFT JOIN (units FULL JOIN groups USING (row)) ON true`,
    parameters,
    rows.length === 1 ? 'kept' : undefined,
  )
  if (found[0]?.height == null) throw nothingIndexed()
  return new Map(found.flatMap((answer) => (answer.row === null ? [] : [[answer.row, answer]])))
}
