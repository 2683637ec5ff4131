import { describe, expect, it } from 'vitest'
import { readNotice } from '../../src/domain/notice/read-notice'

const A = '00848486003746'
const B = '00802526559358'

/** Each scope without the fields that it leaves open. */
const scopes = (text: string) =>
  readNotice(text).scopes.map(({ scope }) =>
    Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== null)),
  )
const warnings = (text: string) => readNotice(text).scopes.flatMap((one) => one.warnings)

describe('an entry of a notice', () => {
  it.each([
    ['names first', `GTIN ${A} Lot 1A; GTIN ${B} Lot 2A`],
    ['lots first', `Lot 1A GTIN ${A}; Lot 2A GTIN ${B}`],
    ['list marks', `1) UDI-DI: ${A} Lot: 1A 2) UDI-DI: ${B} Lot: 2A`],
    ['pairs', `GTIN (Lot Numbers): ${A} (1A), ${B} (2A)`],
    ['whole UDIs', `(01)${A}(10)1A (01)${B}(10)2A`],
    ['UDIs in parentheses', `Lots 1A (GTIN ${A}), 2A (GTIN ${B})`],
    ['a table', `UDI-DI\tLot\n${A}\t1A\n${B}\t2A`],
    ['a table, lots first', `Lot   GTIN\r\n1A   ${A}\r\n2A   ${B}`],
  ])('has the lots of its own UDI-DI: %s', (_, text) => {
    expect(scopes(text)).toEqual([
      { models: [A], lots: ['1A'] },
      { models: [B], lots: ['2A'] },
    ])
  })

  it('takes no UDI-DI that may belong to the list before or behind it', () => {
    const text = `Lot 1A GTIN ${A} Lot 2A`
    expect(scopes(text)).toEqual([{ lots: ['1A'] }, { lots: ['2A'] }])
    expect(warnings(text)).toContain(`"${A}" stands between two lists: add it where it belongs.`)
  })

  it('does not carry a UDI-DI over to a product that it cannot read', () => {
    const text = `GTIN ${A} lot 1A; Blue wire guide lot 3A`
    expect(scopes(text)).toEqual([{ models: [A], lots: ['1A'] }, { lots: ['3A'] }])
  })

  it('keeps lots of another UDI out of the group before it', () => {
    expect(scopes(`Lot 1A, UDI (01)${A}(10)2A`)).toEqual([
      { lots: ['1A'] },
      { models: [A], lots: ['2A'] },
    ])
  })

  it('never asks for lots and serials at once where the text lists them side by side', () => {
    const text = 'Serial  000010  000011  FF0043      Lot   P178713  P185700'
    expect(scopes(text)).toEqual([
      { lots: ['P178713', 'P185700'] },
      { serials: ['000010', '000011', 'FF0043'] },
    ])
    expect(warnings(text)).toContain(
      'Lots and serials stand side by side and are proposed as two scopes.',
    )
  })

  it('asks for both where serials stand in the parentheses of their lot', () => {
    expect(scopes('Lot No. 62A (Serial Numbers: 4A, 5A), 63A')).toEqual([
      { lots: ['63A'] },
      { lots: ['62A'], serials: ['4A', '5A'] },
    ])
  })

  it('keeps printed model numbers out of the UDI-DIs', () => {
    const [scope] = readNotice('Model Number 4BCPPB-CCZ0008, Lot PPB1446').scopes
    expect(scope).toMatchObject({ scope: { models: null }, modelNames: ['4BCPPB-CCZ0008'] })
  })

  it.each([
    ['a wrong check digit', '00848486003747'],
    ['a model number of the Basic UDI-DI', '426038961IDAGU'],
  ])('proposes no UDI-DI with %s', (_, udiDi) => {
    const reading = readNotice(`UDI-DI: ${udiDi}; Serial Number: 386`)
    expect(reading.scopes.map(({ scope }) => scope)).toMatchObject([
      { models: null, serials: ['386'] },
    ])
    expect(reading.notUnderstood).toMatchObject([{ text: `UDI-DI: ${udiDi}`, at: 0 }])
    expect(reading.scopes[0]?.warnings).toContain(
      'Some values in or beside this entry are left out: see notUnderstood.',
    )
  })

  it('takes every UDI-DI of a list, and the number before the next lots for their model', () => {
    const text = `GTIN ${A}; ${B}, Lots 1A; 71338734, Lots 2A`
    expect(readNotice(text).scopes).toMatchObject([
      { scope: { models: [A, B], lots: ['1A'] }, modelNames: [] },
      { scope: { models: null, lots: ['2A'] }, modelNames: ['71338734'] },
    ])
  })

  it('gives no UDI-DI whose lots are left out the lots of the next', () => {
    expect(scopes(`GTIN ${A} Lots 12*; GTIN ${B} Lots 2A`)).toEqual([
      { models: [A] },
      { models: [B], lots: ['2A'] },
    ])
  })

  it('takes the next line for no unit of measure', () => {
    expect(scopes(`Lot 12\nDevice Identifier: ${A}\nLot 13`)).toMatchObject([
      { lots: ['12'] },
      { models: [A], lots: ['13'] },
    ])
  })

  it('takes a label without a value for none', () => {
    const reading = readNotice('UDI-DI: Product Code: AHCV18A, Lots 980221')
    expect(reading.scopes).toMatchObject([{ scope: { models: null }, modelNames: ['AHCV18A'] }])
  })

  it('says where a list may have been cut off', () => {
    expect(warnings('Lots 12A, 13A,')).toContain(
      'The text ends in a comma: the list may have been cut off.',
    )
  })
})
