import { checkLedger } from '../../../src/check/ledger/check-ledger'
import type { Sql } from '../../../src/persistence/sql'

/**
 * What `devicetrail check` finds fault with in a ledger, a line for each rule that is broken.
 *
 * @param sql one snapshot
 */
export async function inconsistencies(sql: Sql): Promise<string[]> {
  const found: string[] = []
  for await (const { name, count, first } of checkLedger(sql)) {
    if (count > 0) found.push(`check, ${name}: ${count}, the first ${JSON.stringify(first[0])}`)
  }
  return found
}
