import { assignments, type Derivation } from './derivation'

/**
 * Current state derived from the facts that are left, for the rows that lost some: the mirror of
 * the fold in SQL. Both say the same: the property suite compares an unwound ledger with one that
 * never saw the forgotten blocks.
 *
 * $1 is the last height that stays; facts after it are gone already.
 */

/** The latest event of some kinds, of the row that the statement is about. */
function latest(row: string, kinds: readonly string[], condition = 'TRUE'): string {
  const list = kinds.map((kind) => `'${kind}'`).join(', ')
  return `LEFT JOIN LATERAL (
    SELECT kind, detail, party_id, counterparty_id FROM device_event e
    WHERE ${row} AND kind IN (${list}) AND ${condition} ORDER BY e.id DESC LIMIT 1)`
}

const HANDOFFS = ['HANDOFF_STARTED', 'HANDOFF_CONFIRMED', 'HANDOFF_CANCELLED']
const OF_DEVICE = 'e.device_id = d.id'
/** A move clears hand-off and price, so only what came after the last one counts. */
const SINCE_MOVE = '(e.block_height, e.log_index) > (moved.block_height, moved.log_index)'
/** A restated identity is recorded but not taken; metadata comes from the statement that was. */
const TAKEN = `(e.kind <> 'MINTED'
    OR (e.block_height, e.log_index) = (d.identity_block, d.identity_log_index))`

/** What can change after the identity of a unit was stated. */
export const DEVICE_STATE: Derivation = {
  table: 'device',
  row: 'd',
  columns: {
    owner_id: 'CASE WHEN period.until_block IS NULL THEN period.owner_id END',
    period_count: 'COALESCE(period.number + 1, 0)',
    locked: `COALESCE(lock.kind = 'LOCKED', FALSE)`,
    in_transit_to_id: `CASE WHEN handoff.kind = 'HANDOFF_STARTED' THEN handoff.counterparty_id END`,
    sale_price: `CASE WHEN sale.kind = 'LISTED' THEN (sale.detail->>'price')::numeric END`,
    metadata_uri: `metadata.detail->>'metadataUri'`,
    metadata_hash: `metadata.detail->>'metadataHash'`,
  },
  joins: `LEFT JOIN LATERAL (
    SELECT * FROM custody_period p WHERE p.device_id = d.id ORDER BY number DESC LIMIT 1
  ) AS period ON TRUE
  CROSS JOIN LATERAL (
    SELECT COALESCE(period.until_block, period.block_height, -1) AS block_height,
      COALESCE(period.until_log_index, period.log_index, -1) AS log_index
  ) AS moved
  ${latest(OF_DEVICE, ['LOCKED', 'UNLOCKED'])} AS lock ON TRUE
  ${latest(OF_DEVICE, HANDOFFS, SINCE_MOVE)} AS handoff ON TRUE
  ${latest(OF_DEVICE, ['LISTED', 'DELISTED', 'SOLD'], SINCE_MOVE)} AS sale ON TRUE
  ${latest(OF_DEVICE, ['METADATA_SET', 'MINTED'], TAKEN)} AS metadata ON TRUE`,
}

export const DERIVE_DEVICES = `
  UPDATE device SET
    ${assignments(DEVICE_STATE)},
    (model_id, manufacturer_id, serial, lot, manufactured_on, expires_on,
     identity_key, serial_key, lot_key, identity_block, identity_log_index) = (
      SELECT d.model_id, d.manufacturer_id, d.serial, d.lot, d.manufactured_on, d.expires_on,
        d.identity_key, d.serial_key, d.lot_key, d.identity_block, d.identity_log_index
      WHERE d.identity_block <= $1)
  FROM unwound_device JOIN device d USING (id)
  ${DEVICE_STATE.joins}
  WHERE device.id = d.id`

const OF_MODEL = 'e.model_id = m.id AND e.device_id IS NULL'

