import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeCsv } from '../../src/client/report/csv'
import { sheet, text } from '../../src/client/report/report'
import { protectedText, unprotectedText } from '../../src/client/report/spreadsheet-text'
import { propertySettings } from '../support/property-settings'
import { written } from '../support/written-output'

/** What spreadsheets take for the beginning of a formula, also behind blanks and quotes. */
const RUN = /^[\s"]*[=+\-@\t\r]/

describe('a text in a cell', () => {
  it.each([
    ['runs as a formula', '=HYPERLINK("http://x")'],
    ['runs as a formula', '+41 22'],
    ['runs as a formula', '-1'],
    ['runs as a formula', '@SUM(A1)'],
    ['runs behind a tab', '\t=1'],
    ['runs behind a quote', '"=1"'],
    ['runs in full width', '\uff1d1'],
    ['loses its zeros', '09506000134352'],
    ['loses its last digits', '12345678901234567890'],
    ['becomes a power of ten', '1E5'],
    ['becomes a fraction', '1.50'],
    ['becomes a day', 'MAR-02'],
    ['becomes a day', '2-Sept'],
    ['becomes a day', 'dec1'],
    ['becomes a day', '1. Okt'],
    ['becomes an amount', '(1,500.00)'],
    ['becomes a day', '12-03'],
    ['becomes a time', '10:30 pm'],
    ['becomes a truth', 'TRUE'],
    ['is taken for a protected one', "'x"],
  ])('that %s is protected: %s', (_, value) => {
    expect(protectedText(value)).toBe(`'${value}`)
  })

  it.each(['PDR-2502', '0xabc', 'A100', 'demo-1', 'marble', 'Hôpital', '(01)123', ''])(
    'that a spreadsheet leaves alone is left alone: %s',
    (value) => expect(protectedText(value)).toBe(value),
  )
})

it.each(['1', ' ', '1 ', 'jan1', '"', '(1'])('a long cell of %j takes no time', (part) => {
  const begin = performance.now()
  protectedText(`${part.repeat(50_000)}x`)
  protectedText(`jan${part.repeat(50_000)}x`)
  expect(performance.now() - begin).toBeLessThan(1_000)
})

describe('a column of text in CSV', () => {
  const anyText = fc.string({ unit: 'binary' }).map((each) => each.toWellFormed())

  it('comes back as it was, whatever it holds, and never begins like a formula', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 1 }), async (values) => {
        const columns = [text<string>('a', (each) => each), text<string>('b', () => 'x')]
        const csv = await written((out) => {
          return writeCsv(sheet('s', columns, values), out, { raw: false, bom: false })
        })
        const [heading, ...rows]: string[][] = parse(csv, { record_delimiter: '\r\n' })
        expect(heading).toEqual(['a', 'b'])
        expect(rows.map(([cell = '']) => unprotectedText(cell))).toEqual(values)
        expect(rows.filter(([cell = '']) => RUN.test(cell))).toEqual([])
      }),
      propertySettings(300),
    )
  })

  it('is left as it is for programs, and can begin with a mark for Excel', async () => {
    const columns = [text<string>('a', (each) => each)]
    const csv = await written((out) => {
      return writeCsv(sheet('s', columns, ['007', '=1']), out, { raw: true, bom: true })
    })
    expect(csv).toBe('\ufeffa\r\n007\r\n=1\r\n')
  })
})
