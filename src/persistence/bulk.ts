import { copyText } from './copy-text'
import { inTurns } from './in-turns'
import type { Writer } from './sql'

/**
 * Rows go to PostgreSQL in bulk: new ones by COPY, which needs no plan and no copy of the rows on
 * the server; changes as one array for each column, so that a statement has as many parameters as
 * it has columns, whatever the number of rows.
 */

/**
 * A statement with all that it sends: rows are rendered while the server is busy with the batch
 * before, so that it need not wait for them in the middle of this one.
 */
export type Statement = (writer: Writer) => Promise<void>

/** How a column of a change travels, and what it becomes. Instants travel as milliseconds. */
const TRAVEL = {
  text: { array: 'text[]', read: (value: string) => value },
  int: { array: 'int4[]', read: (value: string) => value },
  bool: { array: 'bool[]', read: (value: string) => value },
  numeric: { array: 'numeric[]', read: (value: string) => value },
  json: { array: 'text[]', read: (value: string) => `${value}::jsonb` },
  instant: { array: 'float8[]', read: (value: string) => `to_timestamp(${value} / 1000)` },
}

export interface Column<Row> {
  name: string
  type: keyof typeof TRAVEL
  value: (row: Row) => string | number | bigint | boolean | null
}

export interface TableSpec<Row> {
  table: string
  /** The first is the primary key. */
  columns: readonly Column<Row>[]
}

/** Rows in one UPDATE: above this, statements grow and nothing gets faster. */
const ROWS_MAX = 20_000

/** Characters that a row has about, for the length of a turn. */
const ROW_LENGTH = 200

/** Inserts rows that are not there yet; one that is there is a bug, and the primary key says so. */
export async function insertion<Row>(
  spec: TableSpec<Row>,
  rows: readonly Row[],
): Promise<Statement[]> {
  if (rows.length === 0) return []
  const names = spec.columns.map(({ name }) => quote(name)).join(', ')
  const text = `COPY ${quote(spec.table)} (${names}) FROM STDIN`
  const pieces: Buffer[] = []
  await inTurns(
    copyText(spec.columns, rows),
    (piece) => piece.length / ROW_LENGTH,
    (piece) => pieces.push(Buffer.from(piece)),
  )
  return [(writer) => writer.copy(text, pieces)]
}

/** Rewrites rows that are there, found by their primary key. */
export async function update<Row>(
  { table, columns }: TableSpec<Row>,
  rows: readonly Row[],
): Promise<Statement[]> {
  const arrays = columns.map(({ type }, index) => `$${index + 1}::${TRAVEL[type].array}`)
  const aliases = columns.map((_, index) => `c${index}`)
  const values = columns.map(({ type }, index) => TRAVEL[type].read(`given.c${index}`))
  const names = columns.map(({ name }) => quote(name))
  const set = names.slice(1).map((name, index) => `${name} = ${values[index + 1]}`)
  const text =
    `UPDATE ${quote(table)} AS target SET ${set.join(', ')} ` +
    `FROM unnest(${arrays.join(', ')}) AS given(${aliases.join(', ')}) ` +
    `WHERE target.${names[0]} = ${values[0]}`
  const statements: Statement[] = []
  for (let start = 0; start < rows.length; start += ROWS_MAX) {
    const chunk = rows.slice(start, start + ROWS_MAX)
    const parameters: string[] = []
    await inTurns(
      columns,
      () => chunk.length / columns.length,
      (column) => parameters.push(arrayLiteral(column, chunk)),
    )
    statements.push(async ({ sql }) => {
      await sql(text, parameters)
    })
  }
  return statements
}

/**
 * One column as a PostgreSQL array literal. Text is always quoted, so commas, braces and the word
 * NULL in it are text; the driver would do the same, but asks of every element what it is, which
 * took a quarter of the time of a batch.
 */
function arrayLiteral<Row>({ type, value }: Column<Row>, rows: readonly Row[]): string {
  const quoted = type === 'text' || type === 'json'
  const elements = rows.map((row) => {
    const element = value(row)
    if (element === null) return 'NULL'
    return quoted ? `"${escaped(String(element))}"` : String(element)
  })
  return `{${elements.join(',')}}`
}

function escaped(text: string): string {
  return text.includes('"') || text.includes('\\') ? text.replace(/["\\]/g, '\\$&') : text
}

function quote(name: string): string {
  return `"${name}"`
}
