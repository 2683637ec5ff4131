import { type CsvStyle, writeCsv } from './csv'
import { writeJson } from './json'
import type { Output } from './output'
import type { Report } from './report'
import { writeTables } from './table'

export const FORMATS = ['table', 'csv', 'json'] as const
export type Format = (typeof FORMATS)[number]

export interface Style extends CsvStyle {
  readonly format: Format
}

/** Where an answer and what is said about it go. */
export interface Outputs {
  readonly out: Output
  readonly err: Output
}

/**
 * Writes a report. CSV has room for one sheet; the other parts are told on the error output, so
 * that nothing is lost and nothing but rows is in the file.
 */
export async function writeReport(report: Report, style: Style, outputs: Outputs): Promise<void> {
  if (style.format === 'table') return writeTables(report.parts, outputs.out)
  if (style.format === 'json') return writeJson(report, outputs.out)
  for (const part of report.parts) {
    if (!('facts' in part) && part.name === report.main) await writeCsv(part, outputs.out, style)
    else await writeTables([part], outputs.err)
  }
}
