import { type AnswerBlock, type AsOf, resolveAsOf } from './as-of'
import { knownKeys } from './recall-lookup/known-keys'
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
  /** Keys on record of fields with many patterns and ranges; null where their terms are tested. */
  known: { lots: readonly string[] | null; serials: readonly string[] | null }
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
  const { models, lots, serials } = read.asked
  const known = {
    lots: await knownKeys(sql, 'lot_key', lots),
    serials: await knownKeys(sql, 'serial_key', serials),
  }
  const lookup = { asOf: block, scope: read, known }
  if (models === null) return lookup
  return { ...lookup, models: await resolveModels(sql, models, block.height) }
}
