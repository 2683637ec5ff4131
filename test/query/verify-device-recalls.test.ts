import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyDevice } from '../../src/query/verify-device'
import { party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'

const [MAKER, HOSPITAL, CLINIC, AGENCY] = [party(1), party(2), party(3), party(4)]
let ledger: LedgerRows

beforeAll(async () => {
  ledger = await LedgerRows.open()
  await ledger.owner(CLINIC, 'Hill Clinic')
  const lead = await ledger.model(1, '09506000134352', 1)
  const unit = (token: number) =>
    ledger.mint({ at: 10, token, model: 1, serial: `S${token}`, manufacturer: MAKER })
  for (let token = 1; token <= 13; token++) {
    await ledger.move(await unit(token), HOSPITAL, 20)
  }
  const open = await ledger.recall(1, lead, ['demo-1', 'demo-2', 'demo-3', 'demo-4'], 30)
  const over = ['demo-5', 'demo-6', 'demo-9', 'demo-10', 'demo-11', 'demo-13']
  const closed = await ledger.recall(2, lead, over, 30)
  await ledger.move('demo-1', CLINIC, 31)
  await ledger.sale('demo-2', HOSPITAL, CLINIC, 32)
  await ledger.move('demo-3', MAKER, 33)
  await ledger.sale('demo-4', HOSPITAL, AGENCY, 34)
  for (const device of ['demo-5', 'demo-9', 'demo-11', 'demo-13']) {
    await ledger.move(device, CLINIC, 35)
  }
  await ledger.sale('demo-10', HOSPITAL, CLINIC, 35)
  await ledger.resolve(closed, 'demo-6', 'CORRECTED', HOSPITAL, 36)
  await ledger.resolve(closed, 'demo-11', 'CORRECTED', CLINIC, 36)
  await ledger.resolve(closed, 'demo-5', 'RETURNED', CLINIC, 36)
  await ledger.closeRecall(closed, 37)
  await ledger.move('demo-6', CLINIC, 38)
  await ledger.move('demo-9', MAKER, 38)
  await ledger.move('demo-9', CLINIC, 39)
  await ledger.startHandoff('demo-13', CLINIC, MAKER, 38)
  await ledger.sql('UPDATE recall SET issuer_id = $1 WHERE id = $2', [AGENCY, open])
  await ledger.move('demo-7', CLINIC, 39)
  await ledger.recall(3, lead, ['demo-7'], 40)
  await ledger.head(50)
})
afterAll(() => ledger?.close())

const afterOrigin = async (identifier: string) => {
  const { verdict, reasons, openRecallIds } = await verifyDevice(ledger.sql, { identifier })
  const rest = reasons.filter(({ code }) => code !== 'MINTED' && code !== 'MODEL_APPROVED')
  return { verdict, openRecallIds, codes: rest.map(({ code }) => code), last: rest.at(-1) }
}

describe('a unit under an open recall', () => {
  it('that moved on may be on its way back: RECALLED, and the move is told', async () => {
    expect(await afterOrigin('demo-1')).toMatchObject({
      verdict: 'RECALLED',
      openRecallIds: ['demo-recall-1'],
      codes: ['RECALL_OPEN', 'MOVED_WHILE_RECALLED'],
      last: { blockHeight: 31, txHash: expect.stringMatching(/^0x/), logIndex: 0 },
    })
  })

  it('that was sold is SUSPECT, once for the sale, and the recall is not hidden', async () => {
    expect(await afterOrigin('demo-2')).toMatchObject({
      verdict: 'SUSPECT',
      openRecallIds: ['demo-recall-1'],
      codes: ['RECALL_OPEN', 'SOLD_WHILE_RECALLED'],
      last: { blockHeight: 32, logIndex: 1, message: expect.stringContaining('Hill Clinic') },
    })
  })

  it.each(['demo-3', 'demo-4'])('%s may go to its maker and to the issuer', async (device) => {
    expect(await afterOrigin(device)).toMatchObject({ verdict: 'RECALLED', codes: ['RECALL_OPEN'] })
  })

  it('is not blamed for what it did before', async () => {
    expect((await afterOrigin('demo-7')).codes).toEqual(['RECALL_OPEN'])
  })

  it('is told of also where the identifier does not pick it out', async () => {
    await ledger.model(2, '09506000134369', 1)
    await ledger.mint({ at: 45, token: 20, model: 2, serial: 'S7', manufacturer: MAKER })
    expect(await afterOrigin('S7')).toMatchObject({
      verdict: 'AMBIGUOUS',
      openRecallIds: ['demo-recall-3'],
    })
  })
})

describe('a unit under a recall that was closed', () => {
  it('is SUSPECT if it slipped away and never came back, whatever was said of it', async () => {
    expect(await afterOrigin('demo-5')).toMatchObject({
      verdict: 'SUSPECT',
      openRecallIds: [],
      codes: ['RECALL_CLOSED', 'MOVED_WHILE_RECALLED'],
      last: { blockHeight: 35 },
    })
  })

  it.each([
    ['demo-9', 'its maker has had it back since'],
    ['demo-11', 'it was corrected'],
    ['demo-13', 'it is on its way to its maker'],
  ])('%s moved under it and is GENUINE: %s', async (device) => {
    expect(await afterOrigin(device)).toMatchObject({
      verdict: 'GENUINE',
      codes: ['RECALL_CLOSED', 'MOVED_WHILE_RECALLED'],
    })
  })

  it('is SUSPECT for good if it was sold under it', async () => {
    expect(await afterOrigin('demo-10')).toMatchObject({
      verdict: 'SUSPECT',
      codes: ['RECALL_CLOSED', 'SOLD_WHILE_RECALLED'],
    })
  })

  it('is free to move afterwards', async () => {
    expect(await afterOrigin('demo-6')).toMatchObject({
      verdict: 'GENUINE',
      codes: ['RECALL_CLOSED'],
      last: { blockHeight: 37, message: expect.stringContaining('resolved as CORRECTED') },
    })
  })
})

it('a unit that no recall names is free to move', async () => {
  expect(await afterOrigin('demo-8')).toMatchObject({ verdict: 'GENUINE', codes: [] })
})
