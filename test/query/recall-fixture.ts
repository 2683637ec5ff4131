import { recallLookup } from '../../src/query/recall-lookup'
import { countCannotTell, recallCounts } from '../../src/query/recall-lookup/counts'
import type { RecallScope } from '../../src/query/recall-lookup/scope'
import { recallUnits, type UnitsRequest } from '../../src/query/recall-lookup/units'
import { recallUnmatched } from '../../src/query/recall-lookup/unmatched'
import { party } from '../support/ledger-database'
import { LedgerRows } from '../support/ledger-rows'

export const MAKER = party(1)
export const HOSPITAL = party(2)
export const CLINIC = party(3)
export const CARRIER = party(4)
const OTHER_MAKER = party(5)
export const LEAD = '09506000134352'
export const PUMP = '09506000134369'

/**
 * Lead: A1 and A2 of lot A, with dates, B1 of lot B, N1 without a lot, all of MAKER; pump P1 of lot
 * A, of OTHER_MAKER; X without any identity; U, of a model that was never submitted; Z, minted
 * late.
 */
export async function recallLedger(): Promise<LedgerRows> {
  const ledger = await LedgerRows.open()
  await ledger.model(1, LEAD, 1)
  await ledger.model(2, PUMP, 1)
  await ledger.model(3, null, 1, null)
  const mint = (
    token: number,
    model: number | null,
    serial: string | null,
    lot: string | null,
    manufacturer = MAKER,
    manufacturedOn: string | null = null,
    expiresOn: string | null = null,
  ) =>
    ledger.mint({
      at: 10,
      token,
      model,
      serial,
      lot,
      manufacturer,
      manufacturedOn,
      expiresOn,
    })
  const a1 = await mint(1, 1, 'A1', 'LOT-A', MAKER, '2026-01-01', '2027-01-01')
  const a2 = await mint(2, 1, 'A2', 'lot–a', MAKER, '2026-01-31', '2027-01-31')
  const b1 = await mint(3, 1, 'B1', 'LOT-B')
  const n1 = await mint(4, 1, 'N1', null)
  await mint(5, 2, 'P1', 'LOT-A', OTHER_MAKER)
  await mint(6, null, null, null)
  await mint(7, 3, 'U1', 'LOT-A')
  await ledger.move(a1, HOSPITAL, 20)
  await ledger.startHandoff(a1, HOSPITAL, CLINIC, 30)
  await ledger.confirmHandoff(a1, HOSPITAL, CLINIC, 40)
  await ledger.move(a2, CARRIER, 20)
  await ledger.move(a2, MAKER, 35)
  await ledger.startHandoff(a2, MAKER, HOSPITAL, 45)
  await ledger.move(b1, CLINIC, 21)
  await ledger.burn(b1, 44)
  await ledger.startHandoff(n1, MAKER, CARRIER, 22)
  await ledger.cancelHandoff(n1, MAKER, CARRIER, 23)
  await ledger.mint({
    at: 46,
    token: 8,
    model: 1,
    serial: 'Z1',
    lot: 'LOT-A',
    manufacturer: MAKER,
    to: HOSPITAL,
  })
  await ledger.head(50, 40)
  return ledger
}

/** The questions of the tests, put to the ledger that is there when they are asked. */
export function questionsTo(current: () => LedgerRows) {
  const look = (scope: RecallScope, block?: number) =>
    recallLookup(current().sql, { scope, asOf: block === undefined ? null : { block } })
  const counts = async (scope: RecallScope, block?: number) => {
    const lookup = await look(scope, block)
    const { inScope } = await recallCounts(current().sql, lookup)
    return [inScope, await countCannotTell(current().sql, lookup)]
  }
  const ids = async (scope: RecallScope, request: Partial<UnitsRequest> = {}, block?: number) => {
    const page = await recallUnits(current().sql, await look(scope, block), {
      first: 100,
      ...request,
    })
    return page.edges.map(({ node }) => node.deviceId)
  }
  const unmatched = async (scope: RecallScope, block?: number) =>
    recallUnmatched(current().sql, await look(scope, block))
  return { look, counts, ids, unmatched }
}
