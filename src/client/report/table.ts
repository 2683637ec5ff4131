import { displayWidth, padded } from './display-width'
import { duration } from './duration'
import type { Output } from './output'
import type { Cell, Column, Facts, Report, Sheet } from './report'
import { visible } from './visible-text'
import { words } from './words'

/** Rows that decide how wide the columns are; later ones may stick out. */
const ROWS_MEASURED = 1_000
const GAP = '  '

/** A report for people: facts one below the other, sheets with aligned columns. */
export async function writeTables(parts: Report['parts'], output: Output): Promise<void> {
  let isFirst = true
  for (const part of parts) {
    if (!isFirst) await output.write('\n')
    isFirst = false
    if ('facts' in part) await output.write(factLines(part))
    else await writeSheet(part, output)
  }
}

function factLines({ facts }: Facts): string {
  const pairs = Object.entries(facts()).map(([key, value]) => [words(key), shown(value)] as const)
  const width = Math.max(...pairs.map(([key]) => key.length))
  return pairs
    .map(([key, value]) => `${key.padEnd(width)}${GAP}${value}`.trimEnd())
    .join('\n')
    .concat('\n')
}

async function writeSheet({ name, columns, batches }: Sheet, output: Output): Promise<void> {
  let widths: number[] | undefined
  let measured: string[][] = []
  const begin = async () => {
    widths = columns.map(({ key }, n) =>
      Math.max(displayWidth(words(key)), ...measured.map((row) => displayWidth(row[n] ?? ''))),
    )
    const heading = columns.map(({ key }) => words(key))
    const rule = widths.map((width) => '-'.repeat(width))
    await output.write(`${words(name).toUpperCase()}\n`)
    await output.write(
      [heading, rule, ...measured].map((row) => line(row, columns, widths)).join(''),
    )
    measured = []
  }
  for await (const batch of batches) {
    const rows = batch.map((row) => row.map((cell, n) => cellText(cell, columns[n])))
    if (widths !== undefined) {
      await output.write(rows.map((row) => line(row, columns, widths)).join(''))
      continue
    }
    measured.push(...rows)
    if (measured.length >= ROWS_MEASURED) await begin()
  }
  if (widths !== undefined) return
  if (measured.length > 0) await begin()
  else await output.write(`${words(name).toUpperCase()}: none\n`)
}

function line(row: readonly string[], columns: readonly Column[], widths: readonly number[] = []) {
  const cells = row.map((cell, n) => {
    const side = isCount(columns[n]) ? 'start' : 'end'
    return padded(cell, widths[n] ?? 0, side)
  })
  return `${cells.join(GAP).trimEnd()}\n`
}

function isCount(column: Column | undefined): boolean {
  return column?.kind === 'number' || column?.kind === 'seconds'
}

function cellText(cell: Cell, column: Column | undefined): string {
  if (typeof cell === 'number' && column?.kind === 'seconds') return duration(cell)
  return shown(cell)
}

function shown(value: Cell | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return value === null ? '' : visible(String(value))
}
