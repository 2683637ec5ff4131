import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'
import { RunningApi } from './running-api'

/** Goal: no request stalls the others, and each that is refused is told by what and why. */

let ledger: LedgerRows
let api: RunningApi

beforeAll(async () => {
  ledger = await LedgerRows.open()
  await ledger.model(1, '09506000134352', 1)
  await ledger.mint({ at: 2, token: 1, model: 1, serial: 'S1', manufacturer: party(1) })
  await ledger.head(10)
  await ledger.heartbeat(10)
  api = await RunningApi.start(ledger.url)
})
afterAll(async () => {
  await api?.close()
  await ledger?.close()
})

const strings = (count: number) => Array.from({ length: count }, (_, n) => `demo-${n}`)
const times = (count: number, one: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => one(n)).join(' ')

async function refusal(query: string, variables: object = {}) {
  const { status, body } = await api.ask(query, variables)
  const [error] = body.errors ?? []
  return { status, code: error?.extensions.code, message: error?.message ?? '' }
}

describe('filters', () => {
  const BY_ID =
    'query ($ids: [String!]) { devices(limit: 1, orderBy: id_ASC, where: { id_in: $ids }) { id } }'

  it('take 10,000 values', async () => {
    expect(await api.data(BY_ID, { ids: strings(10_000) })).toEqual({ devices: [{ id: 'demo-1' }] })
  })

  it.each([10_001, 65_536])('refuse %i values by name, not as a lost database', async (count) => {
    const { status, code, message } = await refusal(BY_ID, { ids: strings(count) })
    expect({ status, code }).toEqual({ status: 400, code: 'BAD_USER_INPUT' })
    expect(message).toContain(`devices(where).id_in has ${count} values, but at most 10000`)
  })

  it('refuse more values in all than a statement has parameters', async () => {
    const query = `query ($ids: [String!]) {
      ${times(6, (n) => `a${n}: devices(limit: 1, where: { id_in: $ids }) { id }`)} }`
    expect((await refusal(query, { ids: strings(9_000) })).message).toContain('50000 values in all')
  })

  it('refuse thousands of filters, each of which costs more than a value', async () => {
    const query = 'query ($w: DeviceWhereInput) { devices(limit: 1, where: $w) { id } }'
    const filter = (count: number) => ({ w: { OR: strings(count).map((id) => ({ id_eq: id })) } })
    expect(await api.data(query, filter(900))).toEqual({ devices: [{ id: 'demo-1' }] })
    expect(await refusal(query, filter(1_000))).toMatchObject({
      status: 413,
      code: 'REQUEST_TOO_LARGE',
      message: expect.stringContaining('_in'),
    })
  })

  it('follow three relations, and name the fourth', async () => {
    const nested = (depth: number): string =>
      depth === 0
        ? '{ id_isNull: false }'
        : `{ ${depth % 2 === 1 ? 'owner' : 'custody_some'}: ${nested(depth - 1)} }`
    const three = 'custody_some: { owner: { devices_some: { id_eq: "demo-1" } } }'
    expect(await api.data(`{ devices(limit: 1, where: { ${three} }) { id } }`)).toEqual({
      devices: [{ id: 'demo-1' }],
    })
    const four = 'custody_some: { owner: { devices_some: { custody_some: { id_isNull: false } } } }'
    expect(await refusal(`{ devices(limit: 1, where: { ${four} }) { id } }`)).toMatchObject({
      status: 400,
      message: expect.stringContaining(
        'devices(where).custody_some.owner.devices_some.custody_some is the relation number 4',
      ),
    })
    const hidden = `query { ...a } fragment a on Query {
      devices(limit: 1) { custody(limit: 1, where: { device: ${nested(4)} }) { id } } }`
    expect((await refusal(hidden)).message).toContain('devices.custody(where).device')
  })

  it('follow no more than thirty relations side by side', async () => {
    const any = times(31, () => '{ custody_some: { id_isNull: false } }')
    const query = `{ devices(limit: 1, where: { OR: [${any}] }) { id } }`
    expect((await refusal(query)).message).toContain('follow at most 30')
  })
})

