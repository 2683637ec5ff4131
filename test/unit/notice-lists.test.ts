import { describe, expect, it } from 'vitest'
import { readNotice } from '../../src/domain/notice/read-notice'

const read = (text: string) => {
  const { scopes, notUnderstood } = readNotice(text)
  return {
    lots: scopes.flatMap(({ scope }) => scope.lots ?? []),
    serials: scopes.flatMap(({ scope }) => scope.serials ?? []),
    all: scopes.some(({ all }) => all),
    left: notUnderstood.map(({ text: quote }) => quote),
    reasons: notUnderstood.map(({ reason }) => reason),
  }
}

describe('a list of a notice', () => {
  it.each([
    ['Lot #: P060928', ['P060928']],
    ['Lot Nos. 123; 124; and 125.', ['123', '124', '125']],
    ['Lots 12A; 13A; 14A, Model X1', ['12A', '13A', '14A']],
    ['Lot(s): 123, 124', ['123', '124']],
    ['Lot/Batch Numbers: 12A & 12B', ['12A', '12B']],
    ['LOTS: 63252354 63283819 63308551', ['63252354', '63283819', '63308551']],
    ['Batch no.12AB', ['12AB']],
    ['Affected lot codes range from: 100 - 199  F200 - F299', ['100..199', 'F200..F299']],
    ['lots 123 - 125, 130', ['123..125', '130']],
    ['Lots A1..A9', ['A1..A9']],
    ['Lots 78012090-78012092', ['78012090..78012092']],
    ['Lots 00-001-BN, 00-002-BN', ['00-001-BN', '00-002-BN']],
    ['Lot 77A Use By 2020-05-04 78B Use By 2020-06-04', ['77A', '78B']],
    ['Lots 980221 (exp. 01/20/2023) and 974221 (exp. 01/25/2023)', ['980221', '974221']],
    ['Lot 12345 (10 units), 12346 (5 units)', ['12345', '12346']],
    ['Lots 123, 124, 10 units', ['123', '124']],
    ['Lot numbers: 12A, 12B distributed in 2012, 2013', ['12A', '12B']],
    ['Lots 207540, Exp. 20240930, 20250101', ['207540']],
    ['Lot Nos. 12. Model X1', ['12']],
    ['Lots:  12. Model X1', ['12']],
    ['Lot Numbers:\n12.\nModel X1', ['12']],
  ])('is read: %s', (text, lots) => {
    expect(read(text)).toMatchObject({ lots, serials: [] })
  })

  it.each([
    ['a value that only begins a range', 'Serial numbers 1000 and above'],
    ['a value that only ends a range', 'Prior to serial number 1000'],
    ['a bound without its label', 'Serial numbers prior to 1000'],
    ['a bound in front of the number', 'Lots starting with 2015'],
    ['a plus behind the value', 'Serial number 123+'],
    ['a range from label to label', 'Serial number A100 through serial number A199'],
    ['a range in words', 'between serial number A100 and serial number A199'],
    ['a range of different prefixes', 'Serial numbers H352AN3566 through I222AN9588'],
    ['a range of different widths', 'Lots 998 - 1002'],
    ['a range that runs backwards', 'Lots 200 - 100'],
    ['a range with three ends', 'Lots 100 - 200 - 300'],
    ['a range, or one value', 'Lots 1155-1174'],
    ['a pattern', 'Serial Numbers: 7811xxxx'],
    ['a wildcard', 'Lots 12*'],
    ['excluded values', 'except lots 123, 124'],
    ['values of unaffected units', 'Unaffected lots: 123'],
    ['negated values', 'Lots not affected: 123, 124'],
    ['values after "not"', 'not lot 123'],
    ['one kind or the other', 'Lot/Serial Numbers: 123, 456'],
    ['a blank inside the value', 'Lot Number 123 456'],
    ['a blank before a letter', 'Lot 1234 A'],
    ['a letter before a blank', 'Lot AB 1234'],
    ['a number of units', 'Lots 3,143 units'],
    ['a year', 'All lots 2015 through 2018'],
    ['two values or one', 'Lot No: 1234567 / 1234568'],
    ['a number without a label', '63252354 63283819'],
    ['a date', 'Lot 01/02/2020'],
    ['a character that labels do not print', 'Lot 12\uFFFD4'],
    ['a customer number', 'System ID: 030020NU06'],
    ['a head of a table', 'Model Lot Exp X100 L2000 01/2020'],
  ])('leaves out %s: %s', (_, text) => {
    const { lots, serials, left } = read(text)
    expect({ lots, serials }).toEqual({ lots: [], serials: [] })
    expect(left.join(' ')).toMatch(/\d/)
  })

  it('goes on behind a value that it leaves out', () => {
    expect(read('Lots 12A, 13*, 14B')).toMatchObject({ lots: ['12A', '14B'], left: ['13*'] })
  })

  it('does not take what an unlike number behind a list of commas may be', () => {
    const { lots, left } = read('Lots 19DM28110, 19DM28106 71338734 (blue)')
    expect(lots).toEqual(['19DM28110', '19DM28106'])
    expect(left).toEqual(['71338734 (blue'])
  })

  it('says why values are left out', () => {
    expect(read('Lots 998 - 1002').reasons).toEqual([
      'a range whose ends have different numbers of digits',
    ])
    expect(read('except lot 12').reasons).toContain('stands after words that exclude')
  })
})

describe('"all"', () => {
  it.each([
    'All lots within expiry',
    'Lot#: All lots back to 2006.',
    'Serial Numbers: ALL',
    'All units of the Catalog Numbers.',
  ])('is told apart from a list: %s', (text) => {
    expect(read(text)).toMatchObject({ all: true, lots: [], serials: [] })
  })

  it('is not said where a list limits it', () => {
    expect(read('All units with serial numbers A100 through A199')).toMatchObject({
      all: false,
      serials: ['A100..A199'],
    })
  })

  it('warns of words behind it, and of a list beside it', () => {
    const [limited] = readNotice('All lots except lot 12').scopes
    expect(limited?.warnings).toContain(
      'Words that are not understood follow "all"; they may limit it.',
    )
    const [listed] = readNotice('All Serial Numbers; Lot 44').scopes
    expect(listed?.warnings).toContain('The text says "all" beside a list: the list may not limit.')
  })
})
