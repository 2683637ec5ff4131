import type { Sql } from '../persistence/sql'

/**
 * The rows of a statement in pages, so that no table needs to fit into memory. The caller holds the
 * transaction; one cursor at a time.
 *
 * @param query takes no parameters: a cursor cannot
 */
export async function* inPages<Row>(
  sql: Sql,
  query: string,
  pageSize: number,
): AsyncGenerator<Row[]> {
  await sql(`DECLARE check_rows NO SCROLL CURSOR FOR ${query}`)
  try {
    for (;;) {
      const rows = await sql<Row>(`FETCH ${pageSize} FROM check_rows`)
      if (rows.length > 0) yield rows
      if (rows.length < pageSize) return
    }
  } finally {
    // In a transaction that failed nothing can be closed, and nothing needs to be.
    await sql('CLOSE check_rows').catch(() => undefined)
  }
}
