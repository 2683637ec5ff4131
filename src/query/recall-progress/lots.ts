import { type Keyed, type Page, type PageRequest, pageParameters, pageSql, toPage } from '../page'
import type { RecallProgress } from '../recall-progress'
import type { Sql } from '../sql'
import { DEVICE_OF_MEMBER, MEMBERS, memberParameters, NEXT_PARAMETER } from './recalled-units'
import { type Reconciliation, reconciliationOf, TALLY, type Tally } from './reconciliation'

/** The units of the recall that are of one lot. */
export interface LotProgress extends Reconciliation {
  /**
   * As stated; of spellings that compare equal, the first by code point. Empty for units without a
   * lot on record.
   */
  lot: string
  /**
   * Units on record that were made in the lot, under the recall or not: 21 CFR 806.10(c)(9). Null
   * for units without a lot.
   */
  unitsMade: number | null
}

type LotRow = Keyed<Tally & Pick<LotProgress, 'lot' | 'unitsMade'>>

// No key is empty, and units without a lot come last.
const LOTS = `
  WITH ${MEMBERS},
  lot AS (
    SELECT CASE WHEN lot_key IS NULL THEN '1' ELSE '0' || lot_key END AS "key",
      COALESCE(min(lot COLLATE "C"), '') AS "lot", model_id, lot_key,
    ${TALLY}
    FROM member ${DEVICE_OF_MEMBER}
    GROUP BY model_id, lot_key
  )`

const made = (lots: string) => `
  SELECT count(*)::int FROM device
  WHERE device.model_id = ${lots}.model_id AND device.lot_key = ${lots}.lot_key
    AND device.identity_block <= $1`

const PAGE = `${LOTS}, page AS (${pageSql('lot', NEXT_PARAMETER)})
  SELECT page.*, CASE WHEN lot_key IS NOT NULL THEN (${made('page')}) END AS "unitsMade"
  FROM page ORDER BY "key" COLLATE "C"`

const COUNT = `${LOTS} SELECT count(*)::int AS "count" FROM lot`

const MADE = `${LOTS}
  SELECT COALESCE(sum((${made('lot')})), 0)::int AS "count" FROM lot WHERE lot_key IS NOT NULL`

/**
 * The lots of the recall, in the order of their keys, those without one last.
 *
 * @throws ARGUMENT_OUT_OF_RANGE, CURSOR_INVALID
 */
export async function progressByLot(
  sql: Sql,
  progress: RecallProgress,
  page: PageRequest,
): Promise<Page<LotProgress>> {
  const parameters = [...memberParameters(progress), ...pageParameters('lot', page)]
  const rows = await sql<LotRow>(PAGE, parameters)
  return toPage('lot', page, rows, (row) => ({
    lot: row.lot,
    unitsMade: row.unitsMade,
    ...reconciliationOf(row),
  }))
}

/** How many `progressByLot` lists on all pages. */
export async function countProgressLots(sql: Sql, progress: RecallProgress): Promise<number> {
  const [row] = await sql<{ count: number }>(COUNT, memberParameters(progress))
  return row?.count ?? 0
}

/** Units on record that were made in a lot of the recall, under the recall or not. */
export async function countMadeInLots(sql: Sql, progress: RecallProgress): Promise<number> {
  const [row] = await sql<{ count: number }>(MADE, memberParameters(progress))
  return row?.count ?? 0
}
