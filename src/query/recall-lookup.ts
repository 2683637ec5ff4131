import { type AnswerBlock, type AsOf, resolveAsOf } from './as-of'
import { type ResolvedModels, resolveModels } from './recall-lookup/models'
import { type ReadScope, type RecallScope, readScope } from './recall-lookup/scope'
import type { Sql } from './sql'

/**
 * A recall scope at a point: what the questions about it (counts, lots, consignees, units,
 * unmatched values) are asked of. All must be asked in the transaction that it was made in.
 */
export interface RecallLookup {
  asOf: AnswerBlock
  scope: ReadScope
  /** Absent when the scope asks for no model. */
  models?: ResolvedModels
}

/**
 * Which units does this scope touch? Units that were first seen at or before the block of the
 * answer count, with the identity, holder and disposition that they had at its end.
 *
 * @throws the errors of `readScope` and `resolveAsOf`
 */
export async function recallLookup(
  sql: Sql,
  { scope, asOf }: { scope: RecallScope; asOf?: AsOf | null },
): Promise<RecallLookup> {
  const read = readScope(scope)
  const block = await resolveAsOf(sql, asOf)
  const values = read.asked.get('models')
  if (values === undefined) return { asOf: block, scope: read }
  return { asOf: block, scope: read, models: await resolveModels(sql, values, block.height) }
}
