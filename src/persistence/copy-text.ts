import type { Column } from './bulk'

/** Characters of one piece: its envelope costs nothing, and it is small enough to stream. */
const PIECE_LENGTH = 65_536

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
}

/**
 * Rows in the text format of COPY: one line each, fields apart by tabs, `\N` for null. A piece is
 * made when the one before was taken, so that the server reads while the next is written.
 */
export function* copyText<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Generator<string> {
  const fields = columns.map(fieldOf)
  let piece = ''
  for (const row of rows) {
    let separator = ''
    for (const field of fields) {
      piece += separator + field(row)
      separator = '\t'
    }
    piece += '\n'
    if (piece.length < PIECE_LENGTH) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}

function fieldOf<Row>({ type, value }: Column<Row>): (row: Row) => string {
  const written = type === 'instant' ? instants() : type in TEXTS ? escaped : String
  return (row) => {
    const element = value(row)
    return element === null ? '\\N' : written(String(element))
  }
}

const TEXTS = { text: true, json: true }

function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replace(/[\\\t\n\r]/g, (each) => ESCAPES[each] ?? each)
    : text
}

/** Milliseconds as an instant in UTC. Rows of one block follow each other and have one time. */
function instants(): (milliseconds: string) => string {
  let [known, text] = ['', '']
  return (milliseconds) => {
    if (milliseconds !== known) {
      known = milliseconds
      text = new Date(Number(milliseconds)).toISOString()
    }
    return text
  }
}
