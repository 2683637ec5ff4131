import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildDataset } from '../../bench/queries/dataset/build'
import {
  DERIVE_DEVICES,
  DERIVE_MODELS,
  DERIVE_OWNERS,
  DERIVE_RECALLS,
} from '../../src/persistence/derive-state'
import { freshDatabase, type TestDatabase } from '../support/postgres'

const DEVICES = 10_000

const DIGESTS = ['device', 'device_model', 'owner', 'recall', 'recall_unit']
  .map(
    (table) => `SELECT '${table}' AS "table", count(*)::int AS rows,
      md5(string_agg(md5(to_jsonb(t)::text), '' ORDER BY id)) AS digest FROM "${table}" AS t`,
  )
  .join(' UNION ALL ')

const NOT_TILING = `
  SELECT * FROM (
    SELECT id, until_block, until_log_index, ended_by_burn, number, lead(number) OVER w AS next,
      lead(block_height) OVER w AS next_block, lead(log_index) OVER w AS next_log
    FROM custody_period WINDOW w AS (PARTITION BY device_id ORDER BY number)) AS period
  WHERE CASE WHEN next IS NULL THEN ended_by_burn <> (until_block IS NOT NULL)
    ELSE ended_by_burn OR next <> number + 1
      OR (until_block, until_log_index) IS DISTINCT FROM (next_block, next_log) END`

const WRONG_COUNTS = `
  SELECT id FROM owner WHERE devices_held <> (SELECT count(*) FROM device WHERE owner_id = owner.id)
  UNION ALL
  SELECT id FROM device_model
  WHERE devices_minted <> (SELECT count(*) FROM device WHERE model_id = device_model.id)`

// A recall takes in the units of its lots.
const WRONG_MEMBERS = `
  SELECT scope.recall_id, device.id, unit.id AS unit
  FROM recall_scope AS scope
  JOIN device ON device.model_id = scope.model_id AND device.lot_key = scope.value_key
  FULL JOIN recall_unit AS unit
    ON unit.recall_id = scope.recall_id AND unit.device_id = device.id
  WHERE unit.id IS NULL OR device.id IS NULL`

const SHARED_LOGS = `
  SELECT event.id FROM device_event AS event JOIN custody_period AS period
    ON (period.block_height, period.log_index) = (event.block_height, event.log_index)`

const TWICE_NAMED = `
  SELECT identity_key FROM device WHERE NOT EXISTS (
    SELECT FROM anomaly WHERE device_id = device.id AND code = 'DUPLICATE_IDENTITY')
  GROUP BY identity_key HAVING identity_key IS NOT NULL AND count(*) > 1`

/** A bench on rows that no chain could leave would measure answers that nobody gets. */
describe('the data of the bench', () => {
  let database: TestDatabase
  let client: Client
  const rows = async (statement: string) => (await client.query<object>(statement)).rows

  beforeAll(async () => {
    database = await freshDatabase()
    await buildDataset(database.url, DEVICES)
    client = new Client({ connectionString: database.url })
    await client.connect()
  }, 120_000)
  afterAll(async () => {
    await client.end()
    await database.drop()
  })

  it('has the sizes that it promises', async () => {
    const [sizes] = await rows(`SELECT
      (SELECT count(*)::int FROM device) AS devices,
      (SELECT abs(count(*) - 5 * ${DEVICES})::int < 100 FROM custody_period) AS "fiveTimes",
      (SELECT max(devices_held) FROM owner) AS "largestHolding",
      (SELECT count(*)::int > 980 FROM device WHERE lot_key = 'BIG-LOT') AS "bigLot",
      (SELECT count(*)::int FROM device WHERE lot_key = 'PROBE-LOT') AS "probeLot"`)
    expect(sizes).toEqual({
      devices: DEVICES,
      fiveTimes: true,
      largestHolding: 3_000,
      bigLot: true,
      probeLot: 200,
    })
  })

  it('is told without gap or overlap', async () => {
    expect(await rows(NOT_TILING)).toEqual([])
    expect(await rows(SHARED_LOGS)).toEqual([])
  })

  it('counts what it holds', async () => {
    expect(await rows(WRONG_COUNTS)).toEqual([])
    expect(await rows(WRONG_MEMBERS)).toEqual([])
  })

  it('has an anomaly for each second twin', async () => {
    expect(await rows(TWICE_NAMED)).toEqual([])
  })

  it('has the present state that its facts give', async () => {
    const before = await rows(DIGESTS)
    for (const table of ['device', 'model', 'owner', 'recall']) {
      const from = table === 'model' ? 'device_model' : `"${table}"`
      await rows(`CREATE TEMP TABLE unwound_${table} AS SELECT id FROM ${from}`)
    }
    const [head] = (
      await client.query<{ height: number }>('SELECT max(height) AS height FROM block')
    ).rows
    const derive = [DERIVE_DEVICES, DERIVE_MODELS, DERIVE_OWNERS, ...DERIVE_RECALLS]
    for (const statement of derive) await rows(statement.replaceAll('$1', String(head?.height)))
    // Also what was resolved by then is derived anew, from before the first resolution on.
    await rows(DERIVE_RECALLS.at(-1)?.replaceAll('$1', '0') ?? '')
    expect(await rows(DIGESTS)).toEqual(before)
  })
})
