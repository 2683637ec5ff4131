import { plainUdiDi } from './label'
import { isNamedBy } from './scope-term'
import { holderOf, isBurned, type Unit, udiDiOf, unitsInOrder, type World } from './world'

/** The fields of a scope that hold values. */
export const FIELDS = ['models', 'lots', 'serials', 'deviceIds'] as const
export type Field = (typeof FIELDS)[number]

/** Whether a unit has what a value asks for. */
export type Has = 'yes' | 'no' | 'missing'

export interface TouchedUnit {
  unit: Unit
  certain: boolean
}

/** Days of a date of the unit, both ends included; null where an end is open. */
export interface Window {
  of: 'manufacturedOn' | 'expiresOn'
  from: string | null
  to: string | null
}

/** The values of a field that can be used; null where the field was not asked for. */
export interface Asked extends Readonly<Record<Field, readonly string[] | null>> {
  windows: readonly Window[]
}

/**
 * Fields narrow, values of one field widen. A unit is touched when no field excludes it, and it is
 * certain when every field includes it.
 */
export function touchedUnits(world: World, asked: Asked): TouchedUnit[] {
  const touched: TouchedUnit[] = []
  for (const unit of unitsInOrder(world)) {
    const answers = [
      ...FIELDS.map((field) => hasAnyOf(world, unit, field, asked[field])),
      ...asked.windows.map((window) => isWithin(unit, window)),
    ]
    if (answers.includes('no')) continue
    touched.push({ unit, certain: !answers.includes('missing') })
  }
  return touched
}

function hasAnyOf(world: World, unit: Unit, field: Field, values: readonly string[] | null): Has {
  if (values === null) return 'yes'
  const answers = values.map((value) => has(world, unit, field, value))
  if (answers.includes('yes')) return 'yes'
  return answers.includes('missing') ? 'missing' : 'no'
}

/** Whether a date of a unit lies in a window. */
export function isWithin({ identity }: Unit, { of, from, to }: Window): Has {
  const day = identity?.[of] ?? null
  if (day === null) return 'missing'
  const early = from !== null && day < from
  const late = to !== null && day > to
  return early || late ? 'no' : 'yes'
}

/** Whether a unit has one value of a field. */
export function has(world: World, unit: Unit, field: Field, value: string): Has {
  if (field === 'deviceIds') return unit.id === value.trim() ? 'yes' : 'no'
  const { identity } = unit
  if (identity === null) return 'missing'
  if (field === 'models') return isOfModel(world, unit, identity.model, value)
  const text = field === 'lots' ? identity.lot : identity.serial
  if (text === null) return 'missing'
  return isNamedBy(text, value) ? 'yes' : 'no'
}

/** By model id, which every unit with an identity has, or by UDI-DI, which may be missing. */
function isOfModel(world: World, unit: Unit, model: string, value: string): Has {
  if (value.trim() === model) return 'yes'
  if (isModelId(value)) return 'no'
  const udiDi = udiDiOf(world, unit)
  if (udiDi === null) return 'missing'
  return plainUdiDi(udiDi) === plainUdiDi(value) ? 'yes' : 'no'
}

function isModelId(value: string): boolean {
  return /^(one|two|three)-model-[0-9]+$/.test(value.trim())
}

export type Disposition =
  | 'WITH_MANUFACTURER'
  | 'IN_TRANSIT'
  | 'IN_FIELD'
  | 'RETURNED'
  | 'DECOMMISSIONED'

export function dispositionOf(unit: Unit): Disposition {
  if (isBurned(unit)) return 'DECOMMISSIONED'
  if (unit.handoff !== null) return 'IN_TRANSIT'
  const holder = holderOf(unit)
  if (holder === null || holder !== unit.identity?.manufacturer) return 'IN_FIELD'
  return unit.periods.length === 1 ? 'WITH_MANUFACTURER' : 'RETURNED'
}