export const MODEL_STATE: Derivation = {
  table: 'device_model',
  row: 'm',
  columns: {
    status: `CASE
      WHEN judged.kind IS NOT NULL THEN replace(judged.kind, 'MODEL_', '')
      WHEN submitted.kind IS NOT NULL THEN 'SUBMITTED'
      ELSE 'UNKNOWN' END`,
  },
  joins: `${latest(OF_MODEL, ['MODEL_SUBMITTED'])} AS submitted ON TRUE
  ${latest(OF_MODEL, ['MODEL_APPROVED', 'MODEL_REJECTED', 'MODEL_REVOKED'])} AS judged ON TRUE`,
}

export const DERIVE_MODELS = `
  UPDATE device_model SET
    ${assignments(MODEL_STATE)},
    (udi_di, udi_di_key, name, manufacturer_id, metadata_uri, metadata_hash) = (
      SELECT m.udi_di, m.udi_di_key, m.name, m.manufacturer_id, m.metadata_uri, m.metadata_hash
      WHERE submitted.kind IS NOT NULL)
  FROM unwound_model JOIN device_model m USING (id)
  ${MODEL_STATE.joins}
  WHERE device_model.id = m.id`

const OF_OWNER = 'e.party_id = o.id'

export const OWNER_STATE: Derivation = {
  table: '"owner"',
  row: 'o',
  columns: {
    name: `entry.detail->>'name'`,
    kind: `entry.detail->>'kind'`,
    gln: `entry.detail->>'gln'`,
    listed: `COALESCE(latest.kind = 'PARTY_UPDATED', FALSE)`,
  },
  joins: `${latest(OF_OWNER, ['PARTY_UPDATED'])} AS entry ON TRUE
  ${latest(OF_OWNER, ['PARTY_UPDATED', 'PARTY_REMOVED'])} AS latest ON TRUE`,
}

export const DERIVE_OWNERS = `
  UPDATE "owner" SET
    ${assignments(OWNER_STATE)}
  FROM unwound_owner JOIN "owner" o USING (id)
  ${OWNER_STATE.joins}
  WHERE "owner".id = o.id`

/** What was last reported of a unit under a recall, once the unit belonged to it. */
export const UNIT_RESOLUTION: Derivation = {
  table: 'recall_unit',
  row: 'u',
  columns: {
    resolution: `latest.detail->>'resolution'`,
    resolved_by_id: 'latest.party_id',
    resolved_block: 'latest.block_height',
    resolved_log_index: 'latest.log_index',
    resolved_at: 'latest."timestamp"',
  },
  joins: `LEFT JOIN LATERAL (
     SELECT * FROM device_event e
     WHERE e.recall_id = u.recall_id AND e.device_id = u.device_id
       AND e.kind = 'RECALL_UNIT_RESOLVED'
       AND (e.block_height, e.log_index) > (u.block_height, u.log_index)
     ORDER BY e.id DESC LIMIT 1) AS latest ON TRUE`,
}

export const DERIVE_RECALLS = [
  `UPDATE recall SET status = 'OPEN', closed_block = NULL, closed_log_index = NULL, closed_at = NULL
   WHERE id IN (SELECT id FROM unwound_recall) AND closed_block > $1`,
  `UPDATE recall SET class = 'UNKNOWN', model_id = NULL, issuer_id = NULL, reason = NULL,
     notice_uri = NULL, notice_hash = NULL
   FROM unwound_recall r WHERE recall.id = r.id AND NOT EXISTS (
     SELECT FROM device_event e WHERE e.recall_id = r.id AND e.kind = 'RECALL_ISSUED')`,
  `UPDATE recall_unit SET
     ${assignments(UNIT_RESOLUTION)}
   FROM unwound_recall r JOIN recall_unit u ON u.recall_id = r.id
   ${UNIT_RESOLUTION.joins}
   WHERE recall_unit.id = u.id AND u.resolved_block > $1`,
]
