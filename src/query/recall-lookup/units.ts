import { type Keyed, type Page, type PageRequest, pageParameters, pageSql, toPage } from '../page'
import type { RecallLookup } from '../recall-lookup'
import type { Sql } from '../sql'
import { MATCHED, matchParameters, NEXT_PARAMETER } from './matching-units'
import { UNIT_STATES, type UnitDisposition } from './unit-states'

/** How sure the record is that a unit belongs to the scope. */
export type RecallMatch = 'IN_SCOPE' | 'CANNOT_TELL'

/** A unit and where it is at the block of the answer. */
export interface RecallTouchedUnit {
  deviceId: string
  disposition: UnitDisposition
  /** Null when decommissioned, or when it was never seen to move. */
  holderId: string | null
  /** Receiver of an open hand-off. */
  inTransitToId: string | null
}

export interface UnitsRequest extends PageRequest {
  /** Only units of this disposition. */
  disposition?: UnitDisposition | null | undefined
  /** IN_SCOPE, if absent. */
  match?: RecallMatch | null | undefined
}

const UNITS = `
  WITH ${MATCHED}, ${UNIT_STATES},
  touched AS (
    SELECT id AS "key", id AS "deviceId", disposition, holder_id AS "holderId",
      CASE WHEN disposition = 'IN_TRANSIT' THEN receiver_id END AS "inTransitToId"
    FROM unit
    WHERE certain = $${NEXT_PARAMETER}::boolean
      AND ($${NEXT_PARAMETER + 1}::text IS NULL OR disposition = $${NEXT_PARAMETER + 1}::text)
  )
  ${pageSql('touched', NEXT_PARAMETER + 2)}`

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
  const rows = await sql<Keyed<RecallTouchedUnit>>(UNITS, [
    ...matchParameters(lookup),
    request.match !== 'CANNOT_TELL',
    request.disposition ?? null,
    ...pageParameters('unit', request),
  ])
  return toPage('unit', request, rows, ({ key: _, totalCount: __, ...unit }) => unit)
}
