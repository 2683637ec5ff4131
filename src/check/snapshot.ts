import type { DataSource } from 'typeorm'
import { type Sql, sqlOf } from '../persistence/sql'

/** Of the one transaction: rules sort and join whole tables, and may take minutes. */
const SETTINGS = `
  SET TRANSACTION READ ONLY;
  SET LOCAL statement_timeout = 0;
  SET LOCAL idle_in_transaction_session_timeout = 0;
  SET LOCAL work_mem = '64MB';
  SET LOCAL jit = off`

/**
 * Reads in one snapshot, in which the ledger stands still while the indexer goes on: rows, counts
 * and position belong together. Writes nothing and takes no lock that a writer would wait for.
 */
export function inSnapshot<Answer>(
  database: DataSource,
  read: (sql: Sql) => Promise<Answer>,
): Promise<Answer> {
  return database.transaction('REPEATABLE READ', async (manager) => {
    await manager.query(SETTINGS)
    return read(sqlOf(manager))
  })
}
