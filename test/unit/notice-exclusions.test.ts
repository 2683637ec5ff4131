import { describe, expect, it } from 'vitest'
import { readNotice } from '../../src/domain/notice/read-notice'
import { valuesRead as read } from '../support/notice-values'

const valuesOf = (text: string) => readNotice(text).scopes
const GTIN = '00848486003746'

/** Whatever a text says of units that are not recalled must reach no scope. */
describe('units that a notice excludes', () => {
  it.each([
    ['Lots A1, A2 are not affected.'],
    ['Lot No. T3-0125B and T3-0225A are not affected.'],
    ["Lots A1 and A2 aren't affected"],
    ['Lots A1 and A2 are not believed to be affected'],
    ['Lots A1, A2 are unaffected'],
    ['Lots A1, A2 are NOT included in this recall'],
    ['Lots A1 and A2 are no longer affected'],
    ['Lot T3-0125B is excluded'],
    ['Lot T3-0125B is exempt'],
    ['Lots A1, A2 are outside the scope of this action'],
    ['Lots A1 and A2 are not within the scope'],
    ['Lot A1 is not part of the recall'],
    ['Lot A1 is not subject to this recall'],
    ['Lots A1 and A2 are safe'],
    ['Lots A1 and A2 may be used'],
    ['Lots A1 and A2 can still be used'],
    ['Lots A1 and A2 may continue to be used'],
    ['Lots A1 and A2 remain available'],
    ['Lots A1 and A2 were previously recalled'],
    ['Lots A1 and A2 have already been removed from the market'],
    ['Lot A1 was recalled earlier'],
    ['None of the lots A1 and A2 are affected'],
    ['Neither lot A1 nor lot A2 is affected'],
    ['No units of lot A1 are affected'],
    ['Lots A1 to A9 do not exhibit the fault'],
    ['For lots A1, A2 no action is required'],
    [`GTIN ${GTIN} Lot: PDR-2502 has been tested and is safe`],
    ['Serial Numbers: A1, A2 (none affected)'],
    ['Lots A1, A2 (both unaffected)'],
    ['Lots:\nA1\nA2\nare not affected'],
    ['Lots A1,\nA2 are not affected'],
    ['Lots A1; A2; A3 are not affected'],
    ['Lots A1 of Acme Inc. are not affected'],
    ['Not affected: Lot A1'],
    ['Not affected: lots A1, A2; lot A3'],
    ['Not affected by this recall: lots A1, A2'],
    ['Not affected are lots A1 and A2'],
    ['Not affected:\nLot A1\nLot A2'],
    ['The following lots are not affected:\n- A1\n- A2'],
    [`The following lots of GTIN ${GTIN} are not affected: A1, A2`],
    ['Unaffected lots:\nA1\nA2'],
    ['Lots (not affected): A1, A2'],
    ['This recall does not include lots A1 and A2'],
    ['This action does not apply to units of model X with lot numbers A1, A2'],
    ['Lots A1, A2 not affected'],
    ['Lots A1, A2 – not affected'],
    ['Previously recalled lots: A1, A2'],
    ['All lots other than lot A1, apart from lot A2, with the exception of lots A3, A4'],
    ['All units manufactured before 2015-01-01 are not affected'],
    ['All units of lot A1 are unaffected'],
    [`(01)${GTIN}(10)A1 is not affected`],
    [`UDI-DI\tLot\tExp\n${GTIN}\tA1\t2020-01-01\nare not affected`],
    ['| Lot | Not affected |\n|---|---|\n| A1 | A2 |'],
    ['| Lot | Affected |\n|---|---|\n| A1 | no |'],
    ['Lot\tStatus\nA1\tnot affected\nA2\tunaffected'],
  ])('are left out: %s', (text) => {
    const { models, lots, serials, left } = read(text)
    expect({ models, lots, serials }).toEqual({ models: [], lots: [], serials: [] })
    expect(left.join(' ')).toMatch(/\d/)
  })

  it.each([
    ['Lot No. T3-0125B and T3-0225A are not affected. Lot T3-0225B is affected.', ['T3-0225B']],
    ['Lots 123456, 123457 (not affected)', ['123456']],
    ['Lots 123456 (not affected), 123457', ['123457']],
    ['Lots 123456 - 123460 (not affected), 123471', ['123471']],
    ['Lots A1 (10 units) (not affected), A2', ['A2']],
    ['Lots A1 (exp. 2025-01-01, not affected), A2', ['A2']],
    ['Lots A1 (lots B1 and B2 are not affected)', ['A1']],
    ['Previously recalled lots: PDR-2501. New lots: PDR-2502', ['PDR-2502']],
    ['Previously recalled lots: PDR-2501; new lots: PDR-2502', ['PDR-2502']],
    ['Lots A1 are affected but lots B1 and B2 are not', ['A1']],
    ['Lots A1 are affected, lots B1 and B2 are not affected', ['A1']],
    ['Lot A1 is not affected, but lot B1 is affected', ['B1']],
    ['Lot A1\nLot A2 not affected\nLot A3', ['A1', 'A3']],
    ['Lot A1;\nLot A2 is not affected', ['A1']],
    ['Lots affected: A1, A2 Not affected: A3, A4', ['A1', 'A2']],
    ['Unaffected lots:\nA1\nA2\nAffected lots:\nB1', ['B1']],
    ['Unaffected lots:\nA1\nA2\n\nLots:\nB1', ['B1']],
    ['Lots A1, A2, unaffected lots: A3', ['A1', 'A2']],
    ['Excluding lots A1; affected lots: B1', ['B1']],
    ['Lots A1, A2, A3 with the exception of A2', ['A1', 'A3']],
    ['Lots A1, A2 are affected. Serial A3 and lot a2 are not affected', ['A1']],
    ['1) Lot A1 2) Lot A2 is not affected', ['A1']],
    [`GTIN ${GTIN} Lots A1; Lot A2 was previously recalled`, ['A1']],
  ])('are told apart from those that it names: %s', (text, lots) => {
    const reading = read(text)
    expect(reading).toMatchObject({ lots, serials: [] })
    expect(reading.warnings.join(' ')).toMatch(/Words that exclude|values .* are left out/)
  })

  it.each([
    ['Lots not listed here are not affected. Affected: Lot A1', ['A1']],
    ['Lots not listed here are not affected.\nAffected lots: A1', ['A1']],
    ['Lots not listed below are not affected:\nLot A1', ['A1']],
    ['Any lot that is not on this list is not affected.\nLot A1', ['A1']],
    ['Affected: Lot A1 (all other lots are not affected)', ['A1']],
    ['Lot A1, all other lots are unaffected', ['A1']],
    ['Only lots A1 and A2 are affected, others are safe.', ['A1', 'A2']],
    ['Only lot A1 is affected; no other lots are affected', ['A1']],
    ['Lots A1, A2. No other lots are affected.', ['A1', 'A2']],
    ['Affected lots: A1 (not previously recalled)', ['A1']],
    ['Lot A1 cannot be considered safe', ['A1']],
    ['Lot A1 must not be used', ['A1']],
    ['Do not use lot A1', ['A1']],
    ['If your device is not affected, no action is required. Affected lots: A1', ['A1']],
    ['Including but not limited to affected lots: A1', ['A1']],
    ['Lot A1 is not only affected but recalled', ['A1']],
    ['UDI not available. Lot No. A1 is affected', ['A1']],
  ])('do not take with them what it recalls: %s', (text, lots) => {
    expect(read(text).lots).toEqual(lots)
  })

  it('are not asked for as "all", nor by their dates', () => {
    expect(valuesOf('All lots are unaffected')).toEqual([])
    expect(valuesOf('All units manufactured before 2015-01-01 are not affected')).toEqual([])
  })

  it('are quoted as they stand, with the reason', () => {
    const { left, reasons } = read('Lot T3-0125B is excluded. Lot T3-0225B is affected.')
    expect(left[0]).toBe('Lot T3-0125B is excluded')
    expect(reasons[0]).toBe('stands before words that exclude')
  })

  it('leave a doubt on the list beside them that says which words are meant', () => {
    const doubt =
      'Words that exclude stand in or beside this entry ("not affected"): ' +
      'see which values they mean.'
    expect(read('Lots 123456, 123457 (not affected)').warnings).toContain(doubt)
    expect(read('Lots A1..A9 except A5').warnings.join(' ')).toContain('"except"')
  })
})
