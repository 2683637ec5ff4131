import { party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'

export const MAKER = party(1)
export const HOSPITAL = party(2)
export const CLINIC = party(3)
export const GTIN = '09506000134352'

/** Five units S1 to S5 of one lot, moved to a hospital and a clinic; the first is on its way on. */
export async function fiveUnits(): Promise<LedgerRows> {
  const ledger = await LedgerRows.open()
  await ledger.owner(MAKER, 'Maker')
  await ledger.owner(HOSPITAL, 'Hospital')
  await ledger.model(1, GTIN, 1)
  for (let token = 1; token <= 5; token++) {
    const device = await ledger.mint({
      at: 10,
      token,
      model: 1,
      serial: `S${token}`,
      lot: 'L',
      manufacturer: MAKER,
    })
    await ledger.move(device, token % 2 ? HOSPITAL : CLINIC, 20)
  }
  await ledger.startHandoff('demo-1', HOSPITAL, CLINIC, 30)
  await ledger.move('demo-2', HOSPITAL, 40)
  await ledger.anomaly('demo-2', 'MOVE_WHILE_LOCKED', 40)
  await ledger.head(50, 45)
  await ledger.heartbeat(50)
  return ledger
}
