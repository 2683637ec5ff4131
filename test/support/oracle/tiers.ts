import type { Unit } from './world'

/**
 * How far each receiver is from the makers: every step of every unit is looked at again until
 * nothing gets nearer.
 */
export function tiersOf(units: readonly Unit[]): ReadonlyMap<string, number> {
  const tiers = new Map<string, number>()
  const nearness = (owner: string) => tiers.get(owner) ?? Number.POSITIVE_INFINITY
  for (let changed = true; changed; ) {
    changed = false
    for (const { periods, identity } of units) {
      const maker = identity?.manufacturer ?? null
      let giver = 0
      for (const { owner, byMint } of periods) {
        const tier = (byMint ? 0 : giver) + 1
        giver = owner === maker ? 0 : Math.min(nearness(owner), tier)
        if (owner === maker || giver >= nearness(owner)) continue
        tiers.set(owner, giver)
        changed = true
      }
    }
  }
  return tiers
}
