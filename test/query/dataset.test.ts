import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildDataset } from '../../bench/queries/dataset/build'
import { RULES } from '../../src/check/ledger/rules'
import { freshDatabase, type TestDatabase } from '../support/postgres'

const DEVICES = 10_000

const SHARED_LOGS = `
  SELECT event.id FROM device_event AS event JOIN custody_period AS period
    ON (period.block_height, period.log_index) = (event.block_height, event.log_index)`

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

  it.each(RULES)('keeps the rule of $name', async ({ find }) => {
    await client.query('BEGIN')
    const sql = async (text: string, parameters: readonly unknown[] = []) =>
      (await client.query(text, [...parameters])).rows
    expect(await find(sql)).toMatchObject({ count: 0, first: [] })
    await client.query('COMMIT')
  })

  it('has no log that is both a move and an event', async () => {
    expect(await rows(SHARED_LOGS)).toEqual([])
  })
})
