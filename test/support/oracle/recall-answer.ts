import type { AsOf } from '../../../src/query/as-of'
import type { RecallScope } from '../../../src/query/recall-lookup/scope'
import type { ScriptedBlock } from '../chain'
import { blockOfAnswer, type ExpectedBlock, type Refusal } from './answer-block'
import { byText, plain, plainUdiDi } from './label'
import { worldAt } from './replay'
import { nameOfWindow, readingOf, type Unmatched } from './scope-reading'
import { expectedScopeValues, type ScopeValueUnits } from './scope-values'
import { tiersOf } from './tiers'
import {
  type Disposition,
  dispositionOf,
  FIELDS,
  has,
  isWithin,
  type TouchedUnit,
  touchedUnits,
} from './touched-units'
import { holderOf, type Unit, type World } from './world'

export interface ExpectedUnit {
  deviceId: string
  disposition: Disposition
  holderId: string | null
  inTransitToId: string | null
}

export interface ExpectedConsignee {
  ownerId: string
  unitsHeld: number
  unitsInTransit: number
  unitsEverReceived: number
  firstReceivedAt: Date
  lastReceivedAt: Date
  tier: number | undefined
}

export interface ExpectedRecallAnswer {
  asOf: ExpectedBlock
  inScope: number
  cannotTell: number
  byDisposition: { disposition: Disposition; count: number }[]
  byLot: { lot: string; count: number }[]
  consignees: ExpectedConsignee[]
  incoming: { ownerId: string; unitsInTransit: number; firstSentAt: Date }[]
  units: ExpectedUnit[]
  unitsOfDoubt: ExpectedUnit[]
  unmatched: Unmatched[]
  scopeValues: ScopeValueUnits[]
}

const LIFE: readonly Disposition[] = [
  'WITH_MANUFACTURER',
  'IN_TRANSIT',
  'IN_FIELD',
  'RETURNED',
  'DECOMMISSIONED',
]

/** What `recallLookup` must answer, field by field. */
export function recallAnswer(
  chain: readonly ScriptedBlock[],
  finalHeight: number,
  { scope, asOf }: { scope: RecallScope; asOf: AsOf | null },
): ExpectedRecallAnswer | Refusal {
  const reading = readingOf(scope)
  if ('error' in reading) return reading
  const block = blockOfAnswer(chain, finalHeight, asOf)
  if ('error' in block) return block
  const world = worldAt(chain, block.height)
  const touched = reading.matchesNothing ? [] : touchedUnits(world, reading.asked)
  const inScope = touched.filter(({ certain }) => certain).map(({ unit }) => unit)
  const inDoubt = touched.filter(({ certain }) => !certain).map(({ unit }) => unit)
  return {
    asOf: block,
    inScope: inScope.length,
    cannotTell: inDoubt.length,
    byDisposition: LIFE.map((disposition) => ({
      disposition,
      count: inScope.filter((unit) => dispositionOf(unit) === disposition).length,
    })),
    byLot: lotsOf(inScope),
    consignees: consigneesOf(inScope),
    incoming: incomingOf(inScope),
    units: inScope.map(asAnswered).sort((a, b) => byText(a.deviceId, b.deviceId)),
    unitsOfDoubt: inDoubt.map(asAnswered).sort((a, b) => byText(a.deviceId, b.deviceId)),
    unmatched: [
      ...reading.refused,
      ...missed(world, reading, touched),
      ...missedWindows(world, reading, touched),
    ],
    scopeValues: expectedScopeValues(world, reading, touched),
  }
}

function asAnswered(unit: Unit): ExpectedUnit {
  const disposition = dispositionOf(unit)
  return {
    deviceId: unit.id,
    disposition,
    holderId: holderOf(unit),
    inTransitToId: disposition === 'IN_TRANSIT' ? (unit.handoff?.to ?? null) : null,
  }
}

/** Largest first, then by the lot; units without one come last among equals. */
function lotsOf(units: readonly Unit[]): { lot: string; count: number }[] {
  const spellings = new Map<string | null, string[]>()
  for (const { identity } of units) {
    const lot = identity?.lot ?? null
    const key = lot === null ? null : plain(lot)
    spellings.set(key, [...(spellings.get(key) ?? []), lot ?? ''])
  }
  const keys = [...spellings.keys()].sort((a, b) => {
    const size = (spellings.get(b)?.length ?? 0) - (spellings.get(a)?.length ?? 0)
    if (size !== 0) return size
    if (a === null || b === null) return a === null ? 1 : -1
    return byText(a, b)
  })
  return keys.map((key) => {
    const lots = spellings.get(key) ?? []
    return { lot: lots.sort(byText)[0] ?? '', count: lots.length }
  })
}

