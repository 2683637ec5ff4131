import type { Place } from './statements'
import type { Unit, World } from './world'

/** A move of a unit, told from what comes before it. */
export interface Handover {
  unit: Unit
  kind: 'MINT' | 'MOVE' | 'BURN'
  at: Place
  from: string | null
  /** How long the giver had held it; null where nobody gave it. */
  dwellSeconds: number | null
  to: string | null
}

/** Every move that anybody made, in no particular order. */
export function handoversOf(world: World): Handover[] {
  return [...world.units.values()].flatMap(handoversOfUnit)
}

function handoversOfUnit(unit: Unit): Handover[] {
  const made: Handover[] = []
  for (const [number, period] of unit.periods.entries()) {
    const { owner, byMint, since, until } = period
    const before = unit.periods[number - 1]
    const giver = before?.until != null && isSame(before.until, since) ? before : null
    const dwell = giver === null ? null : (since.time - giver.since.time) / 1000
    const kind = byMint ? 'MINT' : 'MOVE'
    const from = giver?.owner ?? null
    made.push({ unit, kind, at: since, from, dwellSeconds: dwell, to: owner })
    const next = unit.periods[number + 1]
    if (until === null || (next !== undefined && isSame(until, next.since))) continue
    const held = (until.time - since.time) / 1000
    made.push({ unit, kind: 'BURN', at: until, from: owner, dwellSeconds: held, to: null })
  }
  return made
}

function isSame(a: Place, b: Place): boolean {
  return a.height === b.height && a.logIndex === b.logIndex
}
