import type { Client } from 'pg'
import { DeviceTrailError } from '../../src/domain/errors'
import type { TableContent } from '../ledger/content'

/** Tables that every contender fills, with the same columns. */
const SHARED = ['owner', 'device_model', 'device', 'custody_period', 'device_event', 'block']
/** Tables that the workload leaves empty; only some contenders have them. */
const EMPTY = ['recall', 'recall_scope', 'recall_unit', 'anomaly']

/** What is true of the first blocks whatever comes later, so that a slice can be compared. */
const FACTS = [
  {
    table: 'custody_period',
    columns: `- '{until,until_block,until_log_index,until_tx_hash,ended_by_burn}'::text[]`,
    height: 'block_height',
  },
  { table: 'device_event', columns: '', height: 'block_height' },
  { table: 'block', columns: '', height: 'height' },
]

/** Every column of every table that all contenders fill, in the schema of the search path. */
export async function readRows(client: Client): Promise<TableContent[]> {
  const contents: TableContent[] = []
  for (const table of SHARED) {
    contents.push(await digest(client, table, `"${table}"`, 'to_jsonb(t)'))
  }
  return contents
}

/** The facts of the blocks up to a height. */
export async function readFacts(client: Client, height: number): Promise<TableContent[]> {
  const contents: TableContent[] = []
  for (const { table, columns, height: column } of FACTS) {
    const rows = `(SELECT * FROM "${table}" WHERE "${column}" <= ${height})`
    const name = `${table} up to ${height}`
    contents.push(await digest(client, name, rows, `(to_jsonb(t) ${columns})`))
  }
  return contents
}

/**
 * Checks that there is a row for each log, and nothing else: each log is either an event, or a move
 * that begins a period or burns.
 *
 * @throws DeviceTrailError BENCH_CONTENT_INCOMPLETE
 */
export async function requireAll(client: Client, events: number, way: string): Promise<void> {
  const { rows } = await client.query<{ logs: number }>(
    `SELECT (SELECT count(*) FROM device_event)::int + (SELECT count(*) FROM custody_period)::int
       + (SELECT count(*) FROM custody_period WHERE ended_by_burn)::int AS "logs"`,
  )
  const filled: string[] = []
  for (const table of EMPTY) if (await hasRows(client, table)) filled.push(table)
  const logs = rows[0]?.logs ?? 0
  if (logs === events && filled.length === 0) return
  throw new DeviceTrailError({
    code: 'BENCH_CONTENT_INCOMPLETE',
    remedy: 'human',
    what:
      `${way} left rows for ${logs} of ${events} logs` +
      (filled.length === 0 ? '.' : `, and rows in ${filled.join(', ')}.`),
    todo: 'Expected a row for each log and no anomaly: the workload or the contender is wrong.',
  })
}

async function hasRows(client: Client, table: string): Promise<boolean> {
  const known = await client.query('SELECT 1 WHERE to_regclass($1) IS NOT NULL', [table])
  if (known.rowCount === 0) return false
  const { rowCount } = await client.query(`SELECT 1 FROM "${table}" LIMIT 1`)
  return rowCount !== 0
}

async function digest(
  client: Client,
  name: string,
  rows: string,
  columns: string,
): Promise<TableContent> {
  const { rows: found } = await client.query<TableContent>(
    `SELECT $1::text AS "table", count(*)::int AS "rows",
       md5(coalesce(string_agg(md5(${columns}::text), '' ORDER BY t.id), '')) AS "md5"
     FROM ${rows} t`,
    [name],
  )
  const [content] = found
  if (content === undefined) throw new Error(`no digest of ${name}`)
  return content
}
