import { isDeepStrictEqual } from 'node:util'
import { decodeBlock } from '../../../src/decoding/decode-block'
import { connectDatabase } from '../../../src/persistence/connect'
import { Ledger } from '../../../src/persistence/ledger'
import { type Sql, sqlOf } from '../../../src/persistence/sql'
import { CONTRACTS } from '../../support/chain'
import { ledgerContent } from '../../support/ledger-content'
import type { ChainBlock } from '../scripted-chain'
import { asSourceBlock } from './histories'

export type Content = Record<string, unknown[]>

const BLOCKS_OF_BATCH = 500

/**
 * What the ledger must hold for a chain: the same fold, fed in order straight from the chain's
 * data, on an empty database. No node, no fork, no retry, no unwind.
 *
 * @param databaseUrl a migrated database that nothing else uses; it is emptied first
 */
export async function cleanRun(
  databaseUrl: string,
  chain: readonly ChainBlock[],
): Promise<Content> {
  const database = await connectDatabase(databaseUrl, 1)
  try {
    const sql = sqlOf(database.manager)
    await emptyLedger(sql)
    const ledger = new Ledger(database)
    for (let start = 0; start < chain.length; start += BLOCKS_OF_BATCH) {
      const blocks = chain.slice(start, start + BLOCKS_OF_BATCH).map(asSourceBlock)
      const nextHead = blocks.at(-1)
      if (nextHead === undefined) break
      const prevHead = await ledger.connect()
      await ledger.transact({ prevHead, nextHead, isOnTop: false }, (batch) =>
        batch.apply(
          blocks.map((block) => {
            const { height, hash, timestamp } = block
            return { block: { height, hash, timestamp }, events: decodeBlock(block, CONTRACTS) }
          }),
          nextHead.timestamp,
        ),
      )
    }
    return await ledgerContent(sql)
  } finally {
    await database.destroy()
  }
}

/** Forgets all rows and the position, as in a database that was migrated just now. */
export async function emptyLedger(sql: Sql): Promise<void> {
  const tables = await sql<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> 'migrations'`,
  )
  await sql(`TRUNCATE ${tables.map(({ name }) => name).join(', ')}`)
  await sql(`UPDATE squid_processor.status SET height = -1, hash = '0x', nonce = 0`)
  await sql('DELETE FROM squid_processor.hot_block')
}

/** The first differences between what is and what should be, one line each; none if equal. */
export function differences(is: Content, should: Content, most = 5): string[] {
  const found: string[] = []
  for (const table of new Set([...Object.keys(is), ...Object.keys(should)])) {
    const [ours, clean] = [byId(is[table] ?? []), byId(should[table] ?? [])]
    for (const id of new Set([...ours.keys(), ...clean.keys()])) {
      const [left, right] = [ours.get(id), clean.get(id)]
      if (isDeepStrictEqual(left, right)) continue
      found.push(`${table} ${id}: ${rowDifference(left, right)}`)
    }
  }
  return found.length > most ? [...found.slice(0, most), `… ${found.length} in all`] : found
}

function byId(rows: readonly unknown[]): Map<string, Record<string, unknown>> {
  return new Map((rows as Record<string, unknown>[]).map((row) => [String(row.id), row]))
}

function rowDifference(
  is: Record<string, unknown> | undefined,
  should: Record<string, unknown> | undefined,
): string {
  if (is === undefined) return 'is missing'
  if (should === undefined) return `should not be there: ${JSON.stringify(is)}`
  return Object.keys(should)
    .filter((column) => !isDeepStrictEqual(is[column], should[column]))
    .map(
      (column) =>
        `${column} is ${JSON.stringify(is[column])}, not ${JSON.stringify(should[column])}`,
    )
    .join('; ')
}
