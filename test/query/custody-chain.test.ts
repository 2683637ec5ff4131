import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { custodyChain } from '../../src/query/custody-chain'
import { blockTime, hash, party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'

const [MAKER, HOSPITAL, CARRIER] = [party(1), party(2), party(3)]
let ledger: LedgerRows
let device: string

beforeAll(async () => {
  ledger = await LedgerRows.open()
  await ledger.model(1, '09506000134352', 9)
  device = await ledger.mint({ at: 10, token: 1, model: 1, serial: 'A1', manufacturer: MAKER })
  await ledger.move(device, CARRIER, 20)
  await ledger.move(device, HOSPITAL, 20)
  await ledger.anomaly(device, 'MOVE_WHILE_LOCKED', 25)
  await ledger.move(device, HOSPITAL, 30)
  await ledger.burn(device, 40)
  await ledger.head(50, 30)
})
afterAll(() => ledger?.close())

const holders = async (block?: number) => {
  const asOf = block === undefined ? null : { block }
  const chain = await custodyChain(ledger.sql, { deviceId: device, asOf })
  return chain.periods.map((p) => [p.ownerId, p.blockHeight, p.untilBlock])
}

describe('custodyChain', () => {
  it('gives every period in order, with several moves of a block and a self-transfer', async () => {
    expect(await holders()).toEqual([
      [MAKER, 10, 20],
      [CARRIER, 20, 20],
      [HOSPITAL, 20, 30],
      [HOSPITAL, 30, 40],
    ])
  })

  it('shows a period that ended after the block of the answer as still open', async () => {
    expect(await holders(19)).toEqual([[MAKER, 10, null]])
    const { periods } = await custodyChain(ledger.sql, { deviceId: device, asOf: { block: 39 } })
    expect(periods.at(-1)).toMatchObject({
      untilBlock: null,
      untilLogIndex: null,
      until: null,
      untilTxHash: null,
      endedByBurn: false,
    })
  })

  it('counts what happens in a block as happened at its end', async () => {
    expect((await holders(20)).at(-1)).toEqual([HOSPITAL, 20, null])
    const { periods } = await custodyChain(ledger.sql, { deviceId: device, asOf: { block: 40 } })
    expect(periods.at(-1)).toMatchObject({ untilBlock: 40, endedByBurn: true })
  })

  it('is empty for a device that was minted later', async () => {
    expect(await holders(9)).toEqual([])
  })

  it('shows anomalies up to the block of the answer', async () => {
    const anomaliesAt = async (block: number) =>
      (await custodyChain(ledger.sql, { deviceId: device, asOf: { block } })).anomalies
    expect(await anomaliesAt(24)).toEqual([])
    expect(await anomaliesAt(25)).toMatchObject([{ code: 'MOVE_WHILE_LOCKED', blockHeight: 25 }])
  })

  it.each([
    '',
    'demo',
    'demo-',
    'demo-01',
    '1-1',
    'Demo-1',
    `demo-${2n ** 256n}`,
    '\0',
    'x'.repeat(300_000),
  ])('refuses malformed id %#', async (deviceId) => {
    await expect(custodyChain(ledger.sql, { deviceId })).rejects.toMatchObject({
      code: 'DEVICE_ID_INVALID',
      remedy: 'caller',
    })
  })

  it('refuses a device that is not on record', async () => {
    const deviceId = `demo-${2n ** 256n - 1n}`
    await expect(custodyChain(ledger.sql, { deviceId })).rejects.toMatchObject({
      code: 'DEVICE_NOT_FOUND',
    })
  })
})

describe('the block of an answer', () => {
  const at = async (asOf?: { block?: number | null; timestamp?: Date | null } | null) =>
    (await custodyChain(ledger.sql, { deviceId: device, asOf: asOf ?? null })).asOf

  it('is the head without a point, and not final before finality', async () => {
    expect(await at()).toEqual({
      height: 50,
      hash: hash(50),
      timestamp: blockTime(50),
      finalized: false,
      isHead: true,
    })
  })

  it('is the last recorded block at or before the point', async () => {
    expect(await at({ block: 29 })).toEqual({
      height: 25,
      hash: hash(25),
      timestamp: blockTime(25),
      finalized: true,
      isHead: false,
    })
    expect(await at({ timestamp: blockTime(30) })).toMatchObject({ height: 30, finalized: true })
    const justBefore = new Date(blockTime(30).getTime() - 1)
    expect(await at({ timestamp: justBefore })).toMatchObject({ height: 25 })
  })

  it.each([
    ['both', { block: 20, timestamp: blockTime(20) }],
    ['none', {}],
    ['two nulls', { block: null, timestamp: null }],
    ['a negative height', { block: -1 }],
    ['a fraction', { block: 1.5 }],
    ['no date', { timestamp: new Date('never') }],
  ])('refuses %s', async (_, asOf) => {
    await expect(at(asOf)).rejects.toMatchObject({ code: 'AS_OF_INVALID' })
  })

  it.each([
    ['a block after the head', { block: 51 }],
    ['the largest height', { block: 2 ** 31 - 1 }],
    ['a height that no column holds', { block: 2 ** 40 }],
    ['an instant after the head', { timestamp: new Date(blockTime(50).getTime() + 1) }],
  ])('does not guess about %s', async (_, asOf) => {
    await expect(at(asOf)).rejects.toMatchObject({ code: 'AS_OF_NOT_INDEXED' })
  })

  it.each([{ block: 8 }, { timestamp: blockTime(8) }, { block: 0 }])(
    'says that nothing is recorded so early: %o',
    async (asOf) => {
      await expect(at(asOf)).rejects.toMatchObject({ code: 'AS_OF_BEFORE_RECORD' })
    },
  )
})

it('answers nothing before the first block was read', async () => {
  const empty = await LedgerRows.open()
  try {
    await expect(custodyChain(empty.sql, { deviceId: 'demo-1' })).rejects.toMatchObject({
      code: 'NOTHING_INDEXED',
    })
  } finally {
    await empty.close()
  }
})
