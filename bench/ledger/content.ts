import type { Client } from 'pg'
import { DeviceTrailError } from '../../src/domain/errors'

/**
 * Every table of the read model. Workload and contenders leave those of recalls and anomalies
 * empty.
 */
const TABLES = [
  'owner',
  'device_model',
  'device',
  'custody_period',
  'device_event',
  'recall',
  'recall_scope',
  'recall_unit',
  'anomaly',
  'block',
]

/**
 * What one table holds: how many rows, and a digest of all their columns in the order of their ids.
 */
export interface TableContent {
  readonly table: string
  readonly rows: number
  readonly md5: string
}

/** The content of the read model, all tables and all columns. */
export async function readContent(client: Client): Promise<TableContent[]> {
  const contents: TableContent[] = []
  for (const table of TABLES) {
    const { rows } = await client.query<TableContent>(
      `SELECT '${table}' AS "table", count(*)::int AS "rows",
         md5(coalesce(string_agg(md5(to_jsonb(t)::text), '' ORDER BY t.id), '')) AS "md5"
       FROM "${table}" t`,
    )
    contents.push(...rows)
  }
  return contents
}

/**
 * Checks that a run left what the first run left: a number is worth nothing if the rows are not the
 * same.
 *
 * @throws DeviceTrailError BENCH_CONTENT_DIFFERS
 */
export function requireSame(
  first: readonly TableContent[],
  found: readonly TableContent[],
  contender: string,
): void {
  for (const { table, rows, md5 } of first) {
    const other = found.find((content) => content.table === table) ?? { rows: 'no', md5: 'none' }
    if (other.rows === rows && other.md5 === md5) continue
    throw new DeviceTrailError({
      code: 'BENCH_CONTENT_DIFFERS',
      remedy: 'human',
      what:
        `${contender} left ${other.rows} rows in ${table} (md5 ${other.md5}), ` +
        `the first run left ${rows} (md5 ${md5}).`,
      todo: 'One of the two writes wrong rows, so the speeds mean nothing: find out which.',
    })
  }
}

/**
 * Checks that the rows are those of the workload, which two contenders could miss in the same way:
 * each log is either an event, or a move that begins a period or burns.
 *
 * @throws DeviceTrailError BENCH_CONTENT_INCOMPLETE
 */
export async function requireComplete(client: Client, events: number): Promise<void> {
  const { rows } = await client.query<{ logs: number; anomalies: number }>(
    `SELECT (SELECT count(*) FROM device_event)::int + (SELECT count(*) FROM custody_period)::int
       + (SELECT count(*) FROM custody_period WHERE ended_by_burn)::int AS "logs",
       (SELECT count(*) FROM anomaly)::int AS "anomalies"`,
  )
  const { logs, anomalies } = rows[0] ?? { logs: 0, anomalies: 0 }
  if (logs === events && anomalies === 0) return
  throw new DeviceTrailError({
    code: 'BENCH_CONTENT_INCOMPLETE',
    remedy: 'human',
    what: `${events} logs went in; rows for ${logs} came out, with ${anomalies} anomalies.`,
    todo: 'Expected a row for each log and no anomaly: the workload or a contender is wrong.',
  })
}
