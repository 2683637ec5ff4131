import type { RecallResolution } from '../../domain/chain-event'
import { type Keyed, type Page, type PageRequest, pageParameters, pageSql, toPage } from '../page'
import type { RecallTouchedUnit } from '../recall-lookup/units'
import type { RecallProgress } from '../recall-progress'
import type { Sql } from '../sql'
import { lastReportedAt, MEMBERS, memberParameters, NEXT_PARAMETER } from './recalled-units'
import { IS_RECONCILED } from './reconciliation'
import { unitPlaces } from './unit-places'

/** A unit of the recall that is not reconciled, and where it is. */
export interface UnaccountedUnit {
  unit: RecallTouchedUnit
  /** What was last reported of it; null where nothing was. */
  resolution: RecallResolution | null
  resolvedAt: Date | null
}

type UnaccountedRow = Keyed<RecallTouchedUnit & Omit<UnaccountedUnit, 'unit'>>

// Only the units of the page are looked for.
const pageOf = (progress: RecallProgress) => `
  WITH ${MEMBERS},
  unaccounted AS (SELECT device_id AS "key", member.* FROM member WHERE NOT ${IS_RECONCILED}),
  page AS (${pageSql('unaccounted', NEXT_PARAMETER)}), ${unitPlaces(progress, 'page')}
  SELECT "key", id AS "deviceId", disposition, holder_id AS "holderId",
    CASE WHEN disposition = 'IN_TRANSIT' THEN receiver_id END AS "inTransitToId",
    resolution,
    CASE WHEN resolution IS NOT NULL THEN ${lastReportedAt('unit')} END AS "resolvedAt"
  FROM unit ORDER BY "key" COLLATE "C"`

/**
 * The units of the recall that are not reconciled, in the order of their ids.
 *
 * @throws ARGUMENT_OUT_OF_RANGE, CURSOR_INVALID
 */
export async function unaccountedUnits(
  sql: Sql,
  progress: RecallProgress,
  page: PageRequest,
): Promise<Page<UnaccountedUnit>> {
  const parameters = [...memberParameters(progress), ...pageParameters('unaccounted', page)]
  const rows = await sql<UnaccountedRow>(pageOf(progress), parameters)
  return toPage('unaccounted', page, rows, ({ key: _, resolution, resolvedAt, ...unit }) => ({
    unit,
    resolution,
    resolvedAt,
  }))
}
