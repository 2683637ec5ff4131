import type { Sql } from '../../../src/query/sql'
import { verifyDevice } from '../../../src/query/verify-device'
import type { Random } from '../../random'
import { BLOCK, type BlockRow, blockOf, comparedBlock, HEAD } from '../by-hand'
import { type Label, labels } from '../draw'
import { type Question, SQL_BAR, type Trial } from '../question'

const log = (row: string) => `json_build_object('tx', ${row}.tx_hash, 'block', ${row}.block_height,
    'log', ${row}.log_index)`

const home = (owner: string) => `${owner} IN (unit.manufacturer_id, recall.issuer_id)`

/** A log of the unit while it was under the recall, to others than its maker or the issuer. */
const underRecall = (row: string, to: string) => `
  (${row}.block_height, ${row}.log_index) > (recall_unit.block_height, recall_unit.log_index)
  AND (recall.closed_block IS NULL OR
    (${row}.block_height, ${row}.log_index) < (recall.closed_block, recall.closed_log_index))
  AND ${home(to)} IS NOT TRUE`

/** What a verdict and its reasons rest on, of every unit that `found` names. */
const evidence = (found: string) => `
  WITH ${HEAD}, unit AS (SELECT * FROM device WHERE ${found})
  SELECT ${BLOCK}, unit.id, unit.contract, unit.token_id, unit.serial, unit.lot, unit.model_id,
    unit.expires_on AS "expiresOn", unit.owner_id AS "ownerId", unit.period_count AS periods,
    model.name AS "modelName", owner.name AS "ownerName", maker.name AS "makerName",
    first.started_by AS "startedBy", mint.log AS mint, approval.kind AS approval,
    approval.log AS "approvalLog", later.kind AS later, later.log AS "laterLog",
    (SELECT json_agg(json_build_object('code', code, 'message', message, 'at', ${log('a')}))
     FROM anomaly AS a WHERE a.device_id = unit.id) AS anomalies,
    (SELECT json_agg(json_build_object('id', recall.id, 'class', recall.class, 'reason', reason,
        'open', recall.status = 'OPEN', 'resolution', resolution,
        'breaches', (SELECT json_agg(json_build_object('at', ${log('p')}, 'back', EXISTS (
              SELECT FROM custody_period AS b WHERE b.device_id = p.device_id
                AND b.number > p.number AND ${home('b.owner_id')})
              OR COALESCE(${home('unit.in_transit_to_id')}, false)) ORDER BY number)
          FROM custody_period AS p WHERE p.device_id = unit.id AND NOT EXISTS (
            SELECT FROM device_event AS s WHERE s.device_id = unit.id AND s.kind = 'SOLD'
              AND s.tx_hash = p.tx_hash AND s.counterparty_id = p.owner_id)
            AND ${underRecall('p', 'p.owner_id')}),
        'sales', (SELECT json_agg(${log('s')} ORDER BY id) FROM device_event AS s
          WHERE s.device_id = unit.id AND s.kind = 'SOLD'
            AND ${underRecall('s', 's.counterparty_id')})))
     FROM recall_unit JOIN recall ON recall.id = recall_unit.recall_id
     WHERE recall_unit.device_id = unit.id) AS recalls,
    (SELECT json_agg(id) FROM (SELECT id FROM device AS twin
      WHERE twin.identity_key = unit.identity_key AND twin.id <> unit.id LIMIT 10) AS t) AS twins,
    (SELECT detail->>'reason' FROM device_event AS e
     WHERE e.device_id = unit.id AND kind = 'DECOMMISSIONED' ORDER BY id DESC LIMIT 1) AS ended,
    (SELECT count(*)::int FROM device WHERE lot_key = $1) AS "inLot"
  FROM head LEFT JOIN unit ON true
  LEFT JOIN device_model AS model ON model.id = unit.model_id
  LEFT JOIN owner ON owner.id = unit.owner_id
  LEFT JOIN owner AS maker ON maker.id = unit.manufacturer_id
  LEFT JOIN custody_period AS first ON first.device_id = unit.id AND first.number = 0
  LEFT JOIN LATERAL (SELECT e.id, ${log('e')} AS log FROM device_event AS e
    WHERE e.device_id = unit.id AND kind = 'MINTED' ORDER BY e.id LIMIT 1) AS mint ON true
  LEFT JOIN LATERAL (SELECT kind, ${log('e')} AS log FROM device_event AS e
    WHERE e.model_id = unit.model_id AND device_id IS NULL AND e.id < mint.id
      AND kind IN ('MODEL_APPROVED', 'MODEL_REJECTED', 'MODEL_REVOKED')
    ORDER BY e.id DESC LIMIT 1) AS approval ON true
  LEFT JOIN LATERAL (SELECT kind, ${log('e')} AS log FROM device_event AS e
    WHERE e.model_id = unit.model_id AND device_id IS NULL AND e.id > mint.id
      AND kind IN ('MODEL_APPROVED', 'MODEL_REJECTED', 'MODEL_REVOKED')
    ORDER BY e.id DESC LIMIT 1) AS later ON true
  ORDER BY unit.contract, unit.token_id`

