import type { DeviceClaims } from '../../../src/query/verify-device/claims'
import type { ScriptedBlock } from '../chain'
import { blockOfAnswer, type ExpectedBlock, type Refusal } from './answer-block'
import type { AskedIdentifier, Says } from './asked-identifier'
import { claimFindings, claimsAreReadable } from './claim-findings'
import { openRecalls } from './recall-findings'
import { worldAt } from './replay'
import { type Search, search } from './search'
import { type Found, found, type Weight } from './unit-finding'
import { unitFindings } from './unit-findings'
import { type Unit, unitsInOrder, type World } from './world'

export interface ExpectedVerification {
  verdict: Weight | 'GENUINE'
  /** `CODE` or `CODE@height.logIndex txHash`, sorted. */
  reasons: string[]
  deviceId: string | null
  candidateIds: string[]
  openRecallIds: string[]
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
  const searched = search(world, identifier, claimed)
  const candidates = candidatesOf(world, searched)
  const findings = searchFindings(identifier, searched)
  for (const unit of candidates) {
    findings.push(...unitFindings(world, unit, today))
    findings.push(...claimFindings(world, unit, insideOf(says, claimed)))
    findings.push(...claimFindings(world, unit, claimed))
  }
  return {
    verdict: ORDER.find((one) => findings.some(({ weight }) => weight === one)) ?? 'GENUINE',
    reasons: findings.map(({ reason }) => reason).sort(),
    deviceId: searched.units.length === 1 ? (searched.units[0]?.id ?? null) : null,
    candidateIds: candidates.map(({ id }) => id),
    openRecallIds: openRecalls(world, candidates),
    says,
    asOf,
  }
}

/** The units that answer, or else those of the lots and models. */
function candidatesOf(world: World, { units, groups }: Search): Unit[] {
  if (units.length > 0) return units
  return unitsInOrder(world).filter((unit) => groups.some((group) => group.units.includes(unit)))
}

function searchFindings({ names }: AskedIdentifier, { units, excludes, groups }: Search): Found[] {
  if (names === null) return [found('IDENTIFIER_INVALID', null, 'INVALID')]
  if (units.length > 0) {
    const several = units.length > 1 ? [found('SEVERAL_DEVICES', null, 'AMBIGUOUS')] : []
    return [...several, ...groups.map(({ by }) => found(`ALSO_NAMES_A_${by}`, null))]
  }
  const unknown = groups.length > 0 ? null : 'UNKNOWN'
  const named = groups.map(({ by }) => found(`NAMES_A_${by}`, null, 'AMBIGUOUS'))
  if (excludes) return [...named, found('SERIAL_UNDER_OTHER_UDI_DI', null, unknown)]
  return groups.length > 0 ? named : [found('NOT_ON_RECORD', null, unknown)]
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
