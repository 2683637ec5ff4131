import { unitsOfIdentity } from '../lookup-devices/same-identity'
import type { LogReference } from './finding'
import { logOf, RECALLS, type RecallEvidence } from './recall-evidence'

export interface AnomalyEvidence extends LogReference {
  code: string
  message: string
}

export interface ApprovalEvidence extends LogReference {
  kind: 'MODEL_APPROVED' | 'MODEL_REJECTED' | 'MODEL_REVOKED'
  reason: string | null
}

/** Everything on record that bears on whether one unit is genuine. */
export interface UnitEvidence {
  deviceId: string
  modelId: string | null
  modelName: string | null
  udiDi: string | null
  serial: string | null
  lot: string | null
  manufacturedOn: string | null
  expiresOn: string | null
  ownerId: string | null
  ownerName: string | null
  manufacturerId: string | null
  manufacturerName: string | null
  /** The first custody of the token began with its mint. */
  startedByMint: boolean
  /** The event that stated the identity of the unit. */
  mint: LogReference | null
  /** What the regulator had last said of the model before the mint. */
  approvalAtMint: ApprovalEvidence | null
  /** What the regulator has said last since the mint. */
  judgedSince: ApprovalEvidence | null
  /** The log that burned the token, if nothing followed it. */
  burn: (LogReference & { reason: string | null }) | null
  anomalies: AnomalyEvidence[]
  /** Also closed ones. */
  recalls: RecallEvidence[]
  /** Other tokens with the same UDI-DI and serial. */
  twins: string[]
}

const JUDGEMENT = `
  SELECT ${logOf('event', `, 'kind', event.kind, 'reason', event.detail->>'reason'`)}
  FROM device_event AS event
  WHERE event.model_id = device.model_id AND event.device_id IS NULL
    AND event.kind IN ('MODEL_APPROVED', 'MODEL_REJECTED', 'MODEL_REVOKED')`

const BURN_REASON = `
  SELECT event.detail->>'reason' FROM device_event AS event
  WHERE event.device_id = device.id AND event.kind = 'DECOMMISSIONED'
  ORDER BY event.id DESC LIMIT 1`

const BURN = `
  SELECT json_build_object('txHash', period.until_tx_hash, 'blockHeight', period.until_block,
      'logIndex', period.until_log_index, 'reason', (${BURN_REASON}))
  FROM custody_period AS period
  WHERE period.device_id = device.id AND period.ended_by_burn
    AND period.number = device.period_count - 1`

const ANOMALIES = `
  SELECT json_agg(${logOf('found', `, 'code', found.code, 'message', found.message`)}
      ORDER BY found.id)
  FROM anomaly AS found WHERE found.device_id = device.id`

// Goods without a UDI-DI have no identity across models, so equal serials make no twins.
const TWINS = `
  SELECT twin.id FROM (${unitsOfIdentity({
    identityKey: `model.udi_di_key || '|' || device.serial_key`,
    udiDiKey: 'model.udi_di_key',
    serialKey: 'device.serial_key',
  })}) AS twin
  WHERE model.udi_di_key <> '' AND twin.id <> device.id
  ORDER BY twin.contract, twin.token_id LIMIT 10`

/**
 * The evidence on the units of the relation `listed` (`id`), as rows of `UnitEvidence` in token
 * order: all in one statement. What a unit has at most one of is asked for in place: the planner
 * takes longer to order a dozen joins than the server to look all of it up.
 */
export const EVIDENCE = `
  SELECT device.id AS "deviceId", model.id AS "modelId", model.name AS "modelName",
    model.udi_di AS "udiDi", device.serial, device.lot, device.manufactured_on AS "manufacturedOn",
    device.expires_on AS "expiresOn", device.owner_id AS "ownerId",
    (SELECT name FROM owner WHERE id = device.owner_id) AS "ownerName",
    device.manufacturer_id AS "manufacturerId",
    (SELECT name FROM owner WHERE id = device.manufacturer_id) AS "manufacturerName",
    EXISTS (SELECT FROM custody_period AS first WHERE first.device_id = device.id
      AND first.number = 0 AND first.started_by = 'MINT') AS "startedByMint",
    mint.row AS "mint",
    (${JUDGEMENT} AND event.id < mint.id ORDER BY event.id DESC LIMIT 1) AS "approvalAtMint",
    (${JUDGEMENT} AND event.id > mint.id ORDER BY event.id DESC LIMIT 1) AS "judgedSince",
    (${BURN}) AS "burn",
    COALESCE((${ANOMALIES}), '[]') AS "anomalies",
    COALESCE((${RECALLS}), '[]') AS "recalls",
    ARRAY(${TWINS}) AS "twins"
  FROM listed JOIN device ON device.id = listed.id
  LEFT JOIN device_model AS model ON model.id = device.model_id
  LEFT JOIN LATERAL (
    SELECT event.id, ${logOf('event')} AS row
    FROM device_event AS event WHERE event.device_id = device.id AND event.kind = 'MINTED'
    ORDER BY event.id LIMIT 1) AS mint ON true
  ORDER BY device.contract, device.token_id`
