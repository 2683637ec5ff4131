import type { DeviceClaims } from '../../../src/query/verify-device/claims'
import type { AskedIdentifier } from './asked-identifier'
import { plain, plainUdiDi } from './label'
import { nameOf } from './replay-identity'
import { type Unit, udiDiOf, unitsInOrder, type World } from './world'

export type Names = NonNullable<AskedIdentifier['names']>

/** What an identifier leads to. */
export interface Search {
  /** In token order. */
  units: Unit[]
  /** Whether a claimed UDI-DI excludes a unit with the serial. */
  excludes: boolean
  /** Lots and models with units on record, by name; their units in token order. */
  groups: { by: 'LOT' | 'MODEL'; units: Unit[] }[]
}

/** Every unit, lot and model that answers to anything that the identifier names. */
export function search(world: World, asked: AskedIdentifier, claims: DeviceClaims): Search {
  const names = completedNames(asked, claims)
  if (names === null) return { units: [], excludes: false, groups: [] }
  const all = unitsInOrder(world)
  const claimed = asked.says.udiDi === null ? stated(claims.udiDi) : null
  const serials = all.filter((unit) => names.udiDi === undefined && hasSerial(unit, names.serial))
  const excluded = serials.filter((unit) => !isOfUdiDi(world, unit, claimed, 'or unknown'))
  const units = all.filter((unit) => {
    if (names.deviceId !== undefined && unit.id === names.deviceId) return true
    if (names.udiDi === undefined) return serials.includes(unit) && !excluded.includes(unit)
    if (names.serial === undefined) return false
    return nameOf(world, unit) === `${plainUdiDi(names.udiDi)} ${plain(names.serial)}`
  })
  const groups = [
    { by: 'LOT' as const, units: lotOf(world, all, names, names.udiDi ?? stated(claims.udiDi)) },
    { by: 'MODEL' as const, units: modelOf(world, all, names) },
  ]
  return {
    units,
    excludes: excluded.length > 0,
    groups: groups.filter((group) => group.units.length > 0),
  }
}

/** UDI-DI or lot without a serial become a unit by a claimed one. */
function completedNames({ names, says }: AskedIdentifier, claims: DeviceClaims): Names | null {
  const serial = stated(claims.serial)
  const lacksSerial = says.serial === null && (says.udiDi !== null || says.lot !== null)
  if (names === null || serial === null || !lacksSerial) return names
  const udiDi = says.udiDi ?? stated(claims.udiDi)
  return udiDi === null ? { serial } : { serial, udiDi }
}

function stated(claim: string | null | undefined): string | null {
  return claim == null || claim.trim() === '' ? null : claim
}

function hasSerial({ identity }: Unit, serial: string | undefined): boolean {
  if (serial === undefined || identity === null || identity.serial === null) return false
  return plain(identity.serial) === plain(serial)
}

function isOfUdiDi(
  world: World,
  unit: Unit,
  udiDi: string | null,
  orUnknown?: 'or unknown',
): boolean {
  if (udiDi === null) return true
  const recorded = udiDiOf(world, unit)
  if (recorded === null) return orUnknown !== undefined
  return plainUdiDi(udiDi) === plainUdiDi(recorded)
}

function lotOf(world: World, all: Unit[], { lot }: Names, udiDi: string | null): Unit[] {
  if (lot === undefined) return []
  return all.filter((unit) => {
    const recorded = unit.identity?.lot ?? null
    return recorded !== null && plain(recorded) === plain(lot) && isOfUdiDi(world, unit, udiDi)
  })
}

function modelOf(world: World, all: Unit[], { model, udiDi, serial, lot }: Names): Unit[] {
  const named = model ?? (serial === undefined && lot === undefined ? udiDi : undefined)
  return named === undefined ? [] : all.filter((unit) => isOfUdiDi(world, unit, named))
}
