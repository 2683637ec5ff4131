import type { ActivityBucket, ActivityRequest } from '../../../src/query/activity'
import type { ScriptedBlock } from '../chain'
import type { Refusal } from './answer-block'
import { handoversOf } from './handovers'
import { worldAt } from './replay'
import { underRecallSince } from './replay-recalls'
import type { Place } from './statements'
import type { Unit, World } from './world'

const HOUR = 3_600_000

/** What happened in each bucket, each fact put into the one that it falls into. */
export function activityAnswer(
  chain: readonly ScriptedBlock[],
  { interval, from, to, modelId }: ActivityRequest,
): ActivityBucket[] | Refusal {
  const world = worldAt(chain, chain.length - 1)
  if (!(from < to)) return { error: 'ARGUMENT_OUT_OF_RANGE' }
  const buckets = emptyBuckets(interval, from, to, chain.at(-1)?.timestamp ?? 0)
  if (buckets.length > 1_000) return { error: 'ARGUMENT_OUT_OF_RANGE' }
  if (modelId != null && !world.models.has(modelId)) return { error: 'MODEL_NOT_FOUND' }
  const count = (what: Counted, at: Place) => {
    const bucket = buckets.find(({ start, end }) => +start <= at.time && at.time < +end)
    if (bucket !== undefined) bucket[what] += 1
  }
  const asked = (unit: Unit) => modelId == null || unit.identity?.model === modelId
  for (const { unit, kind, at } of handoversOf(world)) {
    if (asked(unit)) count(COUNTED[kind], at)
  }
  countRecalls(world, asked, modelId ?? null, count)
  return buckets
}

type Counted = 'mints' | 'transfers' | 'decommissions' | 'recalls' | 'recalledUnits'
const COUNTED = { MINT: 'mints', MOVE: 'transfers', BURN: 'decommissions' } as const

function countRecalls(
  world: World,
  asked: (unit: Unit) => boolean,
  modelId: string | null,
  count: (what: Counted, at: Place) => void,
): void {
  for (const recall of world.recalls.values()) {
    if (recall.issued !== null && (modelId === null || recall.model === modelId)) {
      count('recalls', recall.issued.at)
    }
    for (const unit of world.units.values()) {
      const since = underRecallSince(recall, unit)
      if (since !== null && asked(unit)) count('recalledUnits', since)
    }
  }
}

/** Walks through the hours; a bucket ends where the calendar says so, and at the end. */
function emptyBuckets(interval: string, from: Date, to: Date, headTime: number): ActivityBucket[] {
  const edges = [from]
  for (let hour = Math.floor(+from / HOUR) + 1; hour * HOUR < +to; hour++) {
    const at = new Date(hour * HOUR)
    const isMidnight = at.getUTCHours() === 0
    const begins =
      interval === 'HOUR' ||
      (interval === 'DAY' && isMidnight) ||
      (interval === 'WEEK' && isMidnight && at.getUTCDay() === 1) ||
      (interval === 'MONTH' && isMidnight && at.getUTCDate() === 1)
    if (begins) edges.push(at)
  }
  const zero = { mints: 0, transfers: 0, recalls: 0, recalledUnits: 0, decommissions: 0 }
  return edges.map((start, at) => {
    const end = edges[at + 1] ?? to
    return { start, end, ...zero, complete: +end <= headTime }
  })
}