const BY_IDENTITY = evidence('identity_key = $1')
const BY_SERIAL = evidence('serial_key = $1')

interface RecallOfUnit {
  open: boolean
  resolution: string | null
  breaches: { back: boolean }[] | null
  sales: object[] | null
}

interface EvidenceRow extends BlockRow {
  id: string | null
  serial: string | null
  model_id: string | null
  expiresOn: string | null
  ownerId: string | null
  periods: number
  startedBy: string | null
  mint: object | null
  approval: string | null
  anomalies: object[] | null
  later: string | null
  recalls: RecallOfUnit[] | null
  twins: string[] | null
  inLot: number
}

function slippedAway({ open, resolution, breaches, sales }: RecallOfUnit): boolean {
  const moved = !open && resolution !== 'CORRECTED' && breaches?.some(({ back }) => !back)
  return sales !== null || moved === true
}

function verdictOf(rows: readonly EvidenceRow[]): string {
  const [unit] = rows
  if (unit === undefined || unit.id === null) return 'UNKNOWN'
  if (rows.length > 1) return 'AMBIGUOUS'
  const proven =
    unit.startedBy === 'MINT' && unit.mint && unit.model_id && unit.serial && unit.approval
  if (!proven || unit.approval !== 'MODEL_APPROVED') return 'SUSPECT'
  if (unit.anomalies || unit.twins || unit.later === 'MODEL_REVOKED') return 'SUSPECT'
  if (unit.recalls?.some(slippedAway)) return 'SUSPECT'
  if (unit.recalls?.some(({ open }) => open)) return 'RECALLED'
  if (unit.ownerId === null && unit.periods > 0) return 'DECOMMISSIONED'
  const today = unit.atTime.toISOString().slice(0, 10)
  return unit.expiresOn !== null && unit.expiresOn < today ? 'EXPIRED' : 'GENUINE'
}

const QUERY = `query ($identifier: String!) {
  verifyDevice(identifier: $identifier) {
    verdict device { id } asOf { height } reasons { code message blockHeight }
  }
}`

function trial(identifier: string, statement: string, key: string): Trial {
  return {
    async ours(sql) {
      const { verdict, deviceId, candidateIds, asOf } = await verifyDevice(sql, { identifier })
      return () => ({ verdict, deviceId, candidateIds, at: comparedBlock(asOf) })
    },
    async byHand(sql) {
      const rows = await sql<EvidenceRow>(statement, [key])
      const ids = rows.flatMap(({ id }) => (id === null ? [] : [id]))
      const deviceId = ids.length === 1 ? (ids[0] ?? null) : null
      const verdict = verdictOf(rows)
      return () => ({ verdict, deviceId, candidateIds: ids, at: blockOf(rows[0]) })
    },
    request: { query: QUERY, variables: { identifier } },
  }
}

function question(name: string, trialOf: (label: Label) => Trial): Question {
  return {
    name,
    bar: SQL_BAR,
    rounds: 200,
    async prepare(sql: Sql, random: Random) {
      const drawn = await labels(sql, random)
      return () => trialOf(random.pick(drawn))
    },
  }
}

export const VERIFY_DEVICE: readonly Question[] = [
  question('verifyDevice, GS1 element string', ({ udiDi, serial }) =>
    trial(`(01)${udiDi}(21)${serial}`, BY_IDENTITY, `${udiDi}|${serial}`),
  ),
  question('verifyDevice, bare serial', ({ serial }) => trial(serial, BY_SERIAL, serial)),
]
