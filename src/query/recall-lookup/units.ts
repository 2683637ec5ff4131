import { type Keyed, type Page, type PageRequest, pageParameters, pageSql, toPage } from '../page'
import { Parameters } from '../parameters'
import type { RecallLookup } from '../recall-lookup'
import type { Sql } from '../sql'
import { matchedSql, type RecallMatch } from './matching-units'
import { UNIT_STATES, type UnitDisposition, unitsSql } from './unit-states'

/** A unit and where it is at the block of the answer. */
export interface RecallTouchedUnit {
  deviceId: string
  disposition: UnitDisposition
  /** Null when decommissioned, or when it was never seen to move. */
  holderId: string | null
  /** Receiver of an open hand-off. */
  inTransitToId: string | null
}

export interface UnitsChoice {
  /** Only units of this disposition. */
  disposition?: UnitDisposition | null | undefined
  /** IN_SCOPE, if absent. */
  match?: RecallMatch | null | undefined
}

export interface UnitsRequest extends UnitsChoice, PageRequest {}

const NODE = `
  id AS "key", id AS "deviceId", disposition, holder_id AS "holderId",
  CASE WHEN disposition = 'IN_TRANSIT' THEN receiver_id END AS "inTransitToId"`

/**
 * The units that a scope touches, in the order of their ids.
 *
 * @throws ARGUMENT_OUT_OF_RANGE, CURSOR_INVALID
 */
export async function recallUnits(
  sql: Sql,
  lookup: RecallLookup,
  request: UnitsRequest,
): Promise<Page<RecallTouchedUnit>> {
  const page = pageParameters('unit', request)
  const parameters = new Parameters()
  // Before the head a state costs two walks of the facts: only the page needs them, unless the
  // state decides what is on it.
  const text =
    lookup.asOf.isHead || request.disposition != null
      ? pageOfStates(lookup, request, page, parameters)
      : statesOfPage(lookup, request, page, parameters)
  const rows = await sql<Keyed<RecallTouchedUnit>>(text, parameters.values)
  return toPage('unit', request, rows, ({ key: _, ...unit }) => unit)
}

type PageBounds = ReturnType<typeof pageParameters>

function pageOfStates(
  lookup: RecallLookup,
  choice: UnitsChoice,
  page: PageBounds,
  parameters: Parameters,
): string {
  const touched = touchedSql(lookup, choice, parameters)
  return `${touched} ${pageSql('touched', parameters.addAll(page))}`
}

function statesOfPage(
  lookup: RecallLookup,
  { match }: UnitsChoice,
  page: PageBounds,
  parameters: Parameters,
): string {
  const block = parameters.add(lookup.asOf.height)
  const matched = matchedSql(lookup, match ?? 'IN_SCOPE', parameters, block)
  return `
    WITH every AS (SELECT id AS "key", * FROM (${matched}) AS matched),
    matched AS (${pageSql('every', parameters.addAll(page))}), ${UNIT_STATES}
    SELECT ${NODE} FROM unit ORDER BY "key" COLLATE "C"`
}

/** How many `recallUnits` lists on all pages. */
export async function countRecallUnits(
  sql: Sql,
  lookup: RecallLookup,
  choice: UnitsChoice,
): Promise<number> {
  const parameters = new Parameters()
  const [row] = await sql<{ count: number }>(
    `${touchedSql(lookup, choice, parameters)} SELECT count(*)::int AS "count" FROM touched`,
    parameters.values,
  )
  return row?.count ?? 0
}

function touchedSql(
  lookup: RecallLookup,
  { match, disposition }: UnitsChoice,
  parameters: Parameters,
): string {
  const units = unitsSql(lookup, match ?? 'IN_SCOPE', parameters)
  const chosen = disposition == null ? 'true' : `disposition = ${parameters.add(disposition)}::text`
  return `WITH ${units.text}, touched AS (SELECT ${NODE} FROM unit WHERE ${chosen})`
}
