import { type Member, membersOf, resolutionOf } from './recall-members'
import { isBefore, type Place } from './statements'
import { type Found, found } from './unit-finding'
import type { Recall, Unit, World } from './world'

/** Every recall of a unit, and what broke it. */
export function recallFindings(world: World, unit: Unit): Found[] {
  return [...world.recalls.values()].flatMap((recall) => {
    const member = membersOf(world, recall).find((one) => one.unit === unit)
    if (member === undefined) return []
    const state =
      recall.closed === null
        ? found('RECALL_OPEN', member.since, 'RECALLED')
        : found('RECALL_CLOSED', recall.closed)
    return [state, ...breaches(recall, member)]
  })
}

/** The ids of recalls that nobody has closed and that name one of the units. */
export function openRecalls(world: World, units: readonly Unit[]): string[] {
  return [...world.recalls.values()]
    .filter(({ closed }) => closed === null)
    .filter((recall) => membersOf(world, recall).some(({ unit }) => units.includes(unit)))
    .map(({ id }) => id)
    .sort()
}

/**
 * Sales and moves while it was open, but not back to the maker or to whoever recalled. A sale is
 * held against the unit for ever. A move is forgiven while the recall can still fetch the unit, and
 * after it where the unit was put right or found its way home.
 */
function breaches({ closed, issued }: Recall, member: Member): Found[] {
  const { unit, since } = member
  const home = [unit.identity?.manufacturer, issued?.by]
  const counts = ({ to, at }: { to: string; at: Place }) =>
    isBefore(since, at) && (closed === null || isBefore(at, closed)) && !home.includes(to)
  const isSale = ({ to, at }: { to: string; at: Place }) =>
    unit.sales.some((sale) => sale.to === to && sale.at.txHash === at.txHash)
  const isForgiven = (at: Place) =>
    closed === null ||
    resolutionOf(member) === 'CORRECTED' ||
    home.includes(unit.handoff?.to ?? 'nobody') ||
    unit.periods.some(({ owner, since: from }) => home.includes(owner) && isBefore(at, from))
  const moves = unit.periods.map(({ owner, since: at }) => ({ to: owner, at }))
  return [
    ...unit.sales.filter(counts).map(({ at }) => found('SOLD_WHILE_RECALLED', at, 'SUSPECT')),
    ...moves
      .filter((move) => counts(move) && !isSale(move))
      .map(({ at }) => found('MOVED_WHILE_RECALLED', at, isForgiven(at) ? null : 'SUSPECT')),
  ]
}
