import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifyDevice } from '../../src/query/verify-device'
import { party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'

const [LEAD, PUMP] = ['09506000134352', '09506000134369']
let ledger: LedgerRows

beforeAll(async () => {
  ledger = await LedgerRows.open()
  await ledger.model(1, LEAD, 1)
  await ledger.model(2, PUMP, 1)
  const unit = { at: 10, manufacturer: party(1) }
  await ledger.mint({ ...unit, token: 1, model: 1, serial: '1' })
  await ledger.mint({ ...unit, token: 2, model: 2, serial: 'PO7' })
  await ledger.head(20)
})
afterAll(() => ledger?.close())

it.each([
  ['001', '"1"'],
  ['I', '"1"'],
  [`(01)${LEAD}(21)001`, '"1"'],
  ['P07', '"PO7"'],
])('%s is UNKNOWN, with the serial on record that it looks like', async (identifier, hint) => {
  const { verdict, reasons, candidateIds } = await verifyDevice(ledger.sql, { identifier })
  expect({ verdict, candidateIds }).toEqual({ verdict: 'UNKNOWN', candidateIds: [] })
  expect(reasons).toMatchObject([
    { code: 'NOT_ON_RECORD', message: expect.stringContaining(`look like it: ${hint}.`) },
  ])
})

it.each(['XYZ', 'demo-99', `(01)${LEAD}(21)P07`])('%s looks like none', async (identifier) => {
  const { reasons } = await verifyDevice(ledger.sql, { identifier })
  expect(reasons).toMatchObject([{ message: 'No device on record answers to it.' }])
})
