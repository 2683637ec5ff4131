import { byText } from './label'
import { underRecallSince } from './replay-recalls'
import { isBefore, type Place } from './statements'
import type { Recall, Resolution, Unit, World } from './world'

/** A unit that is under the recall, with all that was said of it since. */
export interface Member {
  unit: Unit
  since: Place
  said: Resolution[]
}

export interface ExpectedTally {
  units: number
  reconciled: number
  unaccounted: number
  percentReconciled: number | null
  byResolution: { resolution: string | null; count: number }[]
}

const NAMES = ['UNKNOWN', 'ACKNOWLEDGED', 'RETURNED', 'CORRECTED', 'DESTROYED', 'NOT_FOUND']
const ORDER = ['RETURNED', 'CORRECTED', 'DESTROYED', 'ACKNOWLEDGED', 'NOT_FOUND', 'UNKNOWN', null]
const DONE = ['RETURNED', 'CORRECTED', 'DESTROYED']

export function membersOf(world: World, recall: Recall): Member[] {
  const members: Member[] = []
  for (const unit of world.units.values()) {
    const since = underRecallSince(recall, unit)
    if (since === null) continue
    const said = recall.resolutions.filter(
      (resolution) => resolution.unit === unit.id && isBefore(since, resolution.at),
    )
    members.push({ unit, since, said })
  }
  return members.sort((a, b) => byText(a.unit.id, b.unit.id))
}

export function resolutionOf({ said }: Member): string | null {
  const last = said.at(-1)
  return last === undefined ? null : (NAMES[Number(last.number)] ?? 'UNKNOWN')
}

export function isDone(member: Member): boolean {
  return DONE.includes(resolutionOf(member) ?? 'nothing')
}

export function tallyOf(members: readonly Member[]): ExpectedTally {
  const units = members.length
  const reconciled = members.filter(isDone).length
  return {
    units,
    reconciled,
    unaccounted: members.filter((member) => !isDone(member)).length,
    // So few units that no division needs care.
    percentReconciled: units === 0 ? null : Number(String((reconciled / units) * 100).slice(0, 4)),
    byResolution: ORDER.map((resolution) => ({
      resolution,
      count: members.filter((member) => resolutionOf(member) === resolution).length,
    })),
  }
}
