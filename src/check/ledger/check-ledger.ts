import type { Sql } from '../../persistence/sql'
import type { Found } from '../difference'
import { RULES } from './rules'

/** What came of one rule. */
export interface RuleResult extends Found {
  readonly name: string
  readonly proves: string
  /** Seconds that it took. */
  readonly seconds: number
}

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
    yield { name, proves, ...found, seconds: (performance.now() - start) / 1000 }
  }
}
