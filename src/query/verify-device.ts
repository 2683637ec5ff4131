import type { ParsedIdentifier } from '../domain/identifiers/identifier'
import { type AnswerBlock, resolveAsOf } from './as-of'
import { readIdentifiers } from './reading-context'
import type { Sql } from './sql'
import { completedKeys, findCandidates } from './verify-device/candidates'
import { checkClaims, compareClaims, type DeviceClaims } from './verify-device/claims'
import type { UnitEvidence } from './verify-device/evidence'
import { type Finding, type Reason, type Verdict, verdictOf } from './verify-device/finding'
import { findingsOf } from './verify-device/findings'
import { lookAlikeSerials } from './verify-device/look-alikes'
import { searchFindings } from './verify-device/search-findings'

/** Whether a unit is genuine, and why. */
export interface DeviceVerification {
  verdict: Verdict
  /** Every finding, whatever the verdict. */
  reasons: Reason[]
  /** The one device that answers; null for INVALID, UNKNOWN and AMBIGUOUS. */
  deviceId: string | null
  /**
   * All that answer, in token order, at most `CANDIDATES_MAX`; of a lot or a model at most
   * `GROUP_CANDIDATES_MAX`. A reason says how many there are.
   */
  candidateIds: string[]
  /**
   * Recalls that are open and name a unit that answers, in the order of ids. A verdict that takes
   * precedence over RECALLED does not take a unit out of its recall.
   */
  openRecallIds: string[]
  parsed: ParsedIdentifier
  asOf: AnswerBlock
}

/**
 * Is this unit genuine? Takes anything a person can scan or type; what cannot be read is answered
 * with INVALID.
 *
 * A lot or date inside the identifier is a claim like those given beside it. A serial or UDI-DI
 * claimed beside completes an identifier that lacks it. GENUINE takes a mint, an identity, and a
 * model that was approved when the unit was minted and was not revoked since; each that lacks makes
 * the unit suspect.
 *
 * @throws ARGUMENT_UNREADABLE a claim is too long, holds control characters or is no date
 * @throws NOTHING_INDEXED no block was read yet
 */
export async function verifyDevice(
  sql: Sql,
  { identifier, claims }: { identifier: string; claims?: DeviceClaims | null },
): Promise<DeviceVerification> {
  const claimed = claims ?? {}
  checkClaims(claimed)
  const [reading] = await readIdentifiers(sql, [identifier])
  if (reading === undefined) throw new TypeError('every identifier has a reading')
  const { parsed, keys: stated } = reading
  const udiDi = claimed.udiDi?.trim() || null
  const serial = claimed.serial?.trim() || null
  const keys = completedKeys(parsed, stated, { udiDi, serial })
  const { asOf, candidates } =
    keys.length === 0
      ? { asOf: await resolveAsOf(sql), candidates: null }
      : await findCandidates(sql, keys, parsed.udiDi === null ? udiDi : null)
  const units = candidates?.units ?? []
  const deviceId = candidates?.count === 1 ? (units[0]?.deviceId ?? null) : null
  const nothing = candidates?.count === 0 && candidates.groups.length === 0
  const lookAlikes = nothing ? await lookAlikeSerials(sql, keys) : []
  const findings = [
    ...searchFindings(parsed, candidates, lookAlikes),
    ...units.flatMap((unit) => {
      const found = [
        ...findingsOf(unit, asOf.timestamp.toISOString().slice(0, 10)),
        ...compareClaims(claimsInside(parsed, claimed), unit, 'in the identifier'),
        ...compareClaims(claimed, unit, 'as claimed'),
      ]
      return deviceId === null ? found.map((one) => ofDevice(unit, one)) : found
    }),
  ]
  return {
    verdict: verdictOf(findings),
    reasons: findings.map(({ reason }) => reason),
    deviceId,
    candidateIds: units.map((unit) => unit.deviceId),
    openRecallIds: openRecallsOf(units),
    parsed,
    asOf,
  }
}

function openRecallsOf(units: readonly UnitEvidence[]): string[] {
  const open = units.flatMap(({ recalls }) => recalls.filter(({ closed }) => closed === null))
  return [...new Set(open.map(({ recallId }) => recallId))].sort()
}

/**
 * UDI-DI and serial led to the unit, so they claim nothing more; what is claimed beside as well is
 * compared once.
 */
function claimsInside(parsed: ParsedIdentifier, beside: DeviceClaims): DeviceClaims {
  const { lot, manufacturedOn, expiresOn } = parsed
  return {
    lot: lot === beside.lot ? null : lot,
    manufacturedOn: manufacturedOn === beside.manufacturedOn ? null : manufacturedOn,
    expiresOn: expiresOn === beside.expiresOn ? null : expiresOn,
  }
}

/** Where several devices answer, each message says of which it speaks. */
function ofDevice({ deviceId }: UnitEvidence, { reason, ...rest }: Finding): Finding {
  if (reason.message.startsWith(`${deviceId} `)) return { ...rest, reason }
  return { ...rest, reason: { ...reason, message: `${deviceId}: ${reason.message}` } }
}
