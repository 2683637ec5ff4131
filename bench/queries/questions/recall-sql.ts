import { BLOCK, blockAt, HEAD } from '../by-hand'

/**
 * A recall of one lot, written by hand: $1 is the lot, $2 its model, $3 the block of an answer
 * about the past.
 */

export const PAGE = 100

/** Units of a lot with their states, now. */
const SCOPE_NOW = `scope AS MATERIALIZED (
    SELECT id, manufacturer_id, owner_id, disposition, in_transit_to_id FROM device
    WHERE lot_key = $1 AND model_id = $2)`

/** The same for a lot of whatever model. */
const LOT_NOW = SCOPE_NOW.replace(' AND model_id = $2', '')

/** The same as of the block `$3`, from periods and hand-offs. */
const SCOPE_THEN = `scope AS MATERIALIZED (
    SELECT device.id, manufacturer_id,
      CASE WHEN NOT last.ended THEN last.owner_id END AS owner_id,
      CASE WHEN last.ended THEN 'DECOMMISSIONED' WHEN sent.receiver IS NOT NULL THEN 'IN_TRANSIT'
        WHEN last.owner_id <> manufacturer_id THEN 'IN_FIELD'
        WHEN last.number = 0 THEN 'WITH_MANUFACTURER' ELSE 'RETURNED' END AS disposition,
      sent.receiver AS in_transit_to_id
    FROM device CROSS JOIN LATERAL (
      SELECT number, owner_id, COALESCE(until_block <= $3, false) AS ended,
        CASE WHEN until_block <= $3 THEN until_block ELSE block_height END AS height,
        CASE WHEN until_block <= $3 THEN until_log_index ELSE log_index END AS log
      FROM custody_period WHERE device_id = device.id AND block_height <= $3
      ORDER BY number DESC LIMIT 1) AS last
    LEFT JOIN LATERAL (
      SELECT CASE kind WHEN 'HANDOFF_STARTED' THEN counterparty_id END AS receiver
      FROM device_event AS e WHERE e.device_id = device.id
        AND e.id > lpad(last.height::text, 10, '0') || '-' || lpad(last.log::text, 6, '0')
        AND e.id <= lpad($3::text, 10, '0') || '-999999'
        AND kind IN ('HANDOFF_STARTED', 'HANDOFF_CONFIRMED', 'HANDOFF_CANCELLED')
      ORDER BY e.id DESC LIMIT 1) AS sent ON true
    WHERE lot_key = $1 AND model_id = $2 AND identity_block <= $3)`

const UNIT = `json_build_object('deviceId', id, 'disposition', disposition, 'holderId', owner_id,
    'inTransitToId', CASE disposition WHEN 'IN_TRANSIT' THEN in_transit_to_id END)`

function consignees(past: string, lasts: string): string {
  return `SELECT owner_id AS "ownerId", sum(held)::int AS "unitsHeld",
      (SELECT count(*)::int FROM scope WHERE disposition = 'IN_TRANSIT'
        AND in_transit_to_id = receipt.owner_id AND manufacturer_id <> in_transit_to_id)
        AS "unitsInTransit",
      count(*)::int AS "unitsEverReceived", min(first) AS "firstReceivedAt",
      max(last) AS "lastReceivedAt"
    FROM (
      SELECT period.owner_id, period.device_id, bool_or(${lasts})::int AS held, min(since) AS first,
        max(since) AS last
      FROM scope JOIN custody_period AS period ON period.device_id = scope.id
      WHERE period.owner_id <> scope.manufacturer_id ${past}
      GROUP BY period.owner_id, period.device_id) AS receipt
    GROUP BY owner_id ORDER BY owner_id COLLATE "C" LIMIT ${PAGE}`
}

interface When {
  readonly head: string
  readonly scope: string
  readonly past: string
  readonly lasts: string
  readonly inDoubt: string
}

const NOW: When = {
  head: HEAD,
  scope: SCOPE_NOW,
  past: '',
  lasts: 'until_block IS NULL',
  inDoubt: `lot_key IS NULL AND model_id = $2 OR model_id IS NULL`,
}
const THEN: When = {
  head: blockAt('$3'),
  scope: SCOPE_THEN,
  past: 'AND period.block_height <= $3',
  lasts: 'until_block IS NULL OR until_block > $3',
  inDoubt: `block_height <= $3 AND identity_block <= $3 AND lot_key IS NULL AND model_id = $2
    OR block_height <= $3 AND model_id IS NULL
    OR block_height <= $3 AND identity_block > $3 AND identity_block > block_height`,
}
function wholeAnswer(when: When): string {
  const { head, scope, past, lasts, inDoubt } = when
  return `WITH ${head}, ${scope}
    SELECT ${BLOCK},
      (SELECT json_object_agg(disposition, n) FROM (
        SELECT disposition, count(*) AS n FROM scope GROUP BY disposition) AS d) AS counts,
      (SELECT count(*)::int FROM device WHERE ${inDoubt}) AS "cannotTell",
      (SELECT json_agg(c) FROM (${consignees(past, lasts)}) AS c) AS consignees,
      (SELECT json_agg(${UNIT} ORDER BY id COLLATE "C")
       FROM (SELECT * FROM scope ORDER BY id COLLATE "C" LIMIT ${PAGE}) AS u) AS units
    FROM head`
}

/** Totals, the first consignees and the first units, in one statement. */
export const WHOLE_NOW = wholeAnswer(NOW)
export const WHOLE_THEN = wholeAnswer(THEN)

/** The first consignees alone. */
export const CONSIGNEES_NOW = `WITH ${HEAD}, ${LOT_NOW}
  SELECT ${BLOCK}, consignee.*
  FROM head CROSS JOIN (${consignees(NOW.past, NOW.lasts)}) AS consignee
  ORDER BY "ownerId" COLLATE "C"`

/** Units of a page: $2 is the id to go on after, or the empty text. */
export const UNITS_NOW = `WITH ${HEAD}
  SELECT ${BLOCK}, unit.* FROM head CROSS JOIN LATERAL (
    SELECT id AS "deviceId", disposition, owner_id AS "holderId",
      CASE disposition WHEN 'IN_TRANSIT' THEN in_transit_to_id END AS "inTransitToId"
    FROM device WHERE lot_key = $1 AND id COLLATE "C" > $2 ORDER BY id COLLATE "C" LIMIT ${PAGE + 1}
  ) AS unit`
