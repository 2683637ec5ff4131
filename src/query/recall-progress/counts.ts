import type { RecallProgress } from '../recall-progress'
import type { Sql } from '../sql'
import { MEMBERS, memberParameters } from './recalled-units'
import { type Reconciliation, reconciliationOf, TALLY, type Tally } from './reconciliation'

const COUNTS = `
  WITH ${MEMBERS}
  SELECT ${TALLY} FROM member`

/** How far the recall as a whole is reconciled. */
export async function progressCounts(sql: Sql, progress: RecallProgress): Promise<Reconciliation> {
  const [tally] = await sql<Tally>(COUNTS, memberParameters(progress))
  if (tally === undefined) throw new TypeError('an aggregate without a row')
  return reconciliationOf(tally)
}

// A scope that was stated before the issue names no model, and one that was stated after the
// closing takes in nothing.
const SCOPES_WITHOUT_EFFECT = `
  SELECT count(*)::int AS "count" FROM recall_scope
  WHERE recall_id = $2 AND block_height <= $1
    AND (model_id IS NULL OR (block_height, log_index) > ($3::int, $4::int))`

/**
 * How many lots, serials and whole models the recall names without effect, because they were stated
 * before its issue or after its closing: units that should be in it may be missing.
 */
export async function countScopesWithoutEffect(
  sql: Sql,
  progress: RecallProgress,
): Promise<number> {
  const { height, logIndex } = progress.closed ?? { height: null, logIndex: null }
  const parameters = [...memberParameters(progress), height, logIndex]
  const [row] = await sql<{ count: number }>(SCOPES_WITHOUT_EFFECT, parameters)
  return row?.count ?? 0
}
