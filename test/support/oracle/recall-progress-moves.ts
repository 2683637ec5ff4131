import { byText } from './label'
import type { Member } from './recall-members'
import { isBefore, type Place } from './statements'
import type { Period, Recall } from './world'

interface Step {
  from: string | null
  to: string | null
  at: Place
}

/** Every move of a unit after it came under the recall and before the recall was closed. */
export function movesOf(members: readonly Member[], { closed }: Recall, issuer: string) {
  const moves = members.flatMap(({ unit, since }) =>
    stepsOf(unit.periods)
      .filter(({ at }) => isBefore(since, at) && (closed === null || isBefore(at, closed)))
      .map(({ from, to, at }) => ({
        deviceId: unit.id,
        fromId: from,
        toId: to,
        blockHeight: at.height,
        logIndex: at.logIndex,
        timestamp: new Date(at.time),
        txHash: at.txHash,
        breach: to !== null && to !== unit.identity?.manufacturer && to !== issuer,
      })),
  )
  return moves.sort(
    (a, b) =>
      a.blockHeight - b.blockHeight || a.logIndex - b.logIndex || byText(a.deviceId, b.deviceId),
  )
}

/** From each holder to the next, and to nobody where the unit was burned. */
function stepsOf(periods: readonly Period[]): Step[] {
  return periods.flatMap((period, n) => {
    const before = periods[n - 1]
    const from = before?.until === period.since ? before.owner : null
    const arrival: Step = { from, to: period.owner, at: period.since }
    const { until } = period
    if (until === null || periods[n + 1]?.since === until) return [arrival]
    return [arrival, { from: period.owner, to: null, at: until }]
  })
}
