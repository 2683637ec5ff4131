import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyDevice } from '../../src/query/verify-device'
import type { DeviceClaims } from '../../src/query/verify-device/claims'
import { party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'

const [MAKER, HOSPITAL] = [party(1), party(2)]
const LEAD = '09506000134352'
const PUMP = '09506000134369'
let ledger: LedgerRows

beforeAll(async () => {
  ledger = await LedgerRows.open()
  await ledger.owner(HOSPITAL, 'St. Mary Hospital')
  const lead = await ledger.model(1, LEAD, 1)
  await ledger.model(2, PUMP, 1, null)
  const revoked = await ledger.model(3, '04006381333931', 1)
  await ledger.model(4, null, 1)
  const identity = {
    model: 1,
    lot: 'L-7',
    manufacturedOn: '2025-06-01',
    expiresOn: '2030-01-31',
    manufacturer: MAKER,
  }
  const unit = (token: number, more: object = {}) =>
    ledger.mint({ at: 10, token, serial: `S${token}`, ...identity, ...more })
  await ledger.move(await unit(1), HOSPITAL, 20)
  await ledger.anomaly(
    await unit(2),
    'MOVE_BY_NON_HOLDER',
    21,
    'left an address that did not hold it',
  )
  const recalled = await unit(3, { expiresOn: '2025-12-31' })
  await ledger.burn(await unit(4), 22)
  await unit(5, { expiresOn: '2025-12-31' })
  await unit(6, { expiresOn: '2026-01-01' })
  await unit(7, { model: 2 })
  await unit(8, { model: 3 })
  await ledger.revokeModel(revoked, 30)
  await unit(9, { model: null, serial: null })
  await unit(10, { serial: 'TWIN' })
  await unit(11, { serial: 'twin' })
  await unit(12, { serial: '1' })
  await unit(13, { serial: '1', model: 3 })
  await unit(14, { lot: null, expiresOn: null, manufacturedOn: null })
  await unit(15, { model: 4 })
  await ledger.anomaly(await unit(16), 'UNREADABLE_DATE', 23)
  await ledger.mint({ at: 10, token: 17, manufacturer: MAKER, model: 4, serial: '2' })
  await ledger.mint({ at: 10, token: 18, manufacturer: MAKER, model: 1, serial: '2' })
  await ledger.anomaly(await unit(20), 'MOVE_WHILE_LOCKED', 24)
  await ledger.anomaly(await unit(21), 'MOVE_OUTSIDE_HANDOFF', 25)
  await ledger.burn(recalled, 33)
  await ledger.recall(1, lead, [recalled], 31)
  await ledger.closeRecall(await ledger.recall(2, lead, [await unit(19)], 31), 32)
  await ledger.sql(
    `UPDATE squid_processor.chain_state SET contracts = 'demo=0x${'ab'.repeat(20)}@5'`,
  )
  await ledger.head(40)
})
afterAll(() => ledger?.close())

const verify = (identifier: string, claims: DeviceClaims | null = null) =>
  verifyDevice(ledger.sql, { identifier, claims })
const codes = async (identifier: string, claims: DeviceClaims | null = null) => {
  const { verdict, reasons } = await verify(identifier, claims)
  return [verdict, ...reasons.map(({ code }) => code)]
}

describe('every way to name a unit', () => {
  it.each([
    'demo-1',
    'demo/1',
    `0x${'AB'.repeat(20)}/1`,
    `${LEAD}|S1`,
    `${LEAD.slice(1)}|s1`,
    's1',
    ' S1 ',
    'Ｓ1',
    `(01)${LEAD}(21)S1(10)l-7(17)300131(11)250601`,
  ])('%s leads to it', async (identifier) => {
    expect(await verify(identifier)).toMatchObject({
      verdict: 'GENUINE',
      deviceId: 'demo-1',
      candidateIds: ['demo-1'],
      asOf: { height: 40 },
    })
  })

  it.each([
    '',
    '\u0000',
    'x'.repeat(300_000),
    '(01)09506000134353(21)S1',
    `0x${'cd'.repeat(20)}/1`,
  ])('what cannot be read is INVALID: %#', async (identifier) => {
    expect(await verify(identifier)).toMatchObject({
      verdict: 'INVALID',
      deviceId: null,
      candidateIds: [],
      reasons: [{ code: 'IDENTIFIER_INVALID' }],
    })
  })

  it.each([
    'demo-99',
    `demo-${2n ** 256n - 1n}`,
    `${PUMP}|S1`,
    "'; DROP TABLE device; --",
    '%',
    '\ud800',
  ])('what is not on record is UNKNOWN: %s', async (identifier) => {
    expect(await verify(identifier)).toMatchObject({
      verdict: 'UNKNOWN',
      deviceId: null,
      candidateIds: [],
      reasons: [{ code: 'NOT_ON_RECORD' }],
    })
  })
})

describe('several devices', () => {
  it('none is picked, and each is judged', async () => {
    const answer = await verify('1')
    expect(answer).toMatchObject({
      verdict: 'AMBIGUOUS',
      deviceId: null,
      candidateIds: ['demo-12', 'demo-13'],
    })
    const revoked = answer.reasons.filter(({ code }) => code === 'MODEL_APPROVAL_REVOKED')
    expect(revoked).toMatchObject([
      { message: expect.stringContaining('demo-13: '), blockHeight: 30 },
    ])
  })

  it('a claimed UDI-DI narrows a bare serial', async () => {
    expect(await verify('1', { udiDi: LEAD.slice(1) })).toMatchObject({
      verdict: 'GENUINE',
      deviceId: 'demo-12',
    })
    expect(await codes('1', { udiDi: PUMP })).toEqual(['UNKNOWN', 'SERIAL_UNDER_OTHER_UDI_DI'])
  })

  it('a claimed UDI-DI does not exclude a unit whose record has none', async () => {
    expect(await verify('2', { udiDi: LEAD })).toMatchObject({
      verdict: 'AMBIGUOUS',
      candidateIds: ['demo-17', 'demo-18'],
    })
    expect(await verify('2', { udiDi: PUMP })).toMatchObject({ deviceId: 'demo-17' })
  })

  it('two twins of one unit are AMBIGUOUS by identity, and each SUSPECT by its id', async () => {
    expect(await verify(`${LEAD}|twin`)).toMatchObject({ verdict: 'AMBIGUOUS' })
    expect(await codes('demo-10')).toContain('DUPLICATE_IDENTITY')
    expect(await verify('demo-11')).toMatchObject({ verdict: 'SUSPECT' })
  })
})

describe('what speaks for and against', () => {
  it('a genuine unit rests on its mint and the approval before it', async () => {
    const { reasons } = await verify('demo-1')
    expect(reasons).toMatchObject([
      { code: 'MINTED', blockHeight: 10, txHash: expect.stringMatching(/^0x/), logIndex: 1 },
      { code: 'MODEL_APPROVED', blockHeight: 1, txHash: expect.stringMatching(/^0x/) },
    ])
  })

  it.each([
    ['demo-2', 'SUSPECT', 'MOVE_BY_NON_HOLDER', 21],
    ['demo-3', 'RECALLED', 'RECALL_OPEN', 31],
    ['demo-4', 'DECOMMISSIONED', 'DECOMMISSIONED', 22],
    ['demo-5', 'EXPIRED', 'EXPIRED', 10],
    ['demo-7', 'SUSPECT', 'MODEL_NOT_APPROVED_AT_MINT', 10],
    ['demo-8', 'SUSPECT', 'MODEL_APPROVAL_REVOKED', 30],
    ['demo-9', 'SUSPECT', 'NO_IDENTITY', null],
    ['demo-16', 'GENUINE', 'UNREADABLE_DATE', 23],
    ['demo-19', 'GENUINE', 'RECALL_CLOSED', 32],
    ['demo-20', 'SUSPECT', 'MOVE_WHILE_LOCKED', 24],
    ['demo-21', 'SUSPECT', 'MOVE_OUTSIDE_HANDOFF', 25],
  ])('%s is %s because of %s', async (identifier, verdict, code, blockHeight) => {
    const answer = await verify(identifier)
    expect(answer.verdict).toBe(verdict)
    const reason = answer.reasons.find((one) => one.code === code)
    expect(reason).toMatchObject({ blockHeight })
    if (blockHeight !== null) expect(reason?.txHash).toMatch(/^0x/)
  })

  it('nothing is left out beside a stronger verdict', async () => {
    expect(await codes('demo-3', { lot: 'X' })).toEqual([
      'MISMATCH',
      'MINTED',
      'MODEL_APPROVED',
      'RECALL_OPEN',
      'DECOMMISSIONED',
      'EXPIRED',
      'LOT_DIFFERS',
    ])
  })

  it('a unit expires after its day, not on it', async () => {
    expect(await verify('demo-6')).toMatchObject({
      verdict: 'GENUINE',
      asOf: { timestamp: new Date('2026-01-01T00:40:00Z') },
    })
  })

  it('goods without a UDI-DI can be genuine', async () => {
    expect(await verify('demo-15')).toMatchObject({ verdict: 'GENUINE' })
  })
})

describe('claims', () => {
  it.each<[string, DeviceClaims, string]>([
    ['udiDi', { udiDi: PUMP }, 'UDI_DI_DIFFERS'],
    ['serial', { serial: 'S2' }, 'SERIAL_DIFFERS'],
    ['lot', { lot: 'L-8' }, 'LOT_DIFFERS'],
    ['manufacturedOn', { manufacturedOn: '2025-06-02' }, 'MANUFACTURED_ON_DIFFERS'],
    ['expiresOn', { expiresOn: '2030-02-01' }, 'EXPIRES_ON_DIFFERS'],
    ['holder by address', { holder: MAKER }, 'HOLDER_DIFFERS'],
    ['holder by name', { holder: 'Mercy Hospital' }, 'HOLDER_DIFFERS'],
  ])('%s that differs is a MISMATCH', async (_, claims, code) => {
    expect(await codes('demo-1', claims)).toEqual(['MISMATCH', 'MINTED', 'MODEL_APPROVED', code])
  })

  it('are compared in normal form', async () => {
    const { verdict, reasons } = await verify('demo-1', {
      udiDi: LEAD.slice(1),
      serial: ' s1',
      lot: 'l–7',
      manufacturedOn: '2025-06-01',
      expiresOn: '2030-01-31',
      holder: 'st. mary hospital',
    })
    expect(verdict).toBe('GENUINE')
    expect(reasons.filter(({ code }) => code === 'CLAIM_CONFIRMED')).toHaveLength(6)
    expect(
      await verify('demo-1', { holder: HOSPITAL.toUpperCase().replace('0X', '0x') }),
    ).toMatchObject({ verdict: 'GENUINE' })
  })

  it('on what the record lacks are neither right nor wrong', async () => {
    const lacking = {
      lot: 'L-7',
      expiresOn: '2030-01-31',
      manufacturedOn: '2025-01-01',
      holder: 'Somebody',
    }
    expect(await codes('demo-14', lacking)).toEqual([
      'GENUINE',
      'MINTED',
      'MODEL_APPROVED',
      ...Array(4).fill('CLAIM_NOT_ON_RECORD'),
    ])
  })

  it('inside the scanned string count as well', async () => {
    expect(await codes(`(01)${LEAD}(21)S1(10)OTHER`)).toContain('LOT_DIFFERS')
    expect(await codes(`(01)${LEAD}(21)S1(10)OTHER`, { lot: 'L-7' })).toEqual([
      'MISMATCH',
      'MINTED',
      'MODEL_APPROVED',
      'LOT_DIFFERS',
      'CLAIM_CONFIRMED',
    ])
  })

  it('of a holder of a decommissioned unit differ', async () => {
    expect(await codes('demo-4', { holder: MAKER })).toContain('HOLDER_DIFFERS')
  })

  it('that are blank claim nothing', async () => {
    const blank = { udiDi: '', serial: ' ', lot: null, holder: '' }
    expect(await codes('demo-1', blank)).toEqual(['GENUINE', 'MINTED', 'MODEL_APPROVED'])
  })

  it.each<[DeviceClaims]>([
    [{ lot: 'x'.repeat(257) }],
    [{ udiDi: 'a\u0000' }],
    [{ expiresOn: '2026-02-30' }],
    [{ manufacturedOn: 'soon' }],
  ])('that cannot be read are refused by name: %#', async (claims) => {
    await expect(verify('demo-1', claims)).rejects.toMatchObject({
      code: 'ARGUMENT_UNREADABLE',
      message: expect.stringContaining(`claims.${Object.keys(claims)[0]}`),
    })
  })
})
