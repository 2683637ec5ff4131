import type { BenchServer } from '../ledger/bench-database'
import { requireSame } from '../ledger/content'
import { largestPeak, medianRate, type Verdict } from './bars'
import { type Contest, type ContestResult, type History, hold, turned } from './contest'
import type { Source } from './workload'

/** How fast the longest history is at least, beside the shortest. */
const SPEED_BAR = 0.7
/** How many times the memory of the next shorter history the longest may take. */
const MEMORY_BAR = 1.2

/**
 * Holds contests over several histories in rounds, each history once in each: what slowly changes
 * on the machine falls on all of them.
 *
 * @throws DeviceTrailError as `hold` does
 */
export async function holdInRounds(
  server: BenchServer,
  contest: Contest,
  histories: readonly History[],
): Promise<ContestResult[]> {
  const results = new Map<History, ContestResult>()
  for (let round = 0; round < contest.runs; round++) {
    for (const history of turned(histories, round)) {
      contest.say(`round ${round + 1} of ${contest.runs}: ${history.events} events`)
      const result = await hold(server, { ...contest, runs: 1 }, history)
      const before = results.get(history)
      results.set(history, before === undefined ? result : together(before, result))
    }
  }
  return histories.flatMap((history) => results.get(history) ?? [])
}

function together(before: ContestResult, result: ContestResult): ContestResult {
  requireSame(before.rows, result.rows, 'the round after')
  const ways = before.ways.map(({ way, runs }) => {
    const more = result.ways.find((other) => other.way === way)?.runs ?? []
    return { way, runs: [...runs, ...more] }
  })
  return { ...before, ways }
}

/**
 * Whether cost is linear and memory bounded: the speed of DeviceTrail on the longest history beside
 * that on the shortest, and its memory beside that on the next shorter. Empty for one history.
 */
export function growthVerdicts(source: Source, contests: readonly ContestResult[]): Verdict[] {
  const sizes = contests.flatMap(({ events, ways }) => {
    const ours = ways.find(({ way }) => way === 'devicetrail')
    return ours === undefined ? [] : [{ events, ours, peak: largestPeak(ours) }]
  })
  const [longest, shorter] = sizes.sort((a, b) => b.events - a.events)
  const shortest = sizes.at(-1)
  if (longest === undefined || shorter === undefined || shortest === undefined) return []
  const speed = medianRate(source, longest.ours) / medianRate(source, shortest.ours)
  const memory = longest.peak / shorter.peak
  return [
    {
      what: `speed at ${text(longest.events)} events over ${text(shortest.events)}, at least`,
      ...{ value: speed, bar: SPEED_BAR, aim: undefined, isMet: speed >= SPEED_BAR },
    },
    {
      what: `memory at ${text(longest.events)} events over ${text(shorter.events)}, at most`,
      ...{ value: memory, bar: MEMORY_BAR, aim: undefined, isMet: memory <= MEMORY_BAR },
    },
  ]
}

function text(events: number): string {
  return events.toLocaleString('en-US')
}
