import type { Client } from 'pg'

/** An index or constraint that was taken off a table, and the statement that puts it back. */
export interface TakenOff {
  readonly name: string
  readonly restore: string
}

const CONSTRAINTS = `
  SELECT conname AS name, conrelid::regclass::text AS "table", contype AS type,
    pg_get_constraintdef(oid) AS definition
  FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f', 'c')
  ORDER BY array_position(ARRAY['p', 'u', 'c', 'f'], contype::text), conname`

const INDEXES = `
  SELECT indexname AS name, indexdef AS definition FROM pg_indexes
  WHERE schemaname = 'public' ORDER BY indexname`

/**
 * Takes indexes and constraints off the read model: rows that arrive by the million fill them much
 * faster afterwards. What is put back is checked then, so rows that break a rule stop the build.
 */
export async function takeOffIndexes(client: Client): Promise<TakenOff[]> {
  const constraints = await client.query<{
    name: string
    table: string
    type: string
    definition: string
  }>(CONSTRAINTS)
  const mine = constraints.rows.filter(({ table }) => table !== 'migrations')
  for (const { name, table } of [...mine].reverse()) {
    await client.query(`ALTER TABLE ${table} DROP CONSTRAINT "${name}"`)
  }
  const indexes = await client.query<{ name: string; definition: string }>(INDEXES)
  const left = indexes.rows.filter(({ definition }) => !/ ON public\.migrations /.test(definition))
  for (const { name } of left) await client.query(`DROP INDEX "${name}"`)
  const restoring = (foreign: boolean) =>
    mine
      .filter(({ type }) => (type === 'f') === foreign)
      .map(({ name, table, definition }) => ({
        name,
        restore: `ALTER TABLE ${table} ADD CONSTRAINT "${name}" ${definition}`,
      }))
  return [
    ...restoring(false),
    ...left.map(({ name, definition }) => ({ name, restore: definition })),
    ...restoring(true),
  ]
}
