import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertion, type Statement, type TableSpec, update } from '../../src/persistence/bulk'
import { writerOf } from '../../src/persistence/sql'
import { DrivenLedger } from '../support/driven-ledger'
import { propertySettings } from '../support/property-settings'

/** Goal: what is written in bulk is what is read, whatever the text holds. */

interface Row {
  id: string
  text: string | null
  detail: string
  big: bigint | null
  flag: boolean
}

const SPEC: TableSpec<Row> = {
  table: 'bulk_test',
  columns: [
    { name: 'id', type: 'text', value: (row) => row.id },
    { name: 'text', type: 'text', value: (row) => row.text },
    { name: 'detail', type: 'json', value: (row) => JSON.stringify({ text: row.detail }) },
    { name: 'big', type: 'numeric', value: (row) => row.big },
    { name: 'flag', type: 'bool', value: (row) => row.flag },
  ],
}

let ledger: DrivenLedger

beforeAll(async () => {
  ledger = await DrivenLedger.open()
  await ledger.sql(
    `CREATE TABLE bulk_test (
       id text PRIMARY KEY, "text" text, detail jsonb, big numeric, flag bool)`,
  )
})
afterAll(() => ledger?.close())

// NUL cannot be stored; decoding takes it out before it gets here.
const anyText = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      '',
      'NULL',
      '{}',
      '{"a"}',
      '\\',
      '"',
      "'",
      '\\"',
      'a,b',
      ' a ',
      'a\nb',
      '\\n',
      '\\N',
      '\\.',
      'a\tb\r',
    ),
  )
  .filter((text) => !text.includes('\0') && text.isWellFormed())

const anyRow = fc.record({
  id: anyText,
  text: fc.option(anyText),
  detail: anyText,
  big: fc.option(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n })),
  flag: fc.boolean(),
})
const anyRows = fc.uniqueArray(anyRow, { selector: (row) => row.id, maxLength: 20 })

async function sent(rendered: Promise<Statement[]>): Promise<void> {
  const statements = await rendered
  await ledger.database.transaction(async (manager) => {
    for (const send of statements) await send(writerOf(manager))
  })
}

async function stored(): Promise<Row[]> {
  const rows = await ledger.sql<Row & { detail: { text: string }; big: string | null }>(
    'SELECT * FROM bulk_test',
  )
  return rows.map((row) => ({
    ...row,
    detail: row.detail.text,
    big: row.big === null ? null : BigInt(row.big),
  }))
}

const byId = (a: Row, b: Row) => (a.id < b.id ? -1 : 1)

test('rows come back as they were inserted, and as they were updated', async () => {
  await fc.assert(
    fc.asyncProperty(anyRows, anyRow, async (rows, other) => {
      await ledger.sql('DELETE FROM bulk_test')
      await sent(insertion(SPEC, rows))
      expect((await stored()).sort(byId)).toEqual([...rows].sort(byId))
      const changed = rows.map(({ id }) => ({ ...other, id }))
      await sent(update(SPEC, changed))
      expect((await stored()).sort(byId)).toEqual([...changed].sort(byId))
    }),
    propertySettings(200),
  )
})

test('a row that is there already is refused: it would be an event counted twice', async () => {
  await ledger.sql('DELETE FROM bulk_test')
  const row = { id: 'a', text: null, detail: '', big: null, flag: true }
  await sent(insertion(SPEC, [row]))
  const again = sent(insertion(SPEC, [row]))
  await expect(again).rejects.toThrow(/duplicate key/)
})
