import { pipeline, Readable } from 'node:stream'
import { CsvError, type Options, parse } from 'csv-parse'
import { callerError } from '../../domain/errors'
import { unprotectedText } from '../report/spreadsheet-text'
import { type ColumnChoice, chooseColumn } from './column-choice'
import { lookAhead, separatorOf } from './separator'

export interface ListRow {
  /** From 1; a heading is no row. */
  readonly row: number
  /** As read, without surrounding blanks; empty where the line has none. */
  readonly identifier: string
}

export interface ListForm {
  /** Name or number, from 1, of the column; none: the only one, or the one called identifier. */
  readonly column?: string
  readonly hasHeading?: boolean
  /** Each line is one identifier, with its commas and quotes. */
  readonly wholeLines: boolean
}

/** An unclosed quote would otherwise swallow the rest of the file. */
const RECORD_LENGTH_MAX = 100_000
const LINE_ENDS = ['\r\n', '\n', '\r']
/** Stands for no separator; a line that does hold it is put together again. */
const NO_SEPARATOR = '\u0000'

/**
 * The identifiers of a list, in order, one for each line, in bounded memory. Reads CSV with commas,
 * semicolons or tabs and quotes, and plain lines.
 *
 * @throws DeviceTrailError LIST_UNREADABLE, COLUMN_UNKNOWN
 */
export async function* readList(
  text: AsyncIterable<string>,
  form: ListForm,
): AsyncGenerator<ListRow> {
  const { beginning, whole } = await lookAhead(text)
  const separator = form.wholeLines ? null : separatorOf(beginning)
  const lines = pipeline(Readable.from(whole), parse(options(separator, form)), () => {
    // The error reaches the loop below, which reads from the same stream.
  })
  let choice: ColumnChoice | undefined
  let row = 0
  try {
    for await (const cells of lines) {
      const line: string[] = separator === null ? [cells.join(NO_SEPARATOR)] : cells
      if (choice === undefined) {
        choice = chooseColumn(line, form.column, form.hasHeading)
        if (choice.hasHeading) continue
      }
      row += 1
      yield { row, identifier: unprotectedText((line[choice.index] ?? '').trim()) }
    }
  } catch (error) {
    throw error instanceof CsvError ? unreadable(error) : error
  }
}

function options(separator: string | null, { wholeLines }: ListForm): Options {
  return {
    delimiter: separator ?? NO_SEPARATOR,
    record_delimiter: LINE_ENDS,
    quote: wholeLines ? null : '"',
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: RECORD_LENGTH_MAX,
  }
}

function unreadable(error: CsvError) {
  // Counts what was read so far, the heading too; rows behind it may still be on their way to us.
  const { records } = error
  return callerError(
    'LIST_UNREADABLE',
    `The list cannot be read after record ${records}: ${error.message}.`,
    'Close the quote, or take whole lines with --lines.',
  )
}
