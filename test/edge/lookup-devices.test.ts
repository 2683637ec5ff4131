import { afterAll, beforeAll, expect, it } from 'vitest'
import type { LedgerRows } from '../support/ledger-rows'
import { fiveUnits, GTIN, HOSPITAL } from './five-units'
import { RunningApi } from './running-api'

const UNITS = 10_000
let ledger: LedgerRows
let api: RunningApi

beforeAll(async () => {
  ledger = await fiveUnits()
  await ledger.sql(`
    INSERT INTO device (id, contract, token_id, model_id, serial, serial_key, identity_key,
      owner_id, period_count, locked, block_height, log_index, "timestamp")
    SELECT 'demo-' || n, 'demo', n, 'demo-model-1', 'U' || n, 'U' || n, '${GTIN}|U' || n,
      '${HOSPITAL}', 1, false, 10, 0, now() FROM generate_series(100, ${UNITS + 99}) AS n`)
  await ledger.sql('ANALYZE device')
  api = await RunningApi.start(ledger.url)
})
afterAll(async () => {
  await api?.close()
  await ledger?.close()
})

const QUERY = `query ($identifiers: [String!]!) {
  lookupDevices(identifiers: $identifiers) {
    row identifier outcome candidateCount duplicateOf
    device { id serial owner { name } } candidates { id }
    parsed { syntax udiDi serial lot problems }
  }
}`

it('answers every row, in order, with the fields of its devices', async () => {
  const identifiers = [`(01)${GTIN}(21)S1`, 'S9', 'demo-1', '', '(10)L']
  const { lookupDevices } = await api.data(QUERY, { identifiers })
  expect(lookupDevices).toMatchObject([
    {
      row: 1,
      identifier: `(01)${GTIN}(21)S1`,
      outcome: 'MATCHED',
      candidateCount: 1,
      duplicateOf: null,
      device: { id: 'demo-1', serial: 'S1', owner: { name: 'Hospital' } },
      candidates: [{ id: 'demo-1' }],
      parsed: { syntax: 'GS1_ELEMENT_STRING', udiDi: GTIN, serial: 'S1', problems: [] },
    },
    { row: 2, outcome: 'NOT_FOUND', device: null, candidates: [] },
    { row: 3, outcome: 'DUPLICATE_ROW', duplicateOf: 1, device: { id: 'demo-1' } },
    { row: 4, outcome: 'INVALID', device: null, parsed: { problems: [expect.any(String)] } },
    { row: 5, outcome: 'AMBIGUOUS', candidateCount: 5, device: null },
  ])
  expect(lookupDevices[4].candidates.map(({ id }: { id: string }) => id)).toEqual(
    [1, 2, 3, 4, 5].map((token) => `demo-${token}`),
  )
})

const FEW = `query ($identifiers: [String!]!) {
  lookupDevices(identifiers: $identifiers) { row outcome device { id } }
}`
const scan = (n: number) => `(01)${GTIN}(21)U${n + 100}`

it('10,000 in one request go at 20 times the rate of single requests, or better', async () => {
  const identifiers = Array.from({ length: UNITS }, (_, n) => scan(n))
  await api.data(FEW, { identifiers })
  const singles = 200
  const started = performance.now()
  for (let n = 0; n < singles; n++) await api.data(FEW, { identifiers: [scan(n * 7)] })
  const perSingle = (performance.now() - started) / singles
  const before = performance.now()
  const { lookupDevices } = await api.data(FEW, { identifiers })
  const perRow = (performance.now() - before) / UNITS
  expect(lookupDevices).toHaveLength(UNITS)
  expect(lookupDevices[UNITS - 1]).toEqual({
    row: UNITS,
    outcome: 'MATCHED',
    device: { id: `demo-${UNITS + 99}` },
  })
  const rates = `single ${perSingle.toFixed(2)} ms, in one request ${perRow.toFixed(3)} ms a row`
  console.log(`lookupDevices over HTTP: ${rates}`)
  expect(perSingle / perRow).toBeGreaterThan(20)
}, 120_000)

it('10,000 rows with eight fields of their devices are within the limits', async () => {
  const identifiers = Array.from({ length: UNITS }, (_, n) => scan(n))
  const fields = 'id serial lot disposition model { name } owner { id }'
  const query = `query ($identifiers: [String!]!) {
    lookupDevices(identifiers: $identifiers) { row outcome device { ${fields} } }
  }`
  const { lookupDevices } = await api.data(query, { identifiers })
  expect(lookupDevices[0].device.owner).toEqual({ id: HOSPITAL })
}, 60_000)

it('an answer that would be too large is refused, also where few devices repeat', async () => {
  const identifiers = Array.from({ length: UNITS }, () => '(10)L')
  const query = `query ($identifiers: [String!]!) {
    lookupDevices(identifiers: $identifiers) { candidates { id serial lot } }
  }`
  const { body } = await api.ask(query, { identifiers })
  expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['RESPONSE_TOO_LARGE'])
})

it('one identifier too many is refused by name', async () => {
  const identifiers = Array.from({ length: UNITS + 1 }, (_, n) => `S${n}`)
  const { body } = await api.ask(FEW, { identifiers })
  expect(body.errors).toMatchObject([
    {
      message: expect.stringContaining('identifiers has 10001'),
      extensions: { code: 'ARGUMENT_OUT_OF_RANGE' },
    },
  ])
})
