/** A value in a report: text, a number, or nothing on record. */
export type Cell = string | number | null

/**
 * What a column holds:
 * - `text`: from a label, a party or the program; may look like anything to a spreadsheet;
 * - `number`: a count, to reckon with;
 * - `seconds`: a duration, in whole seconds; tables show it in days and hours;
 * - `time`: an instant or a calendar date, ISO 8601.
 */
export type ColumnKind = 'text' | 'number' | 'seconds' | 'time'

export interface Column {
  /** In camel case; the heading of CSV, the key of JSON, and in words the heading of a table. */
  readonly key: string
  readonly kind: ColumnKind
}

export interface ColumnOf<Row> extends Column {
  value(row: Row): Cell
}

/** Rows in batches: an answer may be larger than memory. */
export interface Sheet {
  readonly name: string
  readonly columns: readonly Column[]
  readonly batches: AsyncIterable<readonly (readonly Cell[])[]>
}

/** Single values, read when they are written: totals are known only after the rows. */
export interface Facts {
  readonly name: string
  readonly facts: () => Readonly<Record<string, Cell | boolean>>
}

/** An answer in the order in which it is shown. */
export interface Report {
  readonly parts: readonly (Facts | Sheet)[]
  /** Name of the sheet that CSV consists of; the other parts go to the error output then. */
  readonly main: string
}

/** A sheet of rows that arrive in batches. */
export function sheet<Row>(
  name: string,
  columns: readonly ColumnOf<Row>[],
  rows: AsyncIterable<readonly Row[]> | readonly Row[],
): Sheet {
  return { name, columns, batches: cells(columns, rows) }
}

async function* cells<Row>(
  columns: readonly ColumnOf<Row>[],
  rows: AsyncIterable<readonly Row[]> | readonly Row[],
): AsyncGenerator<Cell[][]> {
  const batches = Symbol.asyncIterator in rows ? rows : [rows]
  for await (const batch of batches) {
    yield batch.map((row) => columns.map((column) => column.value(row)))
  }
}

export function text<Row>(key: string, value: (row: Row) => string | null): ColumnOf<Row> {
  return { key, kind: 'text', value }
}

export function number<Row>(key: string, value: (row: Row) => number | null): ColumnOf<Row> {
  return { key, kind: 'number', value }
}

export function seconds<Row>(key: string, value: (row: Row) => number | null): ColumnOf<Row> {
  return { key, kind: 'seconds', value }
}

/** @param value an instant as servers write it, with more digits than a block time has */
export function time<Row>(key: string, value: (row: Row) => string | null): ColumnOf<Row> {
  return { key, kind: 'time', value: (row) => shortInstant(value(row)) }
}

/** `2026-01-31T12:00:00.000000Z` without the fraction that is none; a calendar date as it is. */
export function shortInstant(instant: string | null): string | null {
  return instant?.replace(/\.0+Z$/, 'Z') ?? null
}
