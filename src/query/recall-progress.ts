import { callerError } from '../domain/errors'
import { RECALL_ID } from '../domain/ids'
import type { Position } from '../domain/position'
import { type AnswerBlock, type AsOf, resolveAsOf } from './as-of'
import type { Sql } from './sql'

/**
 * An issued recall at a point: what the questions about its progress (reconciliation, lots,
 * consignees, unaccounted units, moves) are asked of. All must be asked in the transaction that it
 * was made in.
 */
export interface RecallProgress {
  asOf: AnswerBlock
  recallId: string
  /** Who issued it; null for the zero address. */
  issuerId: string | null
  issuedAt: Date
  /** Where it was closed; null while it was open at the point. */
  closed: Position | null
  closedAt: Date | null
}

interface IssuedRecall {
  issuerId: string | null
  issuedBlock: number | null
  issuedAt: Date | null
  closedBlock: number | null
  closedLogIndex: number | null
  closedAt: Date | null
}

// The row of a recall begins with the first log that speaks of it, so the issue has a log of its
// own. The first issue and the first closing stand, so the row is as it was at any later point.
const RECALL = `
  SELECT recall.issuer_id AS "issuerId", issue.block_height AS "issuedBlock",
    issue."timestamp" AS "issuedAt",
    CASE WHEN closed_block <= $2 THEN closed_block END AS "closedBlock",
    CASE WHEN closed_block <= $2 THEN closed_log_index END AS "closedLogIndex",
    CASE WHEN closed_block <= $2 THEN closed_at END AS "closedAt"
  FROM recall
  LEFT JOIN LATERAL (
    SELECT block_height, "timestamp" FROM device_event
    WHERE recall_id = recall.id AND kind = 'RECALL_ISSUED' ORDER BY id LIMIT 1
  ) AS issue ON true
  WHERE recall.id = $1`

/**
 * How an issued recall is going: the numbers of a status report (21 CFR 7.53(b)) and of a report of
 * correction or removal (21 CFR 806.10(c)(9) to (11)), as far as the log of the chain tells them.
 *
 * @throws RECALL_ID_INVALID the id is not of the form `{contract}-recall-{number}`
 * @throws RECALL_NOT_FOUND no such recall was ever issued
 * @throws RECALL_NOT_ISSUED_YET it was issued after the point
 * @throws the errors of `resolveAsOf`
 */
export async function recallProgress(
  sql: Sql,
  { recallId, asOf }: { recallId: string; asOf?: AsOf | null },
): Promise<RecallProgress> {
  checkRecallId(recallId)
  const block = await resolveAsOf(sql, asOf)
  const [found] = await sql<IssuedRecall>(RECALL, [recallId, block.height])
  if (found === undefined || found.issuedBlock === null || found.issuedAt === null) {
    throw callerError(
      'RECALL_NOT_FOUND',
      `No recall ${recallId} was ever issued.`,
      'Check the id; the entity query "recalls" lists all of them.',
    )
  }
  const { issuerId, issuedBlock, issuedAt, closedBlock, closedLogIndex, closedAt } = found
  if (issuedBlock > block.height) {
    throw callerError(
      'RECALL_NOT_ISSUED_YET',
      `Recall ${recallId} was issued in block ${issuedBlock}, after block ${block.height}.`,
      `Ask for a point at or after ${issuedAt.toISOString()}, or leave asOf out.`,
    )
  }
  const closed =
    closedBlock === null || closedLogIndex === null
      ? null
      : { height: closedBlock, logIndex: closedLogIndex }
  return { asOf: block, recallId, issuerId, issuedAt, closed, closedAt }
}

const SHOWN_LENGTH_MAX = 100

function checkRecallId(text: string): void {
  if (RECALL_ID.test(text)) return
  throw callerError(
    'RECALL_ID_INVALID',
    `recallId is "${text.slice(0, SHOWN_LENGTH_MAX)}".`,
    'Expected {contract}-recall-{number}, such as demo-recall-1.',
  )
}