/** The maker of a unit is no consignee of it, not even when it comes back. */
function receivedBy(unit: Unit, owner: string) {
  if (owner === unit.identity?.manufacturer) return []
  return unit.periods.filter((period) => period.owner === owner)
}

function isOnTheWayTo(unit: Unit, owner: string): boolean {
  return (
    dispositionOf(unit) === 'IN_TRANSIT' &&
    unit.handoff?.to === owner &&
    owner !== unit.identity?.manufacturer
  )
}

function consigneesOf(units: readonly Unit[]): ExpectedConsignee[] {
  const owners = new Set(units.flatMap(({ periods }) => periods.map(({ owner }) => owner)))
  const tiers = tiersOf(units)
  const found: ExpectedConsignee[] = []
  for (const ownerId of [...owners].sort(byText)) {
    const times = units.flatMap((unit) => receivedBy(unit, ownerId).map(({ since }) => since.time))
    if (times.length === 0) continue
    const received = units.filter((unit) => receivedBy(unit, ownerId).length > 0)
    found.push({
      ownerId,
      unitsHeld: received.filter((unit) => holderOf(unit) === ownerId).length,
      unitsInTransit: units.filter((unit) => isOnTheWayTo(unit, ownerId)).length,
      unitsEverReceived: received.length,
      firstReceivedAt: new Date(Math.min(...times)),
      lastReceivedAt: new Date(Math.max(...times)),
      tier: tiers.get(ownerId),
    })
  }
  return found
}

/** Receivers of open hand-offs who never received a unit in scope. */
function incomingOf(units: readonly Unit[]) {
  const consignees = consigneesOf(units).map(({ ownerId }) => ownerId)
  const receivers = new Set(units.flatMap(({ handoff }) => handoff?.to ?? []))
  return [...receivers].sort(byText).flatMap((ownerId) => {
    const coming = units.filter((unit) => isOnTheWayTo(unit, ownerId))
    if (coming.length === 0 || consignees.includes(ownerId)) return []
    const sent = coming.flatMap(({ handoff }) => handoff?.at.time ?? [])
    return [{ ownerId, unitsInTransit: coming.length, firstSentAt: new Date(Math.min(...sent)) }]
  })
}

/** Usable values that no touched unit has. */
function missed(
  world: World,
  { asked, matchesNothing }: { asked: Parameters<typeof touchedUnits>[1]; matchesNothing: boolean },
  touched: readonly TouchedUnit[],
): Unmatched[] {
  return FIELDS.flatMap((field) =>
    (asked[field] ?? []).flatMap((value): Unmatched[] => {
      if (matchesNothing) return [{ field, value, why: 'NOT_LOOKED_UP' }]
      if (touched.some(({ unit }) => has(world, unit, field, value) === 'yes')) return []
      const units = [...world.units.values()]
      const known =
        field === 'models'
          ? isModelOnRecord(world, value)
          : units.some((unit) => has(world, unit, field, value) === 'yes')
      return [{ field, value, why: known ? 'ELSEWHERE_ON_RECORD' : 'NOT_ON_RECORD' }]
    }),
  )
}

/** Windows that no touched unit has a date in. */
function missedWindows(
  world: World,
  { asked, matchesNothing }: { asked: Parameters<typeof touchedUnits>[1]; matchesNothing: boolean },
  touched: readonly TouchedUnit[],
): Unmatched[] {
  return asked.windows.flatMap((window): Unmatched[] => {
    const name = nameOfWindow(window)
    if (matchesNothing) return [{ ...name, why: 'NOT_LOOKED_UP' }]
    if (touched.some(({ unit }) => isWithin(unit, window) === 'yes')) return []
    const known = [...world.units.values()].some((unit) => isWithin(unit, window) === 'yes')
    return [{ ...name, why: known ? 'ELSEWHERE_ON_RECORD' : 'NOT_ON_RECORD' }]
  })
}

/** A model can be on record before there is a unit of it. */
function isModelOnRecord(world: World, value: string): boolean {
  const asUdiDi = plainUdiDi(value)
  return [...world.models.values()].some(
    ({ id, submission }) =>
      id === value.trim() || (submission !== null && plainUdiDi(submission.udiDi) === asUdiDi),
  )
}
