import { describe, expect, it } from 'vitest'
import { valuesRead as read } from '../support/notice-values'

describe('a hyphenated word under a label', () => {
  it.each([
    ...['C10-D20', 'B100-B99', 'X10-X5', 'AB100-AC200', 'PDR250026-31', 'A100-199', '100060-65'],
    ...['1155-1174', '998-1002', '9-12', '1-250', '200-100', 'A199-100', 'AB-100-AB-200'],
    ...['T3-0125B-T3-0130B', 'RSC600237S-RSC600277S', '100A-100F', '1234A-F', '24-1234'],
  ])('is left out where it may be a range: %s', (word) => {
    for (const label of ['Lots', 'SN:']) {
      const { lots, serials, left } = read(`${label} ${word}`)
      expect({ lots, serials }).toEqual({ lots: [], serials: [] })
      expect(left.join(' ')).toContain(word)
    }
  })

  it.each([
    ...['T3-0125B', 'PDR-2502', '2024-0031', 'L2024-0031', 'T3-0125', '12345-01', 'X077-0420'],
    ...['00-001-BN', 'SS-J21287-200-1021', '2024-A12', '17A-0042', '3M74-BB'],
  ])('is one value where no range is written so: %s', (word) => {
    const { lots, warnings } = read(`Lots ${word}, Q77`)
    expect(lots).toEqual([word, 'Q77'])
    expect(warnings.join(' ')).not.toContain('range')
  })

  it('is a range where both ends are long numbers that begin alike', () => {
    expect(read('Serial Nos. 100001-100050, 100060-65')).toMatchObject({
      serials: ['100001..100050'],
      reasons: ['a range, or one value with a hyphen'],
    })
  })

  it('of three parts has a doubt where the last two may be a range', () => {
    const { lots, warnings } = read('Lots T3-0125-0130')
    expect(lots).toEqual(['T3-0125-0130'])
    expect(warnings).toContain('"T3-0125-0130" is taken for one value; it may be a range.')
  })

  it.each([
    ['Lots A100 -A199', ['A100..A199']],
    ['Lots A100- A199', ['A100..A199']],
    ['Lots A100–A199', ['A100..A199']],
    ['Lots A100–199', []],
  ])('is read as a range however its hyphen is spaced: %s', (text, lots) => {
    expect(read(text).lots).toEqual(lots)
  })
})
