import { createReadStream, readFileSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** One table of a dump, in the binary form of COPY. */
export interface DumpedTable {
  readonly table: string
  readonly columns: readonly string[]
  readonly file: string
}

/** Copies the dump in the folder ROWS into the database DB_URL, in one transaction. */
async function main(): Promise<void> {
  const { DB_URL, ROWS = '' } = process.env
  const tables: DumpedTable[] = JSON.parse(readFileSync(path.join(ROWS, 'tables.json'), 'utf8'))
  const client = new Client({ connectionString: DB_URL })
  await client.connect()
  await client.query('BEGIN')
  for (const { table, columns, file } of tables) {
    const list = columns.map((name) => `"${name}"`).join(', ')
    const target = client.query(copyFrom(`COPY "${table}" (${list}) FROM STDIN (FORMAT binary)`))
    await pipeline(createReadStream(file), target)
  }
  await client.query('COMMIT')
  await client.end()
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
