import type { Sql } from '../../src/persistence/sql'

/** Every table of the read model. */
const TABLES = [
  'owner',
  'device_model',
  'device',
  'custody_period',
  'recall',
  'recall_scope',
  'recall_unit',
  'device_event',
  'anomaly',
  'block',
]

/** All rows of all tables of a ledger, each table in order of its key. */
export async function ledgerContent(sql: Sql): Promise<Record<string, unknown[]>> {
  const parts = TABLES.map(
    (table) => `'${table}', (SELECT coalesce(jsonb_agg(t ORDER BY t.id), '[]') FROM "${table}" t)`,
  )
  const [row] = await sql<{ content: Record<string, unknown[]> }>(
    `SELECT jsonb_build_object(${parts.join(', ')}) AS content`,
  )
  if (row === undefined) throw new Error('the ledger did not answer')
  return row.content
}
