import { stringify } from 'csv-stringify/sync'
import type { Output } from './output'
import type { Cell, Column, Sheet } from './report'
import { protectedText } from './spreadsheet-text'

export interface CsvStyle {
  /** Text as it is, for programs: nothing is done against spreadsheets. */
  readonly raw: boolean
  /** Begins with a byte order mark, by which Excel knows that it is UTF-8. */
  readonly bom: boolean
}

/** A sheet as CSV, RFC 4180: commas, CRLF, quotes where needed, a heading line. */
export async function writeCsv(
  { columns, batches }: Sheet,
  output: Output,
  { raw, bom }: CsvStyle,
): Promise<void> {
  await output.write((bom ? '\ufeff' : '') + lines([columns.map(({ key }) => key)]))
  for await (const batch of batches) {
    await output.write(
      lines(batch.map((row) => row.map((cell, n) => written(cell, columns[n], raw)))),
    )
  }
}

function written(cell: Cell, column: Column | undefined, raw: boolean): Cell {
  if (typeof cell !== 'string' || raw || column?.kind !== 'text') return cell
  return protectedText(cell)
}

function lines(rows: readonly (readonly Cell[])[]): string {
  // Half a line end ends a line for some readers; the library quotes whole ones only.
  return stringify(
    rows.map((row) => [...row]),
    { record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  )
}
