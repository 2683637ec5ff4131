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
  for (let token = 1; token <= 8; token++) {
    await ledger.move(await unit(token), HOSPITAL, 20)
  }
  const open = await ledger.recall(1, lead, ['demo-1', 'demo-2', 'demo-3', 'demo-4'], 30)
  const closed = await ledger.recall(2, lead, ['demo-5', 'demo-6'], 30)
  await ledger.move('demo-1', CLINIC, 31)
  await ledger.sale('demo-2', HOSPITAL, CLINIC, 32)
  await ledger.move('demo-3', MAKER, 33)
  await ledger.sale('demo-4', HOSPITAL, AGENCY, 34)
  await ledger.move('demo-5', CLINIC, 35)
  await ledger.resolve(closed, 'demo-6', 'CORRECTED', HOSPITAL, 36)
  await ledger.closeRecall(closed, 37)
  await ledger.move('demo-6', CLINIC, 38)
  await ledger.sql('UPDATE recall SET issuer_id = $1 WHERE id = $2', [AGENCY, open])
  await ledger.move('demo-7', CLINIC, 39)
  await ledger.recall(3, lead, ['demo-7'], 40)
  await ledger.head(50)
})
afterAll(() => ledger?.close())

const afterOrigin = async (identifier: string) => {
  const { verdict, reasons } = await verifyDevice(ledger.sql, { identifier })
  const rest = reasons.filter(({ code }) => code !== 'MINTED' && code !== 'MODEL_APPROVED')
  return { verdict, codes: rest.map(({ code }) => code), last: rest.at(-1) }
}

describe('a unit under an open recall', () => {
  it('that moved on is RECALLED, and the move is told with its log', async () => {
    expect(await afterOrigin('demo-1')).toMatchObject({
      verdict: 'RECALLED',
      codes: ['RECALL_OPEN', 'MOVED_WHILE_RECALLED'],
      last: { blockHeight: 31, txHash: expect.stringMatching(/^0x/), logIndex: 0 },
    })
  })

  it('that was sold is told of once, with the sale and not with its move', async () => {
    expect(await afterOrigin('demo-2')).toMatchObject({
      verdict: 'RECALLED',
      codes: ['RECALL_OPEN', 'SOLD_WHILE_RECALLED'],
      last: { blockHeight: 32, logIndex: 1, message: expect.stringContaining('Hill Clinic') },
    })
  })

  it.each(['demo-3', 'demo-4'])('%s may go to its maker and to the issuer', async (device) => {
    expect((await afterOrigin(device)).codes).toEqual(['RECALL_OPEN'])
  })

  it('is not blamed for what it did before', async () => {
    expect((await afterOrigin('demo-7')).codes).toEqual(['RECALL_OPEN'])
  })
})

describe('a unit under a recall that was closed', () => {
  it('is genuine, and what broke the recall is still told', async () => {
    expect(await afterOrigin('demo-5')).toMatchObject({
      verdict: 'GENUINE',
      codes: ['RECALL_CLOSED', 'MOVED_WHILE_RECALLED'],
      last: { blockHeight: 35 },
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
