import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyDevice } from '../../src/query/verify-device'
import type { DeviceClaims } from '../../src/query/verify-device/claims'
import { party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'

const MAKER = party(1)
const LEAD = '09506000134352'
const PUMP = '09506000134369'
let ledger: LedgerRows

beforeAll(async () => {
  ledger = await LedgerRows.open()
  const lead = await ledger.model(1, LEAD, 1)
  await ledger.model(2, PUMP, 1)
  const unit = (token: number, model: number, lot: string, serial = `S${token}`) =>
    ledger.mint({ at: 10, token, model, serial, lot, manufacturer: MAKER })
  await unit(1, 1, 'L-1')
  await unit(2, 1, 'L-1')
  await unit(3, 2, 'L-1')
  await unit(4, 2, 'ALONE')
  await unit(5, 2, 'L-5', 'l-1x')
  await unit(6, 2, 'L-1X')
  await ledger.recall(1, lead, ['demo-2'], 20)
  await ledger.sql(`
    INSERT INTO device (id, contract, token_id, model_id, manufacturer_id, serial, lot, serial_key,
      lot_key, period_count, locked, block_height, log_index, "timestamp")
    SELECT 'demo-' || n, 'demo', n, 'demo-model-2', '${MAKER}', 'B' || n, 'BIG', 'B' || n, 'BIG',
      0, false, 10, 0, now() FROM generate_series(1000, 1149) AS n`)
  await ledger.sql(
    `UPDATE device_model SET devices_minted = devices_minted + 150 WHERE id = 'demo-model-2'`,
  )
  await ledger.head(40)
})
afterAll(() => ledger?.close())

const verify = (identifier: string, claims: DeviceClaims | null = null) =>
  verifyDevice(ledger.sql, { identifier, claims })

describe('what names a lot or a model', () => {
  it.each([
    [`(01)${LEAD}(10)l-1`, 'NAMES_A_LOT', ['demo-1', 'demo-2']],
    ['(10)L-1', 'NAMES_A_LOT', ['demo-1', 'demo-2', 'demo-3']],
    ['L-1', 'NAMES_A_LOT', ['demo-1', 'demo-2', 'demo-3']],
    [`(01)${LEAD}`, 'NAMES_A_MODEL', ['demo-1', 'demo-2']],
    [LEAD.slice(1), 'NAMES_A_MODEL', ['demo-1', 'demo-2']],
    [`(01)${PUMP}(10)ALONE`, 'NAMES_A_LOT', ['demo-4']],
  ])('%s is no unit, not even where one is on record', async (identifier, code, candidateIds) => {
    const answer = await verify(identifier)
    expect(answer).toMatchObject({ verdict: 'AMBIGUOUS', deviceId: null, candidateIds })
    expect(answer.reasons[0]).toMatchObject({ code, blockHeight: null })
  })

  it('tells of the recall of one of its units', async () => {
    const { reasons } = await verify(`(01)${LEAD}(10)L-1`)
    expect(reasons.find(({ code }) => code === 'RECALL_OPEN')).toMatchObject({
      message: expect.stringContaining('demo-2: '),
    })
  })

  it.each([`(01)${LEAD}(10)L-9`, '(10)L-9', '(01)00012345600012'])(
    '%s is UNKNOWN where no unit is on record',
    async (identifier) => {
      expect(await verify(identifier)).toMatchObject({
        verdict: 'UNKNOWN',
        reasons: [{ code: 'NOT_ON_RECORD' }],
      })
    },
  )

  it('with many units is counted whole, and the first are listed', async () => {
    for (const [identifier, count] of [
      ['(10)BIG', 150],
      [`(01)${PUMP}(10)BIG`, 150],
      [`(01)${PUMP}`, 154],
    ] as const) {
      const { candidateIds, reasons } = await verify(identifier)
      expect(candidateIds).toHaveLength(100)
      expect(new Set(candidateIds).size).toBe(100)
      expect(reasons[0]?.message).toContain(`with ${count} devices on record (100 are listed)`)
    }
  })
})

describe('a text that is a serial and a lot', () => {
  it('is a serial, and the lot is mentioned', async () => {
    const answer = await verify('L-1X')
    expect(answer).toMatchObject({ verdict: 'GENUINE', deviceId: 'demo-5' })
    expect(answer.reasons).toContainEqual(expect.objectContaining({ code: 'ALSO_NAMES_A_LOT' }))
  })

  it('is the lot where the claimed UDI-DI excludes the serial', async () => {
    const answer = await verify('L-1X', { udiDi: LEAD })
    expect(answer).toMatchObject({
      verdict: 'UNKNOWN',
      reasons: [{ code: 'SERIAL_UNDER_OTHER_UDI_DI' }],
    })
  })
})

describe('claims complete what an identifier lacks', () => {
  it.each<[string, DeviceClaims, string]>([
    [`(01)${LEAD}(10)L-1`, { serial: 's2' }, 'demo-2'],
    [`(01)${LEAD}`, { serial: 'S1' }, 'demo-1'],
    [LEAD, { serial: 'S1' }, 'demo-1'],
    ['(10)L-1', { serial: 'S3' }, 'demo-3'],
    ['(10)L-1', { serial: 'S3', udiDi: PUMP }, 'demo-3'],
    ['S3', { udiDi: PUMP }, 'demo-3'],
  ])('%s with %j names a unit', async (identifier, claims, deviceId) => {
    expect(await verify(identifier, claims)).toMatchObject({ deviceId })
  })

  it('a UDI-DI narrows a lot to that of its model', async () => {
    expect(await verify('(10)L-1', { udiDi: PUMP })).toMatchObject({
      verdict: 'AMBIGUOUS',
      candidateIds: ['demo-3'],
    })
  })

  it('the lot inside is still compared', async () => {
    const { verdict, reasons } = await verify('(10)L-9', { serial: 'S3' })
    expect(verdict).toBe('MISMATCH')
    expect(reasons.map(({ code }) => code)).toContain('LOT_DIFFERS')
  })

  it('a serial that the model lacks is UNKNOWN, whatever the lot', async () => {
    expect(await verify(`(01)${LEAD}(10)L-1`, { serial: 'S3' })).toMatchObject({
      verdict: 'UNKNOWN',
      candidateIds: [],
    })
  })
})

it('thousands of units with one serial cost no more than the one that is asked for', async () => {
  await ledger.sql(`
    INSERT INTO device_model (id, contract, model_no, udi_di, udi_di_key, status, devices_minted,
      block_height, log_index, "timestamp")
    SELECT 'demo-model-' || n, 'demo', n, 'U' || n, 'U' || n, 'APPROVED', 1, 1, 0, now()
    FROM generate_series(10000, 14999) AS n`)
  await ledger.sql(`
    INSERT INTO device (id, contract, token_id, model_id, manufacturer_id, serial, serial_key,
      identity_key, period_count, locked, block_height, log_index, "timestamp")
    SELECT 'demo-' || n, 'demo', n, 'demo-model-' || n, '${MAKER}', '1', '1', 'U' || n || '|1', 0,
      false, 10, 0, now() FROM generate_series(10000, 14999) AS n`)
  await ledger.sql('ANALYZE device, device_model')
  const touched = await blocksTouched(() => verify('U12345|1'))
  expect(await verify('U12345|1')).toMatchObject({ deviceId: 'demo-12345' })
  expect(touched).toBeLessThan(200)
})

/** Pages of tables and indexes that a question reads, as the server counts them. */
async function blocksTouched(ask: () => Promise<unknown>): Promise<number> {
  const count = async () => {
    await ledger.sql('SELECT pg_stat_force_next_flush()')
    const [row] = await ledger.sql<{ blocks: string }>(`
      SELECT sum(idx_blks_hit + idx_blks_read + heap_blks_hit + heap_blks_read) AS blocks
      FROM pg_statio_user_tables WHERE relname IN ('device', 'device_model')`)
    return Number(row?.blocks)
  }
  await ask()
  const before = await count()
  await ask()
  return (await count()) - before
}