describe('a query', () => {
  it('asks few questions, whatever they are called', async () => {
    const lists = times(26, (n) => `a${n}: byLot { lot }`)
    const query = `{ recallLookup(scope: { lots: ["L"] }) { ${lists} } }`
    expect((await refusal(query)).code).toBe('RESPONSE_TOO_LARGE')
  })

  it('selects few objects, also through fragments that multiply', async () => {
    const fragments = times(
      8,
      (n) => `fragment f${n} on Device { a: owner { id } ...f${n + 1} ...f${n + 1} }`,
    )
    const query = `{ devices(limit: 1) { ...f0 } } ${fragments} fragment f8 on Device { id }`
    expect((await refusal(query)).message).toContain('more than 300 objects')
  })

  it('cannot be asked by its hash, which tells nothing to check', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } }
    const { body } = await api.post(JSON.stringify({ extensions }))
    expect(body.errors).toHaveLength(1)
  })

  it.each([
    ['braces', `{ devices(limit: 1) ${'{ owner '.repeat(1_000)}`],
    ['braces after a comment', `{ #\r ${'{ owner '.repeat(1_000)}`],
    ['brackets', `{ lookupDevices(identifiers: ${'['.repeat(5_000)}`],
  ])('with thousands of %s is nested too deep', async (_, query) => {
    expect(await refusal(query)).toMatchObject({ status: 400, code: 'REQUEST_TOO_DEEP' })
  })

  it('may hold braces in its texts', async () => {
    const text = '{'.repeat(500)
    const query = `{ # ${text}\n verifyDevice(identifier: "${text}\\"{") { verdict } }`
    expect((await api.data(query)).verifyDevice.verdict).toBe('INVALID')
  })

  it.each([
    ['arrays', '['.repeat(500_000) + ']'.repeat(500_000)],
    ['objects', `${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`],
    ['variables', `{"query":"{__typename}","variables":${'{"a":'.repeat(99)}1${'}'.repeat(100)}`],
  ])('in a body of nested %s is refused', async (_, body) => {
    expect(await api.post(body)).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'REQUEST_TOO_DEEP' } }] },
    })
  })
})

describe('a page that is too large', () => {
  it.each([
    ['holdings', `holdings(ownerId: "${party(1)}", first: N) { nodes { since } }`],
    ['changes', 'changes(first: N) { nodes { kind } }'],
    ['custodyFlows', 'custodyFlows(first: N) { moves }'],
    ['units', 'recallLookup(scope: { lots: ["L"] }) { units(first: N) { nodes { disposition } } }'],
    [
      'consignees',
      'recallLookup(scope: { lots: ["L"] }) { consignees(first: N) { nodes { unitsHeld } } }',
    ],
  ])('%s names first and the limit, however large it is', async (_, field) => {
    for (const first of [1_001, 100_001, 2 ** 31 - 1]) {
      expect(await refusal(`{ ${field.replace('N', String(first))} }`)).toMatchObject({
        code: 'ARGUMENT_OUT_OF_RANGE',
        message: expect.stringContaining(
          `first is ${first}. Expected a whole number from 1 to 1000`,
        ),
      })
    }
  })
})

describe('an instant', () => {
  const at = (timestamp: string) =>
    refusal(`{ custodyChain(deviceId: "demo-1", asOf: { timestamp: "${timestamp}" }) {
      asOf { height } } }`)

  it.each(['2025-02-30T00:00:00Z', '2025-13-01T00:00:00Z', '2025-02-03', '2025-02-03T10:00:00'])(
    '%s is refused, and how to write one is told',
    async (timestamp) => {
      expect(await at(timestamp)).toMatchObject({
        code: 'GRAPHQL_VALIDATION_FAILED',
        message: expect.stringMatching(/is no instant: expected .*Z or .*\+02:00/),
      })
    },
  )

  it('is refused in a window, in a filter and in a variable as well', async () => {
    const never = '2026-02-30T00:00:00Z'
    const window = `activity(interval: DAY, from: "${never}", to: "2026-03-03T00:00:00Z") { mints }`
    expect((await refusal(`{ ${window} }`)).message).toContain('no instant')
    const filter = `devices(limit: 1, where: { timestamp_gt: "${never}" }) { id }`
    expect((await refusal(`{ ${filter} }`)).message).toContain('no instant')
    const query =
      'query ($at: DateTime!) { devices(limit: 1, where: { timestamp_gt: $at }) { id } }'
    expect((await refusal(query, { at: never })).message).toContain('no instant')
  })

  it('may have any time zone, and is the same one', async () => {
    const query = `query ($asOf: AsOfInput!) {
      custodyChain(deviceId: "demo-1", asOf: $asOf) { asOf { timestamp } } }`
    const asOf = { timestamp: '2026-01-01T02:05:00+02:00' }
    expect(await api.data(query, { asOf })).toEqual({
      custodyChain: { asOf: { timestamp: '2026-01-01T00:02:00.000Z' } },
    })
  })
})
