import type { ResolutionRow, ScopeRow } from '../projection/facts'
import { ASKED_BY_SCOPES, requireIndexes } from './indexes-off'
import type { Sql } from './sql'

/**
 * A unit belongs to a recall from the later of two positions: the log that stated its identity and
 * the log that named its model, lot or serial; unless the recall was closed by then. New units are
 * matched with all scopes, and then new scopes with all units, so nothing depends on which of the
 * two came first or in which batch.
 */
const JOIN_UNITS = insertUnits(`
    SELECT s.recall_id, d.id AS device_id, d.token_id, ${later('s', 'd')} AS position
    FROM device d CROSS JOIN LATERAL (
      VALUES ('MODEL', ''), ('LOT', d.lot_key), ('SERIAL', d.serial_key)
    ) AS has(kind, value_key)
    JOIN recall_scope s
      ON s.model_id = d.model_id AND s.value_key = has.value_key AND s.kind = has.kind
    WHERE d.id = ANY($1)`)

/**
 * One scope may bring in a hundred thousand units: they never leave the database. A scope that
 * names one lot a thousand times is joined once, or its rows would be a thousand times those of
 * the lot. A unit that belongs already does so by an earlier scope.
 */
const JOIN_SCOPES = `
  WITH scope AS MATERIALIZED (
    SELECT DISTINCT ON (recall_id, model_id, kind, value_key) * FROM recall_scope
    WHERE id = ANY($1)
    ORDER BY recall_id, model_id, kind, value_key, block_height, log_index
  )${insertUnits(namedBy('scope'))}`

/**
 * Every unit of every recall, by the scopes and the identities on record: id, recall, device and
 * the position and time from which on it belongs. The consistency check compares it with the rows.
 */
export const ALL_MEMBERSHIPS = memberships(namedBy('recall_scope'))

function insertUnits(pairs: string): string {
  return `
  INSERT INTO recall_unit (id, recall_id, device_id, block_height, log_index, "timestamp")
  ${memberships(pairs)}
  ON CONFLICT (id) DO NOTHING`
}

/** @param pairs recall, device, token and position of each unit that a scope names */
function memberships(pairs: string): string {
  return `
  SELECT DISTINCT ON (pair.recall_id, pair.device_id)
    pair.recall_id || '-' || pair.token_id AS id, pair.recall_id, pair.device_id,
    pair.position[1] AS block_height, pair.position[2] AS log_index,
    (SELECT "timestamp" FROM block WHERE height = pair.position[1]) AS "timestamp"
  FROM (${pairs}) AS pair
  JOIN recall r ON r.id = pair.recall_id
  WHERE r.closed_block IS NULL OR ARRAY[r.closed_block, r.closed_log_index] > pair.position
  ORDER BY pair.recall_id, pair.device_id, pair.position`
}

/** The units that the scopes of a relation name, by whole model, lot or serial. */
function namedBy(scopes: string): string {
  return `
    SELECT s.recall_id, d.id AS device_id, d.token_id, ${later('s', 'd')} AS position
    FROM ${scopes} s JOIN device d ON d.model_id = s.model_id
    WHERE s.kind = 'MODEL'
    UNION ALL
    SELECT s.recall_id, d.id, d.token_id, ${later('s', 'd')}
    FROM ${scopes} s JOIN device d ON d.model_id = s.model_id AND d.lot_key = s.value_key
    WHERE s.kind = 'LOT'
    UNION ALL
    SELECT s.recall_id, d.id, d.token_id, ${later('s', 'd')}
    FROM ${scopes} s JOIN device d ON d.serial_key = s.value_key AND d.model_id = s.model_id
    WHERE s.kind = 'SERIAL'`
}

function later(scope: string, device: string): string {
  return `GREATEST(
      ARRAY[${scope}.block_height, ${scope}.log_index],
      ARRAY[${device}.identity_block, ${device}.identity_log_index])`
}

/**
 * The latest resolution of each unit, where the unit belonged to the recall by then; otherwise an
 * anomaly. Several resolutions of one unit in one batch: the last one counts.
 */
const RESOLVE = `
  WITH given AS (
    SELECT * FROM unnest(
      $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int4[], $7::int4[],
      $8::float8[], $9::text[], $10::text[])
      AS given(
        recall_id, device_id, contract, resolution, by_id, height, log_index,
        at, tx_hash, anomaly_id)
  ), judged AS (
    SELECT given.*, u.id AS unit_id
    FROM given LEFT JOIN recall_unit u
      ON u.recall_id = given.recall_id AND u.device_id = given.device_id
      AND (u.block_height, u.log_index) < (given.height, given.log_index)
  ), resolved AS (
    UPDATE recall_unit SET resolution = last.resolution, resolved_by_id = last.by_id,
      resolved_block = last.height, resolved_log_index = last.log_index,
      resolved_at = to_timestamp(last.at / 1000)
    FROM (
      SELECT DISTINCT ON (unit_id) * FROM judged WHERE unit_id IS NOT NULL
      ORDER BY unit_id, height DESC, log_index DESC
    ) AS last
    WHERE recall_unit.id = last.unit_id
  )
  INSERT INTO anomaly
    (id, code, message, contract, device_id, block_height, log_index, "timestamp", tx_hash)
  SELECT anomaly_id, 'RESOLVED_OUT_OF_SCOPE',
    'Device ' || device_id || ' is resolved in ' || recall_id || ', whose scope does not name it.',
    contract, device_id, height, log_index, to_timestamp(at / 1000), tx_hash
  FROM judged WHERE unit_id IS NULL`

/** What a batch brings that recalls depend on. */
export interface RecallNews {
  /** Devices whose identity was stated. */
  readonly units: readonly string[]
  readonly scopes: readonly ScopeRow[]
  readonly resolutions: readonly ResolutionRow[]
}

/**
 * Brings the units of recalls up to date with the rows of a batch, which must be written before.
 */
export async function writeRecallUnits(sql: Sql, { units, scopes, resolutions }: RecallNews) {
  if (units.length > 0) await sql(JOIN_UNITS, [units])
  if (scopes.length > 0) {
    await requireIndexes(sql, ASKED_BY_SCOPES)
    await sql(JOIN_SCOPES, [scopes.map(({ id }) => id)])
  }
  if (resolutions.length > 0) await sql(RESOLVE, resolutionColumns(resolutions))
}

function resolutionColumns(rows: readonly ResolutionRow[]): unknown[][] {
  return [
    rows.map((row) => row.recallId),
    rows.map((row) => row.deviceId),
    rows.map((row) => row.contract),
    rows.map((row) => row.resolution),
    rows.map((row) => row.byId),
    rows.map((row) => row.at.height),
    rows.map((row) => row.at.logIndex),
    rows.map((row) => row.at.timestamp),
    rows.map((row) => row.at.txHash),
    rows.map((row) => row.anomalyId),
  ]
}
