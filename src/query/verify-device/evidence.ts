import type { Sql } from '../sql'
import type { LogReference } from './finding'

export interface AnomalyEvidence extends LogReference {
  code: string
  message: string
}

export interface RecallEvidence extends LogReference {
  recallId: string
  class: string
  reason: string | null
  /** How the unit was dealt with; null while it is unaccounted for. */
  resolution: string | null
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
  openRecalls: RecallEvidence[]
  /** Other tokens with the same UDI-DI and serial. */
  twins: string[]
}

/** A log of a table that has the columns of a position, as JSON. */
function logOf(row: string, more = ''): string {
  return `json_build_object('txHash', ${row}.tx_hash, 'blockHeight', ${row}.block_height,
      'logIndex', ${row}.log_index${more})`
}

const JUDGEMENT = `
  SELECT ${logOf('event', `, 'kind', event.kind, 'reason', event.detail->>'reason'`)} AS row
  FROM device_event AS event
  WHERE event.model_id = device.model_id AND event.device_id IS NULL
    AND event.kind IN ('MODEL_APPROVED', 'MODEL_REJECTED', 'MODEL_REVOKED')`

const BURN_REASON = `
  SELECT event.detail->>'reason' FROM device_event AS event
  WHERE event.device_id = device.id AND event.kind = 'DECOMMISSIONED'
  ORDER BY event.id DESC LIMIT 1`

const BURN = `
  SELECT json_build_object('txHash', period.until_tx_hash, 'blockHeight', period.until_block,
      'logIndex', period.until_log_index, 'reason', (${BURN_REASON})) AS row
  FROM custody_period AS period
  WHERE period.device_id = device.id AND period.ended_by_burn
    AND period.number = device.period_count - 1`

const ANOMALIES = `
  SELECT json_agg(${logOf('found', `, 'code', found.code, 'message', found.message`)}
      ORDER BY found.id) AS rows
  FROM anomaly AS found WHERE found.device_id = device.id`

// A unit comes under a recall by a log that is recorded as an event: the id of an event is its
// position as text.
const OPEN_RECALLS = `
  SELECT json_agg(json_build_object('recallId', recall.id, 'class', recall.class,
      'reason', recall.reason, 'resolution', unit.resolution, 'txHash', event.tx_hash,
      'blockHeight', unit.block_height, 'logIndex', unit.log_index) ORDER BY recall.id) AS rows
  FROM recall_unit AS unit
  JOIN recall ON recall.id = unit.recall_id AND recall.status = 'OPEN'
  LEFT JOIN device_event AS event ON event.id =
    lpad(unit.block_height::text, 10, '0') || '-' || lpad(unit.log_index::text, 6, '0')
  WHERE unit.device_id = device.id`

// Goods without a UDI-DI have no identity across models, so equal serials make no twins.
const TWINS = `
  SELECT twin.id
  FROM device AS twin JOIN device_model AS twin_model ON twin_model.id = twin.model_id
  WHERE twin.serial_key = device.serial_key AND twin_model.udi_di_key = model.udi_di_key
    AND model.udi_di_key <> '' AND twin.id <> device.id
  ORDER BY twin.id LIMIT 10`

const EVIDENCE = `
  SELECT device.id AS "deviceId", model.id AS "modelId", model.name AS "modelName",
    model.udi_di AS "udiDi", device.serial, device.lot, device.manufactured_on AS "manufacturedOn",
    device.expires_on AS "expiresOn", device.owner_id AS "ownerId", owner.name AS "ownerName",
    device.manufacturer_id AS "manufacturerId", maker.name AS "manufacturerName",
    COALESCE(first.started_by = 'MINT', false) AS "startedByMint", mint.row AS "mint",
    before.row AS "approvalAtMint", since.row AS "judgedSince", burn.row AS "burn",
    COALESCE(anomalies.rows, '[]') AS "anomalies", COALESCE(recalls.rows, '[]') AS "openRecalls",
    ARRAY(${TWINS}) AS "twins"
  FROM device
  LEFT JOIN device_model AS model ON model.id = device.model_id
  LEFT JOIN owner ON owner.id = device.owner_id
  LEFT JOIN owner AS maker ON maker.id = device.manufacturer_id
  LEFT JOIN custody_period AS first ON first.device_id = device.id AND first.number = 0
  LEFT JOIN LATERAL (
    SELECT event.id, ${logOf('event')} AS row
    FROM device_event AS event WHERE event.device_id = device.id AND event.kind = 'MINTED'
    ORDER BY event.id LIMIT 1) AS mint ON true
  LEFT JOIN LATERAL (
    ${JUDGEMENT} AND event.id < mint.id ORDER BY event.id DESC LIMIT 1) AS before ON true
  LEFT JOIN LATERAL (
    ${JUDGEMENT} AND event.id > mint.id ORDER BY event.id DESC LIMIT 1) AS since ON true
  LEFT JOIN LATERAL (${BURN}) AS burn ON true
  LEFT JOIN LATERAL (${ANOMALIES}) AS anomalies ON true
  LEFT JOIN LATERAL (${OPEN_RECALLS}) AS recalls ON true
  WHERE device.id = ANY($1::text[])
  ORDER BY device.contract, device.token_id`

/** The evidence on each of the devices, in one statement. */
export function unitEvidence(sql: Sql, deviceIds: readonly string[]): Promise<UnitEvidence[]> {
  return sql<UnitEvidence>(EVIDENCE, [deviceIds])
}
