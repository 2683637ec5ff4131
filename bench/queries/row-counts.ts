import type { Sql } from '../../src/query/sql'

export interface RowCount {
  readonly table: string
  readonly rows: number
}

const TABLES = ['device', 'custody_period', 'device_event', 'recall_unit', 'owner', 'block']

/** How large the data is. */
export async function rowCounts(sql: Sql): Promise<RowCount[]> {
  const counts = TABLES.map(
    (table) => `SELECT '${table}' AS "table", count(*)::int AS "rows" FROM ${table}`,
  )
  return sql<RowCount>(counts.join(' UNION ALL '))
}
