import type { LogReference } from './finding'

/**
 * A sale of a unit, or a move of its token without a sale, while it was under a recall that was
 * open; to somebody else than its manufacturer or the issuer of the recall.
 */
export interface RecallBreach extends LogReference {
  kind: 'SOLD' | 'MOVED'
  toId: string | null
  toName: string | null
  /** Its manufacturer or the issuer has had it since, or it is in transit to one of them. */
  cameBack: boolean
}

/** A recall that the unit belongs to, and the log that brought it in. */
export interface RecallEvidence extends LogReference {
  recallId: string
  class: string
  reason: string | null
  /** How the unit was dealt with; null while it is unaccounted for. */
  resolution: string | null
  /** The log that closed the recall; null while it is open. */
  closed: LogReference | null
  /** In chain order. */
  breaches: RecallBreach[]
}

/** A log as JSON, of a row that has the columns of a position. */
export function logOf(row: string, more = ''): string {
  return `json_build_object('txHash', ${row}.tx_hash, 'blockHeight', ${row}.block_height,
      'logIndex', ${row}.log_index${more})`
}

/** The transaction of a recorded event: its id is its position as text. */
function transactionAt(height: string, logIndex: string): string {
  return `(SELECT tx_hash FROM device_event
      WHERE id = lpad(${height}::text, 10, '0') || '-' || lpad(${logIndex}::text, 6, '0'))`
}

const CAME_BACK = `(EXISTS (SELECT FROM custody_period AS back
        WHERE back.device_id = device.id
          AND back.owner_id IN (device.manufacturer_id, recall.issuer_id)
          AND (back.block_height, back.log_index) > (act.block_height, act.log_index))
      OR COALESCE(device.in_transit_to_id IN (device.manufacturer_id, recall.issuer_id), false))`

// A sale moves the token in its own transaction: the two are told once, as a sale.
const BREACHES = `
  SELECT json_agg(${logOf(
    'act',
    `, 'kind', act.kind, 'toId', act.to_id, 'toName', owner.name,
      'cameBack', ${CAME_BACK}`,
  )}
      ORDER BY act.block_height, act.log_index)
  FROM (
    SELECT 'SOLD' AS kind, counterparty_id AS to_id, tx_hash, block_height, log_index
    FROM device_event WHERE device_id = device.id AND kind = 'SOLD'
    UNION ALL
    SELECT 'MOVED', owner_id, tx_hash, block_height, log_index
    FROM custody_period AS period
    WHERE period.device_id = device.id AND NOT EXISTS (
      SELECT FROM device_event AS sale
      WHERE sale.device_id = device.id AND sale.kind = 'SOLD' AND sale.tx_hash = period.tx_hash
        AND sale.counterparty_id = period.owner_id)
  ) AS act LEFT JOIN owner ON owner.id = act.to_id
  WHERE (act.block_height, act.log_index) > (unit.block_height, unit.log_index)
    AND (recall.closed_block IS NULL OR
      (act.block_height, act.log_index) < (recall.closed_block, recall.closed_log_index))
    AND act.to_id IS DISTINCT FROM device.manufacturer_id
    AND act.to_id IS DISTINCT FROM recall.issuer_id`

/** One value, an array of `RecallEvidence` in order of ids; of the row `device` around it. */
export const RECALLS = `
  SELECT json_agg(json_build_object('recallId', recall.id, 'class', recall.class,
      'reason', recall.reason, 'resolution', unit.resolution,
      'txHash', ${transactionAt('unit.block_height', 'unit.log_index')},
      'blockHeight', unit.block_height, 'logIndex', unit.log_index,
      'closed', CASE WHEN recall.closed_block IS NOT NULL THEN json_build_object(
        'txHash', ${transactionAt('recall.closed_block', 'recall.closed_log_index')},
        'blockHeight', recall.closed_block, 'logIndex', recall.closed_log_index) END,
      'breaches', COALESCE((${BREACHES}), '[]')) ORDER BY recall.id)
  FROM recall_unit AS unit JOIN recall ON recall.id = unit.recall_id
  WHERE unit.device_id = device.id`
