import { once } from 'node:events'
import { createServer } from 'node:net'
import { createLogger, Logger, type LogRecord } from '@subsquid/logger'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startApi } from '../../src/edge/start-api'
import { party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'
import { RunningApi } from './running-api'

let ledger: LedgerRows
let api: RunningApi

beforeEach(async () => {
  ledger = await LedgerRows.open()
  await ledger.mint({ at: 1, token: 1, manufacturer: party(1) })
  await ledger.anomaly('demo-1', 'SECOND_MINT', 2)
  await ledger.head(10)
  await ledger.heartbeat(10)
  api = await RunningApi.start(ledger.url, { statementTimeoutMs: 300 })
})
afterEach(async () => {
  await api.close()
  await ledger.close()
})

const ANOMALIES = '{ anomalies(limit: 1) { id message } }'

/** Lets reading the anomalies do what `expression` does. */
async function hideBehindAnomalies(expression: string): Promise<void> {
  await ledger.sql('ALTER TABLE anomaly RENAME TO anomaly_row')
  await ledger.sql(`CREATE VIEW anomaly AS SELECT id, code, ${expression} AS message, contract,
    device_id, block_height, log_index, "timestamp", tx_hash FROM anomaly_row`)
}

const codes = async (query: string) =>
  (await api.ask(query)).body.errors?.map(({ extensions }) => extensions.code)

const times = (count: number, one: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => one(n)).join(' ')

describe('a request', () => {
  it('cannot write', async () => {
    await ledger.sql(`CREATE FUNCTION try_to_write() RETURNS text VOLATILE LANGUAGE sql AS
      $$ UPDATE device SET serial = 'forged' RETURNING 'written' $$`)
    await hideBehindAnomalies('try_to_write()')
    expect(await codes(ANOMALIES)).toEqual(['INTERNAL'])
    expect(JSON.stringify(api.logged)).toContain('read-only transaction')
    expect(await ledger.sql('SELECT serial FROM device')).toEqual([{ serial: null }])
  })

  it('reads one snapshot', async () => {
    await hideBehindAnomalies(`current_setting('transaction_isolation')`)
    expect(await api.data(ANOMALIES)).toMatchObject({ anomalies: [{ message: 'repeatable read' }] })
  })

  it('that takes too long is stopped, with what follows it in its transaction', async () => {
    await hideBehindAnomalies(`pg_sleep(3)::text`)
    const started = Date.now()
    const answer = await api.ask(
      `{ anomalies(limit: 1) { message } later: indexerStatus { anomalies } }`,
    )
    expect(new Set(answer.body.errors?.map(({ extensions }) => extensions.code))).toEqual(
      new Set(['QUERY_TIMEOUT']),
    )
    expect(Date.now() - started).toBeLessThan(2_500)
    expect(await api.data('{ devices(limit: 1) { id } }')).toEqual({ devices: [{ id: 'demo-1' }] })
  })

  it('that fails inside tells nothing but the incident under which it is logged', async () => {
    await hideBehindAnomalies(`(1 / (log_index * 0))::text`)
    await ledger.sql('ALTER TABLE owner RENAME TO owner_gone')
    const { body } = await api.ask('{ owners(limit: 1) { id } }')
    const [error] = body.errors ?? []
    expect(error).toMatchObject({
      path: ['owners'],
      extensions: { code: 'INTERNAL', incident: expect.any(String) },
    })
    expect(JSON.stringify(body)).not.toMatch(/select|relation|owner_gone|stack|exception|\.js/i)
    expect(JSON.stringify(api.logged)).toContain(error?.extensions.incident)
  })

  it.each([
    ['a negative limit', '{ anomalies(limit: -1) { id } }'],
    [
      'text that no column holds',
      '{ anomalies(limit: 1, where: { message_eq: "\\u0000" }) { id } }',
    ],
  ])('with %s is the fault of the caller', async (_, query) => {
    expect(await codes(query)).toEqual(['BAD_USER_INPUT'])
  })
})

describe('limits', () => {
  it.each([
    ['a list without a limit', '{ anomalies { id } }'],
    ['a list within a list without a limit', '{ devices(limit: 10) { custody { id } } }'],
    [
      'a list within an answer without a limit',
      '{ custodyChain(deviceId: "demo-1") { device { custody { id } } } }',
    ],
    ['limits that multiply', '{ devices(limit: 1001) { custody(limit: 100) { id } } }'],
    ['a list that is too long', '{ devices(limit: 100001) { id } }'],
    [
      'a connection that is too long',
      '{ devicesConnection(orderBy: id_ASC, first: 100001) { edges { node { id } } } }',
    ],
    [
      'the same question under many names',
      `{ recallLookup(scope: { lots: ["L"] }) { ${times(101, (n) => `a${n}: byLot { lot }`)} } }`,
    ],
  ])('%s is refused', async (_, query) => {
    expect(await codes(query)).toEqual(expect.arrayContaining(['RESPONSE_TOO_LARGE']))
  })

  it('eleven root fields are refused, ten are not', async () => {
    const fields = (count: number) =>
      `{ ${Array.from({ length: count }, (_, n) => `a${n}: indexerStatus { ready }`).join(' ')} }`
    expect(await codes(fields(11))).toEqual(['BAD_USER_INPUT'])
    expect(Object.keys(await api.data(fields(10)))).toHaveLength(10)
  })

  it.each([
    ['a request larger than 2 MB', '{ __typename }', { pad: 'x'.repeat(2_000_000) }],
    ['a query longer than 16,384 characters', `#${'x'.repeat(16_384)}\n{ __typename }`, {}],
  ])('%s is refused', async (_, query, variables) => {
    expect(await api.ask(query, variables)).toMatchObject({
      status: 413,
      body: { errors: [{ extensions: { code: 'REQUEST_TOO_LARGE' } }] },
    })
  })

  it('a request just below both is answered', async () => {
    const query = `#${'x'.repeat(16_300)}\nquery ($pad: [String!]!) {
      lookupDevices(identifiers: $pad) { row }
    }`
    expect(await api.data(query, { pad: ['x'.repeat(1_980_000)] })).toEqual({
      lookupDevices: [{ row: 1 }],
    })
  })

  it('a query that is nested without end does not end the process', async () => {
    const depth = 20_000
    const [open, close] = ['{ owner { devices(limit: 1) ', '} }'].map((one) => one.repeat(depth))
    const query = `{ devices(limit: 1) ${open} { id } ${close} }`
    expect(
      (await api.post(JSON.stringify({ query: query.slice(0, 250_000) }))).body.errors,
    ).toHaveLength(1)
    expect(await api.data('{ __typename }')).toEqual({ __typename: 'Query' })
  })
})

describe('what is no query', () => {
  it.each([
    ['no JSON', '{"query":', 'application/json'],
    ['a number', '5', 'application/json'],
    ['nothing', '', 'application/json'],
    ['no query', '{}', 'application/json'],
    ['a batch', '[{"query":"{__typename}"}]', 'application/json'],
    ['a form', 'query={__typename}', 'application/x-www-form-urlencoded'],
  ])('%s is refused without a stack', async (_, body, contentType) => {
    const answer = await api.post(body, contentType)
    expect(answer.status).toBe(400)
    expect(answer.body.errors).toHaveLength(1)
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\bat /)
  })

  it('an unknown path is not found', async () => {
    const response = await fetch(`${api.url}/nothing`)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] })
  })

  it('a browser gets the console, with its scripts', async () => {
    const page = await fetch(`${api.url}/console`, { headers: { accept: 'text/html' } })
    expect(page.headers.get('content-type')).toContain('text/html')
    const script = /src="(console\/static\/js\/main[^"]+)"/.exec(await page.text())?.[1]
    const code = await fetch(`${api.url}/${script}`)
    expect(code.status).toBe(200)
    expect(code.headers.get('content-type')).toContain('javascript')
  })

  it('a GET with a query is answered', async () => {
    const response = await fetch(
      `${api.url}/graphql?query=${encodeURIComponent('{ indexerStatus { height } }')}`,
    )
    expect(await response.json()).toEqual({ data: { indexerStatus: { height: 10 } } })
  })
})

