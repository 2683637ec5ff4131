import { DERIVE_DEVICES, DERIVE_MODELS, DERIVE_OWNERS, DERIVE_RECALLS } from './derive-state'
import type { Sql } from './sql'

/**
 * What is about to lose events, while the events can still be asked. $1: the last height that
 * stays.
 */
const COLLECT = [
  `CREATE TEMP TABLE unwound_device ON COMMIT DROP AS
   SELECT d.id FROM (
     SELECT device_id FROM custody_period WHERE block_height > $1
     UNION SELECT device_id FROM custody_period WHERE ended_by_burn AND until_block > $1
     UNION SELECT device_id FROM device_event WHERE block_height > $1
   ) AS touched JOIN device d ON d.id = touched.device_id`,
  `CREATE TEMP TABLE unwound_model ON COMMIT DROP AS
   SELECT DISTINCT model_id AS id FROM device_event
   WHERE block_height > $1 AND kind LIKE 'MODEL\\_%'`,
  `CREATE TEMP TABLE unwound_owner ON COMMIT DROP AS
   SELECT DISTINCT party_id AS id FROM device_event
   WHERE block_height > $1 AND kind LIKE 'PARTY\\_%'`,
  `CREATE TEMP TABLE unwound_recall ON COMMIT DROP AS
   SELECT DISTINCT recall_id AS id FROM device_event
   WHERE block_height > $1 AND recall_id IS NOT NULL`,
]

/**
 * Counts are taken down with the devices as they are, and built up again when the devices are as
 * they were.
 */
const HELD = `SELECT owner_id, count(*) FROM device JOIN unwound_device USING (id)
   GROUP BY owner_id`
const COUNT_DOWN = [
  `UPDATE "owner" SET devices_held = devices_held - held.count
   FROM (${HELD}) AS held
   WHERE "owner".id = held.owner_id`,
  `UPDATE device_model SET devices_minted = devices_minted - minted.count
   FROM (SELECT model_id, count(*) FROM device JOIN unwound_device USING (id)
         WHERE identity_block > $1 GROUP BY model_id) AS minted
   WHERE device_model.id = minted.model_id`,
]
const COUNT_UP = `UPDATE "owner" SET devices_held = devices_held + held.count
   FROM (${HELD}) AS held
   WHERE "owner".id = held.owner_id`

const FORGET_FACTS = [
  `DELETE FROM anomaly WHERE block_height > $1`,
  `DELETE FROM recall_unit WHERE block_height > $1`,
  `DELETE FROM recall_scope WHERE block_height > $1`,
  `DELETE FROM device_event WHERE block_height > $1`,
  `DELETE FROM custody_period WHERE block_height > $1`,
  `UPDATE custody_period SET until_block = NULL, until_log_index = NULL, until = NULL,
     until_tx_hash = NULL, ended_by_burn = FALSE
   WHERE device_id IN (SELECT id FROM unwound_device) AND until_block > $1`,
  `DELETE FROM device WHERE block_height > $1`,
]

/** After the rows that stay were derived anew: until then they may point to these. */
const FORGET_STATE = [
  `DELETE FROM recall WHERE block_height > $1`,
  `DELETE FROM device_model WHERE block_height > $1`,
  `DELETE FROM block WHERE height > $1`,
  COUNT_UP,
  // Last, because the counts of the others are kept in owner rows.
  `DELETE FROM "owner" WHERE block_height > $1`,
]
const DERIVE = [DERIVE_DEVICES, DERIVE_MODELS, DERIVE_OWNERS, ...DERIVE_RECALLS]

const TEMPORARY = ['device', 'model', 'owner', 'recall'].map((name) => `DROP TABLE unwound_${name}`)

/**
 * Forgets everything after a block and restores what it closed: the ledger becomes what it was when
 * that block was the head. Set-based, so its cost grows with what is undone; the depth does not
 * matter, which is why the same statements serve a fork of one block and the repair of a reorg
 * deeper than finality.
 *
 * @param height last block that stays; -1 forgets all
 * @returns how many blocks were forgotten
 */
export async function unwind(sql: Sql, height: number): Promise<number> {
  const [found] = await sql<{ count: number }>(
    'SELECT count(*)::int AS "count" FROM block WHERE height > $1',
    [height],
  )
  const count = found?.count ?? 0
  if (count === 0) return 0
  // Temporary tables take no parameters, so the height is written into the text; it is a number by
  // its type.
  const at = (statement: string) => statement.replaceAll('$1', String(Math.trunc(height)))
  const steps = [COLLECT, COUNT_DOWN, FORGET_FACTS, DERIVE, FORGET_STATE, TEMPORARY]
  for (const statement of steps.flat()) await sql(at(statement))
  return count
}
