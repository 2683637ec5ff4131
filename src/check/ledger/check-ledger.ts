import type { Sql } from '../../persistence/sql'
import type { RuleResult } from '../difference'
import { RULES } from './rules'

/**
 * Proves the ledger against itself, rule by rule.
 *
 * @param sql one snapshot: see `inSnapshot`
 * @param begins told which rule comes next
 */
export async function* checkLedger(
  sql: Sql,
  begins: (name: string) => Promise<void> = async () => {},
): AsyncGenerator<RuleResult> {
  for (const { name, proves, find } of RULES) {
    await begins(name)
    const start = performance.now()
    const found = await find(sql)
    const seconds = (performance.now() - start) / 1000
    yield { name, proves, ...found, seconds, unchecked: null }
  }
}