describe('health', () => {
  it('is ready when the indexer is', async () => {
    expect(await (await fetch(`${api.url}/health`)).json()).toEqual({ status: 'ok' })
    const ready = await fetch(`${api.url}/ready`)
    expect(ready.status).toBe(200)
    expect(await ready.json()).toMatchObject({ ready: true, status: { height: 10 } })
  })

  it('lives, but is not ready, when the indexer is silent', async () => {
    await ledger.heartbeat(10, 120)
    const ready = await fetch(`${api.url}/ready`)
    expect(ready.status).toBe(503)
    expect(await ready.json()).toMatchObject({ ready: false, reason: 'the indexer is behind' })
    expect((await fetch(`${api.url}/health`)).status).toBe(200)
  })

  it('outlives its database, says so, and recovers', async () => {
    const url = new URL(ledger.url)
    const name = url.pathname.slice(1)
    const admin = await LedgerRows.open()
    try {
      await ledger.pauseDatabase(admin, name)
      const answer = await api.ask('{ indexerStatus { height } }')
      expect(answer).toMatchObject({
        status: 503,
        body: { errors: [{ extensions: { code: 'DATABASE_UNAVAILABLE' } }] },
      })
      expect((await fetch(`${api.url}/ready`)).status).toBe(503)
      expect((await fetch(`${api.url}/health`)).status).toBe(200)
      await ledger.resumeDatabase(admin, name)
      expect(await api.data('{ indexerStatus { height } }')).toEqual({
        indexerStatus: { height: 10 },
      })
      expect((await fetch(`${api.url}/ready`)).status).toBe(200)
    } finally {
      await admin.close()
    }
  })
})

describe('starting', () => {
  it('says which port is busy', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const start = startApi({ port, dbUrl: ledger.url, log: createLogger('test') })
    await expect(start).rejects.toMatchObject({ code: 'PORT_UNAVAILABLE', remedy: 'human' })
    taken.close()
  })

  it('without a database the port is open, says so and does not pretend to be ready', async () => {
    const logged: LogRecord[] = []
    const waiting = await startApi({
      port: 0,
      dbUrl: 'postgres://nobody@127.0.0.1:1/none',
      log: new Logger((record) => logged.push(record), 'test'),
    })
    try {
      const url = `http://127.0.0.1:${waiting.port}`
      expect((await fetch(`${url}/health`)).status).toBe(200)
      expect((await fetch(`${url}/ready`)).status).toBe(503)
      const answer = await fetch(`${url}/graphql?query={__typename}`)
      expect(answer.status).toBe(503)
      expect(await answer.json()).toMatchObject({
        errors: [{ extensions: { code: 'DATABASE_UNAVAILABLE' } }],
      })
      await expect.poll(() => JSON.stringify(logged), { timeout: 30_000 }).toContain('waiting')
    } finally {
      await waiting.close()
    }
    await expect(waiting.started).rejects.toThrow()
  })

  it('what only a person can mend ends the start', async () => {
    const refusal = new Error('the password is wrong')
    const api = await startApi({
      port: 0,
      dbUrl: ledger.url,
      log: createLogger('test'),
      databaseReady: () => Promise.reject(refusal),
    })
    await expect(api.started).rejects.toBe(refusal)
    await api.close()
  })
})
