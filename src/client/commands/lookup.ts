import { deviceColumns, presentColumns } from '../columns/entity-columns'
import { EXIT } from '../exit-codes'
import { decodeText } from '../list/decode-text'
import { type LookedUpRow, lookUp, type Outcome } from '../list/look-up'
import { Progress } from '../list/progress'
import { type ListForm, type ListRow, readList } from '../list/read-list'
import { ReaderGone } from '../report/output'
import { number, sheet, text } from '../report/report'
import { type Style, writeReport } from '../report/write-report'
import type { Server } from '../server/server'
import { type Terminal, tell } from '../terminal'

/** A list of identifiers, and how it is to be read. */
export interface ListInput {
  readonly bytes: AsyncIterable<Uint8Array>
  /** Unknown for a pipe. */
  readonly totalBytes: number | undefined
  readonly form: ListForm
  /** Tell how far it is. */
  readonly showProgress: boolean
}

const OUTCOMES: readonly Outcome[] = [
  'MATCHED',
  'AMBIGUOUS',
  'NOT_FOUND',
  'INVALID',
  'DUPLICATE_ROW',
  'BLANK',
]

/**
 * Looks up a list of identifiers of any length, in bounded memory: one result for each row, in
 * order, and totals that add up to the rows that were read.
 *
 * @returns `findings` unless every row matched a device or repeats one that did; `data` for a list
 *   without rows, which a script must not take for one that matched
 */
export async function lookup(
  server: Server,
  input: ListInput,
  style: Style,
  terminal: Terminal,
): Promise<number> {
  const progress = new Progress(terminal.err, terminal.isWatched, input.totalBytes)
  const count = new Map<Outcome, number>(OUTCOMES.map((outcome) => [outcome, 0]))
  let rowsRead = 0
  const list = counted(readList(decodeText(input.bytes, progress.read), input.form), () => {
    rowsRead += 1
  })
  const results = tallied(lookUp(server, list), async (batch) => {
    for (const { outcome } of batch) count.set(outcome, (count.get(outcome) ?? 0) + 1)
    if (input.showProgress) await progress.tell(batch.at(-1)?.row ?? 0)
  })
  const totals = () => totalsOf(rowsRead, count)
  const parts = [sheet('rows', COLUMNS, results), { name: 'totals', facts: totals }]
  try {
    await writeReport({ parts, main: 'rows' }, style, terminal)
  } catch (error) {
    if (!(error instanceof ReaderGone)) await tell(terminal, brokenOff(count))
    throw error
  } finally {
    if (input.showProgress) await progress.end()
  }
  if (rowsRead === 0) {
    await tell(terminal, 'NO ROWS: the list has no identifier in it, so nothing was looked up.')
    return EXIT.data
  }
  const { matched, duplicateRow } = totals()
  return matched + duplicateRow === rowsRead ? EXIT.ok : EXIT.findings
}

/** A file of answers that ends early looks like a shorter list. */
function brokenOff(count: ReadonlyMap<Outcome, number>): string {
  const answered = [...count.values()].reduce((sum, each) => sum + each, 0)
  return `BROKEN OFF: rows after row ${answered} were not looked up.`
}

const COLUMNS = [
  number<LookedUpRow>('row', ({ row }) => row),
  text<LookedUpRow>('identifier', ({ identifier }) => identifier),
  text<LookedUpRow>('outcome', ({ outcome }) => outcome),
  ...deviceColumns<LookedUpRow>(({ device }) => device),
  ...presentColumns<LookedUpRow>(({ device }) => device),
  number<LookedUpRow>('candidates', ({ candidates }) => candidates),
  number<LookedUpRow>('duplicateOf', ({ duplicateOf }) => duplicateOf),
  text<LookedUpRow>('problems', ({ problems }) => problems.join('; ') || null),
]

async function* counted(rows: AsyncIterable<ListRow>, onRow: () => void): AsyncGenerator<ListRow> {
  for await (const row of rows) {
    onRow()
    yield row
  }
}

async function* tallied(
  batches: AsyncIterable<LookedUpRow[]>,
  onBatch: (batch: LookedUpRow[]) => Promise<void>,
): AsyncGenerator<LookedUpRow[]> {
  for await (const batch of batches) {
    await onBatch(batch)
    yield batch
  }
}

/**
 * Rows that were read are counted where they are read, outcomes where they are written: a row that
 * got lost between shows here.
 */
function totalsOf(rowsRead: number, count: ReadonlyMap<Outcome, number>) {
  const of = (outcome: Outcome) => count.get(outcome) ?? 0
  const told = OUTCOMES.reduce((sum, outcome) => sum + of(outcome), 0)
  if (told !== rowsRead) throw new Error(`${rowsRead} rows were read, but ${told} were answered`)
  return {
    rowsRead,
    matched: of('MATCHED'),
    ambiguous: of('AMBIGUOUS'),
    notFound: of('NOT_FOUND'),
    invalid: of('INVALID'),
    duplicateRow: of('DUPLICATE_ROW'),
    blank: of('BLANK'),
  }
}
