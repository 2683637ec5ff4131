import { callerError } from '../../domain/errors'
import { Parameters } from '../parameters'
import type { RecallLookup } from '../recall-lookup'
import type { Sql } from '../sql'
import { matchedSql } from './matching-units'

/** A unit in scope went from one holder to the next. */
interface Hop {
  /** Null for the maker of the unit, and where the record of its holders begins. */
  giver: string | null
  receiver: string
}

/**
 * The tier of each consignee: how far it is from the makers of the units in scope (the depth of a
 * recall, 21 CFR 7.42(b)(1); the direct accounts of 7.46(a)(6) are tier 1).
 *
 * Tier 1 received a unit in scope from the maker of that unit. Tier n received one from a party of
 * tier n - 1, and none from a nearer one. So it is the smallest number that the custody of the
 * units in scope, up to the block of the answer, gives. A unit that went back to its maker starts
 * again there. Who receives a unit by a mint, or is the first holder on record, counts as supplied
 * by the maker: the record knows of nobody between. A move to oneself is no step.
 */
export async function recallTiers(
  sql: Sql,
  lookup: RecallLookup,
): Promise<ReadonlyMap<string, number>> {
  const parameters = new Parameters()
  const block = lookup.asOf.isHead ? null : parameters.add(lookup.asOf.height)
  const past = block === null ? '' : `AND block_height <= ${block}`
  const hops = await sql<Hop>(
    `WITH scope AS (${matchedSql(lookup, 'IN_SCOPE', parameters, block)})
    SELECT receiver AS "receiver",
      CASE WHEN giver IS DISTINCT FROM manufacturer_id THEN giver END AS "giver"
    FROM scope CROSS JOIN LATERAL (
      SELECT owner_id AS receiver,
        CASE WHEN started_by = 'MOVE' THEN lag(owner_id) OVER (ORDER BY number) END AS giver
      FROM custody_period
      WHERE device_id = scope.id ${past}
    ) AS hop
    WHERE receiver IS DISTINCT FROM manufacturer_id
    GROUP BY 1, 2`,
    parameters.values,
  )
  return tiersOf(hops)
}

/** Breadth first from the makers: each receiver gets its tier when it is first reached. */
function tiersOf(hops: readonly Hop[]): ReadonlyMap<string, number> {
  const receivers = new Map<string | null, string[]>()
  for (const { giver, receiver } of hops) {
    const known = receivers.get(giver)
    if (known === undefined) receivers.set(giver, [receiver])
    else known.push(receiver)
  }
  const tiers = new Map<string, number>()
  let givers: readonly (string | null)[] = [null]
  for (let tier = 1; givers.length > 0; tier++) {
    const reached = new Set(givers.flatMap((giver) => receivers.get(giver) ?? []))
    const nearest = [...reached].filter((owner) => !tiers.has(owner))
    for (const owner of nearest) tiers.set(owner, tier)
    givers = nearest
  }
  return tiers
}

/**
 * The consignees of one tier.
 *
 * @throws ARGUMENT_OUT_OF_RANGE
 */
export function ownersOfTier(tiers: ReadonlyMap<string, number>, tier: number): string[] {
  if (tier >= 1) return [...tiers].flatMap(([owner, found]) => (found === tier ? [owner] : []))
  throw callerError(
    'ARGUMENT_OUT_OF_RANGE',
    `tier is ${tier}.`,
    'Expected 1 or more: 1 received units from their maker, 2 from a party of tier 1, and so on.',
  )
}
