import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'
import { RunningApi } from './running-api'

/** Goal: requests that take long bound each other. Method: anomalies that take a second to read. */

let ledger: LedgerRows
let api: RunningApi

beforeAll(async () => {
  ledger = await LedgerRows.open()
  await ledger.mint({ at: 1, token: 1, manufacturer: party(1) })
  await ledger.anomaly('demo-1', 'SECOND_MINT', 2)
  await ledger.head(10)
  await ledger.sql('ALTER TABLE anomaly RENAME TO anomaly_row')
  await ledger.sql(`CREATE VIEW anomaly AS
    SELECT id, code, pg_sleep(1)::text AS message, contract, device_id, block_height, log_index,
      "timestamp", tx_hash FROM anomaly_row`)
  api = await RunningApi.start(ledger.url, { requestTimeoutMs: 2_500, requestsAtOnce: 12 })
})
afterAll(async () => {
  await api?.close()
  await ledger?.close()
})

const SLOW = `{ ${Array.from({ length: 9 }, (_, n) => `a${n}: anomalies(limit: 1) { message }`)} }`

async function sleeping(): Promise<number> {
  const [row] = await ledger.sql<{ count: number }>(
    `SELECT count(*)::int AS "count" FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event = 'PgSleep'`,
  )
  return row?.count ?? 0
}

it('a request of many statements ends at its deadline, and so does its SQL', async () => {
  const started = performance.now()
  expect(await api.ask(SLOW)).toMatchObject({
    status: 503,
    body: {
      errors: [
        {
          message: expect.stringContaining('longer than 2.5 seconds'),
          extensions: { code: 'QUERY_TIMEOUT' },
        },
      ],
    },
  })
  expect(performance.now() - started).toBeLessThan(5_000)
  await expect.poll(sleeping, { timeout: 5_000 }).toBe(0)
  expect(await api.data('{ devices(limit: 1) { id } }')).toEqual({ devices: [{ id: 'demo-1' }] })
})

it('those that wait behind them wait no longer, and one too many is told at once', async () => {
  const slow = Array.from({ length: 12 }, () => api.ask(SLOW))
  await pause(500)
  const started = performance.now()
  expect(await api.ask('{ indexerStatus { height } }')).toMatchObject({
    status: 503,
    body: { errors: [{ extensions: { code: 'BUSY' } }] },
  })
  expect(performance.now() - started).toBeLessThan(1_500)
  for (const { body } of await Promise.all(slow)) {
    expect(body.errors).toMatchObject([{ extensions: { code: 'QUERY_TIMEOUT' } }])
  }
  await expect
    .poll(async () => (await api.ask('{ indexerStatus { height } }')).status, { timeout: 5_000 })
    .toBe(200)
  await expect.poll(sleeping, { timeout: 5_000 }).toBe(0)
})
