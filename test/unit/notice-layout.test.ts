import { describe, expect, it } from 'vitest'
import { readNotice } from '../../src/domain/notice/read-notice'
import { valuesRead as read } from '../support/notice-values'

const GTIN = '00848486003746'
const OTHER = '00802526559358'

describe('a list with an entry on each line', () => {
  it.each([
    ['Affected lots:\n- A10\n- A20', ['A10', 'A20']],
    ['Lots affected:\n- A10\n- A20', ['A10', 'A20']],
    ['Lots affected:\n-A10\n-A20', ['A10', 'A20']],
    ['Affected lots:\n* A10\n* A20', ['A10', 'A20']],
    ['Affected lots:\n– A10\n– A20', ['A10', 'A20']],
    ['Affected lots:\n• A10\n• A20', ['A10', 'A20']],
    ['Affected lots:\n1. A10\n2. A20\n3. A30', ['A10', 'A20', 'A30']],
    ['Affected lots:\n1) A10\n2) A20', ['A10', 'A20']],
    ['Affected lots:\n- A10 - A19\n- A20', ['A10..A19', 'A20']],
    ['Affected lots:\n- A10 (not affected)\n- A20', ['A20']],
  ])('is read: %j', (text, lots) => {
    expect(read(text)).toMatchObject({ lots, serials: [] })
  })

  it('is never read as ranges from line to line', () => {
    expect(read('Lots: A10\n- A20\n- A30').lots).not.toContain('A10..A20')
    expect(read('Lots: A10\n- A20').lots).toEqual([])
  })

  it('takes a number that does not count the lines for no mark', () => {
    expect(read('Lots:\n7. A10\n9. A20').lots).toEqual([])
  })
})

describe('values between slashes', () => {
  it('are a list from three on, where they look alike', () => {
    expect(read('Lots A101 / A102 / A103').lots).toEqual(['A101', 'A102', 'A103'])
    expect(read('Lots A101 / A102 / A103 / A104, A105').lots).toHaveLength(5)
  })

  it.each(['Lots A101 / A102', 'Lots 05 / 04 / 24', 'Lots A101/A102/A103', 'Lots A101 / 7 / A1'])(
    'are left out otherwise: %s',
    (text) => {
      expect(read(text).lots).toEqual([])
    },
  )
})

describe('a table with bars', () => {
  const two = [
    { models: [GTIN], lots: ['A10'] },
    { models: [OTHER], lots: ['A20'] },
  ]
  it.each([
    `| GTIN | Lot |\n|------|-----|\n| ${GTIN} | A10 |\n| ${OTHER} | A20 |`,
    `| Lot | GTIN |\n| :--- | ---: |\n| A10 | ${GTIN} |\n| A20 | ${OTHER} |`,
    `GTIN | Lot\n--- | ---\n${GTIN} | A10\n${OTHER} | A20`,
    `|GTIN|Lot|\n|${GTIN}|A10|\n|${OTHER}|A20|`,
    `| Product | GTIN | Affected lots |\n|-|-|-|\n|Wire|${GTIN} |A10|\n|Tube|${OTHER}|A20|`,
  ])('has the lots of its own UDI-DI: %j', (text) => {
    const scopes = readNotice(text).scopes.map(({ scope: { models, lots } }) => ({ models, lots }))
    expect(scopes).toEqual(two)
  })

  it('may name several lots in one cell', () => {
    const text = `| GTIN | Lots |\n|---|---|\n| ${GTIN} | A10, A20 |`
    expect(read(text)).toMatchObject({ models: [GTIN], lots: ['A10', 'A20'] })
  })

  it.each([
    `| Lot | GTIN | Status |\n|---|---|---|\n| A10 | ${GTIN} | not in the recall |`,
    `| Lots | Unaffected lots |\n|---|---|\n| A10 | A20 |`,
    `| Lot |\n| ${GTIN} | A10 |`,
  ])('is left out where a column may turn it round: %j', (text) => {
    expect(read(text)).toMatchObject({ models: [], lots: [] })
  })
})

describe('a UDI-DI whose lots are not read', () => {
  const doubt = 'Lots or serials are listed but could not be read: this scope is the whole model.'

  it.each([
    `GTIN ${GTIN} Lots 12*`,
    `GTIN ${GTIN}\nLots: C10-D20`,
    `GTIN ${GTIN}\nLots:\n7. A10\n9. A20`,
    `GTIN ${GTIN}, Lot A1 (not affected)`,
    `Lots 12*, GTIN ${GTIN}`,
  ])('is said to be the whole model: %j', (text) => {
    const reading = read(text)
    expect(reading).toMatchObject({ models: [GTIN], lots: [] })
    expect(reading.warnings).toContain(doubt)
  })

  it('is not, where no lots are listed', () => {
    expect(read(`GTIN ${GTIN}`).warnings).not.toContain(doubt)
  })
})

it('a pattern that is written with * is not asked for in the form that it has', () => {
  const { lots, reasons } = read('Lots: T3-0125*')
  expect(lots).toEqual([])
  expect(reasons.join(' ')).toMatch(/^a pattern, or a value with a mark: add it .* if \* stands/)
  expect(reasons.join(' ')).not.toContain('write')
})
