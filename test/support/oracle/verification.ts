import type { DeviceClaims } from '../../../src/query/verify-device/claims'
import type { ScriptedBlock } from '../chain'
import { blockOfAnswer, type ExpectedBlock, type Refusal } from './answer-block'
import type { AskedIdentifier, Says } from './asked-identifier'
import { claimFindings, claimsAreReadable } from './claim-findings'
import { plain, plainUdiDi } from './label'
import { worldAt } from './replay'
import { nameOf } from './replay-identity'
import { type Found, found, type Weight } from './unit-finding'
import { unitFindings } from './unit-findings'
import { type Unit, udiDiOf, unitsInOrder, type World } from './world'

export interface ExpectedVerification {
  verdict: Weight | 'GENUINE'
  /** `CODE` or `CODE@height.logIndex txHash`, sorted. */
  reasons: string[]
  deviceId: string | null
  candidateIds: string[]
  says: Says
  asOf: ExpectedBlock
}

/** The first that weighs in is the verdict: what cannot be trusted is not even recalled. */
const ORDER: readonly Weight[] = [
  'INVALID',
  'UNKNOWN',
  'AMBIGUOUS',
  'SUSPECT',
  'MISMATCH',
  'RECALLED',
  'DECOMMISSIONED',
  'EXPIRED',
]

/** What `verifyDevice` must answer. */
export function verification(
  chain: readonly ScriptedBlock[],
  finalHeight: number,
  { identifier, claims }: { identifier: AskedIdentifier; claims: DeviceClaims | null },
): ExpectedVerification | Refusal {
  const claimed = claims ?? {}
  if (!claimsAreReadable(claimed)) return { error: 'ARGUMENT_UNREADABLE' }
  const asOf = blockOfAnswer(chain, finalHeight, null)
  if ('error' in asOf) return asOf
  const world = worldAt(chain, asOf.height)
  const today = asOf.timestamp.toISOString().slice(0, 10)
  const { says } = identifier
  const units = candidates(world, identifier, claimed)
  const findings = searchFindings(world, identifier, units)
  for (const unit of units) {
    findings.push(...unitFindings(world, unit, today))
    findings.push(...claimFindings(world, unit, insideOf(says, claimed)))
    findings.push(...claimFindings(world, unit, claimed))
  }
  return {
    verdict: ORDER.find((one) => findings.some(({ weight }) => weight === one)) ?? 'GENUINE',
    reasons: findings.map(({ reason }) => reason).sort(),
    deviceId: units.length === 1 ? (units[0]?.id ?? null) : null,
    candidateIds: units.map(({ id }) => id),
    says,
    asOf,
  }
}

/** Every unit that answers to anything that the identifier names, in token order. */
function candidates(world: World, { names }: AskedIdentifier, claims: DeviceClaims): Unit[] {
  if (names === null) return []
  return unitsInOrder(world).filter((unit) => {
    if (names.deviceId !== undefined && unit.id === names.deviceId) return true
    if (names.serial === undefined) return false
    if (names.udiDi !== undefined) {
      return nameOf(world, unit) === `${plainUdiDi(names.udiDi)} ${plain(names.serial)}`
    }
    return hasSerial(unit, names.serial) && !isExcluded(world, unit, claims)
  })
}

function hasSerial({ identity }: Unit, serial: string): boolean {
  return identity !== null && identity.serial !== null && plain(identity.serial) === plain(serial)
}

/** A claimed UDI-DI excludes a unit whose record has another one. */
function isExcluded(world: World, unit: Unit, { udiDi }: DeviceClaims): boolean {
  const recorded = udiDiOf(world, unit)
  if (udiDi == null || udiDi.trim() === '' || recorded === null) return false
  return plainUdiDi(udiDi) !== plainUdiDi(recorded)
}

function searchFindings(world: World, { names }: AskedIdentifier, units: readonly Unit[]): Found[] {
  if (names === null) return [found('IDENTIFIER_INVALID', null, 'INVALID')]
  if (units.length > 1) return [found('SEVERAL_DEVICES', null, 'AMBIGUOUS')]
  if (units.length === 1) return []
  const { serial, udiDi } = names
  const bySerial = serial !== undefined && udiDi === undefined
  const excluded = bySerial && [...world.units.values()].some((unit) => hasSerial(unit, serial))
  const code = excluded ? 'SERIAL_UNDER_OTHER_UDI_DI' : 'NOT_ON_RECORD'
  return [found(code, null, 'UNKNOWN')]
}

/** Lot and dates of the identifier are claims, compared once where they are claimed beside too. */
function insideOf(says: Says, beside: DeviceClaims): DeviceClaims {
  const { lot, manufacturedOn, expiresOn } = says
  return {
    lot: lot === beside.lot ? null : lot,
    manufacturedOn: manufacturedOn === beside.manufacturedOn ? null : manufacturedOn,
    expiresOn: expiresOn === beside.expiresOn ? null : expiresOn,
  }
}
