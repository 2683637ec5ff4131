import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'
import { RunningApi } from './running-api'

let ledger: LedgerRows
let api: RunningApi

beforeEach(async () => {
  ledger = await LedgerRows.open()
  await ledger.mint({ at: 1, token: 1, manufacturer: party(1) })
  await ledger.head(10)
  // Reading an anomaly takes longer than this test may.
  await ledger.anomaly('demo-1', 'SECOND_MINT', 2)
  await ledger.sql('ALTER TABLE anomaly RENAME TO anomaly_row')
  await ledger.sql(`CREATE VIEW anomaly AS
    SELECT id, code, pg_sleep(600)::text AS message, contract, device_id, block_height, log_index,
      "timestamp", tx_hash FROM anomaly_row`)
  api = await RunningApi.start(ledger.url, { statementTimeoutMs: 60_000 })
})
afterEach(async () => {
  await api.close()
  await ledger.close()
})

async function sleeping(): Promise<number> {
  const [row] = await ledger.sql<{ count: number }>(
    `SELECT count(*)::int AS "count" FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event = 'PgSleep'`,
  )
  return row?.count ?? 0
}

async function until(count: number): Promise<void> {
  const deadline = Date.now() + 10_000
  while ((await sleeping()) !== count) {
    if (Date.now() > deadline) throw new Error(`${await sleeping()} statements run, not ${count}`)
    await pause(20)
  }
}

function start(query: string): { leave(): void; left: Promise<unknown> } {
  const caller = new AbortController()
  const request = fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    signal: caller.signal,
  })
  return { leave: () => caller.abort(), left: request.catch((error: Error) => error.name) }
}

it('the statement of a request whose caller went away is stopped, and no other', async () => {
  const stays = start('{ anomalies(limit: 1) { message } }')
  await until(1)
  const goes = start('{ anomalies(limit: 1) { message } }')
  await until(2)
  goes.leave()
  expect(await goes.left).toBe('AbortError')
  await until(1)
  // Its connection is usable again, and the other caller is still waited for.
  expect(await api.data('{ devices(limit: 1) { id } }')).toEqual({ devices: [{ id: 'demo-1' }] })
  expect(await sleeping()).toBe(1)
  stays.leave()
  await stays.left
  await until(0)
})

it('what would follow the stopped statement in its request does not run either', async () => {
  const slow = (alias: string) => `${alias}: anomalies(limit: 1) { message }`
  const request = start(`{ ${slow('a')} ${slow('b')} ${slow('c')} }`)
  await until(1)
  request.leave()
  await request.left
  await until(0)
  await pause(200)
  expect(await sleeping()).toBe(0)
})
