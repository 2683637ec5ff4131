import type { AnomalyEvidence, UnitEvidence } from './evidence'
import { because, type Finding, finding, type LogReference } from './finding'
import { recallFindings } from './recall-findings'

/**
 * Anomalies that say nothing of whether a unit is genuine: what the label says is still what was
 * minted, and who had it is still known. Every other one, also one that this list does not know
 * yet, makes the unit suspect.
 */
const HARMLESS_ANOMALIES: ReadonlySet<string> = new Set([
  'RESOLVED_OUT_OF_SCOPE',
  'TEXT_ALTERED',
  'UNKNOWN_RECALL',
  'UNREADABLE_DATE',
])

/**
 * Everything that the record has to say about one unit, for and against.
 *
 * @param today YYYY-MM-DD, the UTC date of the block of the answer
 */
export function findingsOf(unit: UnitEvidence, today: string): Finding[] {
  return [
    ...identityFindings(unit),
    ...approvalFindings(unit),
    ...anomalyFindings(unit),
    ...unit.recalls.flatMap(recallFindings),
    ...endFindings(unit, today),
  ]
}

function identityFindings(unit: UnitEvidence): Finding[] {
  const { deviceId, mint, serial, modelId, startedByMint } = unit
  const found: Finding[] = []
  if (mint !== null && startedByMint) {
    const by = unit.manufacturerName ?? unit.manufacturerId ?? 'an unknown address'
    found.push(finding('MINTED', `${deviceId} was minted by ${by}.`, { at: mint }))
  } else {
    found.push(
      finding('NO_MINT', `${deviceId} has no mint on record.`, { at: mint, asksFor: 'SUSPECT' }),
    )
  }
  if (modelId === null) {
    found.push(finding('NO_MODEL', `${deviceId} is of no known model.`, { asksFor: 'SUSPECT' }))
  }
  if (!serial) {
    const message = `${deviceId} has no serial on record: nothing ties the token to a unit.`
    found.push(finding('NO_IDENTITY', message, { at: mint, asksFor: 'SUSPECT' }))
  }
  return found
}

function approvalFindings(unit: UnitEvidence): Finding[] {
  const { mint, modelId, modelName, approvalAtMint, judgedSince } = unit
  if (modelId === null) return []
  const model = modelName ?? modelId
  const found: Finding[] = []
  if (approvalAtMint?.kind === 'MODEL_APPROVED') {
    const message = `${model} was approved when the unit was minted.`
    found.push(finding('MODEL_APPROVED', message, { at: approvalAtMint }))
  } else {
    const message = `${model} was not approved when the unit was minted.`
    const at = approvalAtMint ?? mint
    found.push(finding('MODEL_NOT_APPROVED_AT_MINT', message, { at, asksFor: 'SUSPECT' }))
  }
  if (judgedSince?.kind === 'MODEL_REVOKED') {
    const reason = because(judgedSince.reason)
    const message = `The approval of ${model} was revoked after the mint${reason}.`
    found.push(finding('MODEL_APPROVAL_REVOKED', message, { at: judgedSince, asksFor: 'SUSPECT' }))
  }
  return found
}

function anomalyFindings({ deviceId, anomalies, twins, mint }: UnitEvidence): Finding[] {
  const found = anomalies.map((anomaly) => anomalyFinding(anomaly, mint))
  if (twins.length > 0 && !anomalies.some(({ code }) => code === 'DUPLICATE_IDENTITY')) {
    const message = `${deviceId} has the same UDI-DI and serial as ${twins.join(', ')}.`
    found.push(finding('DUPLICATE_IDENTITY', message, { at: mint, asksFor: 'SUSPECT' }))
  }
  return found
}

function anomalyFinding(anomaly: AnomalyEvidence, mint: LogReference | null): Finding {
  const { code, message } = anomaly
  // Text that was altered in the mint may be the serial itself: the record is then not what was
  // stated.
  const altersIdentity = code === 'TEXT_ALTERED' && isSameLog(anomaly, mint)
  if (HARMLESS_ANOMALIES.has(code) && !altersIdentity)
    return finding(code, message, { at: anomaly })
  return finding(code, message, { at: anomaly, asksFor: 'SUSPECT' })
}

function isSameLog(a: LogReference, b: LogReference | null): boolean {
  return a.blockHeight === b?.blockHeight && a.logIndex === b.logIndex
}

function endFindings({ burn, expiresOn, mint }: UnitEvidence, today: string): Finding[] {
  const found: Finding[] = []
  if (burn !== null) {
    const message = `Taken out of use${because(burn.reason)}.`
    found.push(finding('DECOMMISSIONED', message, { at: burn, asksFor: 'DECOMMISSIONED' }))
  }
  if (expiresOn !== null && expiresOn < today) {
    const message = `Expired on ${expiresOn}.`
    found.push(finding('EXPIRED', message, { at: mint, asksFor: 'EXPIRED' }))
  }
  return found
}
