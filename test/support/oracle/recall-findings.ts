import { underRecallSince } from './replay-recalls'
import { isBefore, type Place } from './statements'
import { type Found, found } from './unit-finding'
import type { Recall, Unit, World } from './world'

/** Every recall of a unit, and what broke it. */
export function recallFindings(world: World, unit: Unit): Found[] {
  return [...world.recalls.values()].flatMap((recall) => {
    const since = underRecallSince(recall, unit)
    if (since === null) return []
    const state =
      recall.closed === null
        ? found('RECALL_OPEN', since, 'RECALLED')
        : found('RECALL_CLOSED', recall.closed)
    return [state, ...breaches(recall, unit, since)]
  })
}

/** Sales and moves while it was open, but not back to the maker or to whoever recalled. */
function breaches({ closed, issued }: Recall, unit: Unit, since: Place): Found[] {
  const counts = ({ to, at }: { to: string; at: Place }) =>
    isBefore(since, at) &&
    (closed === null || isBefore(at, closed)) &&
    to !== unit.identity?.manufacturer &&
    to !== issued?.by
  const isSale = ({ to, at }: { to: string; at: Place }) =>
    unit.sales.some((sale) => sale.to === to && sale.at.txHash === at.txHash)
  const moves = unit.periods.map(({ owner, since: at }) => ({ to: owner, at }))
  return [
    ...unit.sales.filter(counts).map(({ at }) => found('SOLD_WHILE_RECALLED', at)),
    ...moves
      .filter((move) => counts(move) && !isSale(move))
      .map(({ at }) => found('MOVED_WHILE_RECALLED', at)),
  ]
}
