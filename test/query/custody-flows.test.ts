import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { custodyFlows } from '../../src/query/custody-flows'
import { blockTime, party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'

const [MAKER, HOSPITAL, CLINIC] = [party(1), party(2), party(3)]
const MINUTE = 60
let ledger: LedgerRows

beforeAll(async () => {
  ledger = await LedgerRows.open()
  await ledger.model(1, '09506000134352', 1)
  await ledger.model(2, '09506000134369', 1)
  for (const token of [1, 2, 3]) {
    await ledger.mint({ at: 10, token, model: token === 3 ? 2 : 1, manufacturer: MAKER })
  }
  await ledger.move('demo-1', HOSPITAL, 20)
  await ledger.move('demo-2', HOSPITAL, 40)
  await ledger.move('demo-1', MAKER, 50)
  await ledger.move('demo-1', HOSPITAL, 51)
  await ledger.move('demo-3', CLINIC, 60)
  await ledger.move('demo-3', CLINIC, 61)
  await ledger.burn('demo-3', 70)
  await ledger.head(100)
})
afterAll(() => ledger?.close())

type Asked = Partial<Parameters<typeof custodyFlows>[1]>
const flows = async (asked: Asked = {}) =>
  (await custodyFlows(ledger.sql, { first: 50, ...asked })).map((f) => [
    f.fromId,
    f.toId,
    f.moves,
    f.devices,
  ])

describe('custodyFlows', () => {
  it('counts moves and devices of each pair, the most moves first, then by address', async () => {
    expect(await flows()).toEqual([
      [MAKER, HOSPITAL, 3, 2],
      [MAKER, CLINIC, 1, 1],
      [HOSPITAL, MAKER, 1, 1],
      [CLINIC, CLINIC, 1, 1],
    ])
    expect(await flows({ first: 2 })).toHaveLength(2)
  })

  it('tells how long the giver had held what went', async () => {
    const [most] = await custodyFlows(ledger.sql, { first: 1 })
    // 10, 30 and 1 minutes.
    expect(most).toMatchObject({
      meanDwellSeconds: (41 * MINUTE) / 3,
      medianDwellSeconds: 10 * MINUTE,
      firstAt: blockTime(20),
      lastAt: blockTime(51),
    })
  })

  it('of a window counts hand-overs from its beginning up to before its end', async () => {
    expect(await flows({ from: blockTime(40), to: blockTime(51) })).toEqual([
      [MAKER, HOSPITAL, 1, 1],
      [HOSPITAL, MAKER, 1, 1],
    ])
    expect(await flows({ from: blockTime(62) })).toEqual([])
    expect(await flows({ to: blockTime(21) })).toEqual([[MAKER, HOSPITAL, 1, 1]])
  })

  it('of a model counts its units only', async () => {
    expect(await flows({ modelId: 'demo-model-2' })).toEqual([
      [MAKER, CLINIC, 1, 1],
      [CLINIC, CLINIC, 1, 1],
    ])
  })

  it.each<[string, Asked]>([
    ['ARGUMENT_OUT_OF_RANGE', { first: 0 }],
    ['ARGUMENT_OUT_OF_RANGE', { first: 1_001 }],
    ['ARGUMENT_OUT_OF_RANGE', { from: blockTime(2), to: blockTime(2) }],
    ['ARGUMENT_OUT_OF_RANGE', { to: new Date('never') }],
    ['MODEL_ID_INVALID', { modelId: 'x' }],
    ['MODEL_NOT_FOUND', { modelId: 'demo-model-9' }],
  ])('refuses with %s: %o', async (code, asked) => {
    await expect(flows(asked)).rejects.toMatchObject({ code })
  })

  it('refuses to look through more periods than a statement may take', async () => {
    const within = (asked: Asked, periodsMax: number) =>
      custodyFlows(ledger.sql, { first: 50, ...asked }, periodsMax)
    await expect(within({}, 8)).rejects.toMatchObject({ code: 'ARGUMENT_OUT_OF_RANGE' })
    expect(await within({}, 9)).toHaveLength(4)
    expect(await within({ from: blockTime(50), to: blockTime(61) }, 3)).toHaveLength(3)
    expect(await within({ modelId: 'demo-model-2' }, 3)).toHaveLength(2)
    const ofModel = within({ modelId: 'demo-model-1' }, 5)
    await expect(ofModel).rejects.toThrow('more than 5 periods')
  })
})
