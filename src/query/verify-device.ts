import type { ParsedIdentifier } from '../domain/identifiers/identifier'
import { readIdentifier } from '../domain/identifiers/read-identifier'
import { type AnswerBlock, resolveAsOf } from './as-of'
import { contractNames } from './contract-names'
import type { Sql } from './sql'
import { CANDIDATES_MAX, type Candidates, findCandidates } from './verify-device/candidates'
import { checkClaims, compareClaims, type DeviceClaims } from './verify-device/claims'
import { type UnitEvidence, unitEvidence } from './verify-device/evidence'
import {
  type Finding,
  finding,
  type Reason,
  type Verdict,
  verdictOf,
} from './verify-device/finding'
import { findingsOf } from './verify-device/findings'

/** Whether a unit is genuine, and why. */
export interface DeviceVerification {
  verdict: Verdict
  /** Every finding, whatever the verdict. */
  reasons: Reason[]
  /** The one device that answers; null for INVALID, UNKNOWN and AMBIGUOUS. */
  deviceId: string | null
  /**
   * All that answer, in token order, at most `CANDIDATES_MAX`: a reason says so if there are more.
   */
  candidateIds: string[]
  parsed: ParsedIdentifier
  asOf: AnswerBlock
}

/**
 * Is this unit genuine? Takes anything a person can scan or type; what cannot be read is answered
 * with INVALID.
 *
 * A lot or date inside the identifier is a claim like those given beside it. GENUINE takes a mint,
 * a model that was approved when the unit was minted, and an identity; each that lacks makes the
 * unit suspect.
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
  const asOf = await resolveAsOf(sql)
  const context = { contracts: await contractNames(sql), year: asOf.timestamp.getUTCFullYear() }
  const { parsed, keys } = readIdentifier(identifier, context)
  const udiDi = claimed.udiDi?.trim() || null
  const candidates =
    keys.length === 0 ? null : await findCandidates(sql, keys, parsed.udiDi === null ? udiDi : null)
  const units = candidates?.count ? await unitEvidence(sql, candidates.deviceIds) : []
  const findings = [
    ...searchFindings(parsed, candidates),
    ...units.flatMap((unit) => {
      const found = [
        ...findingsOf(unit, asOf.timestamp.toISOString().slice(0, 10)),
        ...compareClaims(claimsInside(parsed, claimed), unit, 'in the identifier'),
        ...compareClaims(claimed, unit, 'as claimed'),
      ]
      return units.length === 1 ? found : found.map((one) => ofDevice(unit, one))
    }),
  ]
  const deviceIds = candidates?.deviceIds ?? []
  return {
    verdict: verdictOf(findings),
    reasons: findings.map(({ reason }) => reason),
    deviceId: deviceIds.length === 1 ? (deviceIds[0] ?? null) : null,
    candidateIds: deviceIds,
    parsed,
    asOf,
  }
}

function searchFindings(parsed: ParsedIdentifier, candidates: Candidates | null): Finding[] {
  if (candidates === null) {
    const message = `The identifier cannot be read: ${parsed.problems.join('; ')}.`
    return [finding('IDENTIFIER_INVALID', message, { asksFor: 'INVALID' })]
  }
  const { count, excluded } = candidates
  if (count === 1) return []
  if (count > 1) {
    const listed = count > CANDIDATES_MAX ? `; the first ${CANDIDATES_MAX} are listed` : ''
    const message = `${count} devices answer to it${listed}. The UDI-DI tells them apart.`
    return [finding('SEVERAL_DEVICES', message, { asksFor: 'AMBIGUOUS' })]
  }
  const message =
    excluded === 0
      ? 'No device on record answers to it.'
      : `${excluded} devices on record have this serial, but none under the claimed UDI-DI.`
  const code = excluded === 0 ? 'NOT_ON_RECORD' : 'SERIAL_UNDER_OTHER_UDI_DI'
  return [finding(code, message, { asksFor: 'UNKNOWN' })]
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

function ofDevice({ deviceId }: UnitEvidence, { reason, ...rest }: Finding): Finding {
  return { ...rest, reason: { ...reason, message: `${deviceId}: ${reason.message}` } }
}
