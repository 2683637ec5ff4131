import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText } from '../../src/client/list/decode-text'
import { type ListForm, readList } from '../../src/client/list/read-list'
import { SeenRows } from '../../src/client/list/seen-rows'
import { propertySettings } from '../support/property-settings'

/** The identifiers of a list that arrives in chunks of so many bytes. */
async function read(
  list: string | Buffer,
  form: Partial<ListForm> = {},
  chunk = 7,
): Promise<string[]> {
  const bytes = Buffer.from(list)
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk)
  }
  const rows: string[] = []
  for await (const row of readList(decodeText(chunks()), { wholeLines: false, ...form })) {
    rows.push(row.identifier)
    expect(row.row).toBe(rows.length)
  }
  return rows
}

describe('a list', () => {
  it.each([
    ['commas', 'name,Identifier\r\nx,A1\r\ny,"B,""2"\r\n', ['A1', 'B,"2']],
    ['semicolons', 'identifier;name\nA1;"x;y"\nB2;z', ['A1', 'B2']],
    ['tabs and a mark', '\ufeffidentifier\tname\nA1\tx\n', ['A1']],
    ['one column and no heading', 'A1\nB2\n', ['A1', 'B2']],
    ['lines that end in every way', 'A1\r\nB2\nC3\rD4', ['A1', 'B2', 'C3', 'D4']],
    ['blank lines and blanks', 'A1\n\n  B2 \n', ['A1', '', 'B2']],
    ['a row that is too short', 'n,identifier\n1\n2,B2\n', ['', 'B2']],
    ['an apostrophe from a spreadsheet', "'0950,identifier\nx,'0950\n", ['0950']],
    ['a line feed in quotes', 'identifier,n\n"A\n1",1\nB2,2\n', ['A\n1', 'B2']],
    ['a quote within a cell', 'A"1\nB2\n', ['A"1', 'B2']],
    ['nothing', '', []],
  ])('with %s is read', async (_, list, identifiers) => {
    expect(await read(list)).toEqual(identifiers)
  })

  it('is read from Excel’s Unicode text', async () => {
    const list = Buffer.from('\ufeffidentifier\tn\r\nÄ1\t1\r\n', 'utf16le')
    expect(await read(list)).toEqual(['Ä1'])
  })

  it.each([
    ['2', ['x', 'y'], {}],
    ['udi', ['x', 'y'], {}],
    ['2', ['UDI', 'x', 'y'], { hasHeading: false }],
    ['2', ['x', 'y'], { hasHeading: true }],
  ])('gives column %s', async (column, identifiers, form) => {
    const list = column === '2' && !('hasHeading' in form) ? 'a,x\nb,y\n' : 'n, UDI\na,x\nb,y\n'
    expect(await read(list, { column, ...form })).toEqual(identifiers)
  })

  it.each([
    ['no column is named', 'a,b\n1,2\n', {}],
    ['the column is not there', 'a,b\n1,2\n', { column: 'c' }],
    ['the number is too high', 'a,b\n1,2\n', { column: '3' }],
    ['the number is 0', 'a,b\n1,2\n', { column: '0' }],
  ])('is refused when %s, with the columns that there are', async (_, list, form) => {
    await expect(read(list, form)).rejects.toThrow(/1 "a", 2 "b"/)
  })

  it('with commas in identifiers is read line by line', async () => {
    const form = { wholeLines: true }
    expect(await read('a,b;"c\n"d"\n', form)).toEqual(['a,b;"c', '"d"'])
  })

  it('that is not UTF-8 is refused, for a guess could change an identifier', async () => {
    await expect(read(Buffer.from('A1\nB\xe9\n', 'latin1'))).rejects.toThrow(/no utf-8 text/)
  })

  it('whose quote is never closed is refused, not swallowed', async () => {
    const list = `identifier\nA1\n"B2\n${'C3\n'.repeat(100_000)}`
    await expect(read(list, {}, 65_536)).rejects.toThrow(/after record 2: .*--lines/s)
  })

  it('of any content comes back as it was written', async () => {
    const cell = fc.string({ unit: 'grapheme' }).map((each) => each.replaceAll('\u0000', ' '))
    const settings = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t'),
      record_delimiter: fc.constantFrom('\n', '\r\n'),
      quoted: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(cell), settings, async (cells, { quoted, ...written }) => {
        const rows = [['first', 'identifier'], ...cells.map((each) => ['1', each])]
        const list = stringify(rows, { ...written, quoted, quoted_match: /[\r\n]/ })
        const expected = cells.map((each) => each.trim().replace(/^'/, ''))
        expect(await read(list)).toEqual(expected)
      }),
      propertySettings(300),
    )
  })
})

describe('rows seen before', () => {
  it('are found among more than fit at first', () => {
    const seen = new SeenRows()
    const rows = Array.from({ length: 40_000 }, (_, n) => n + 1)
    expect(rows.filter((row) => seen.firstRow(`x${row}`, row) !== undefined)).toEqual([])
    expect(rows.filter((row) => seen.firstRow(`x${row}`, 90_000) !== row)).toEqual([])
  })
})
