import { recallFindings } from './recall-findings'
import { twinsOf } from './replay-identity'
import { isBefore, type Place } from './statements'
import { type Found, found } from './unit-finding'
import { isBurned, type Misfit, type Unit, type World } from './world'

/** Misfits that leave a unit as genuine as it was. */
const HARMLESS = ['RESOLVED_OUT_OF_SCOPE', 'TEXT_ALTERED', 'UNKNOWN_RECALL', 'UNREADABLE_DATE']

/** Everything that speaks for or against one unit. */
export function unitFindings(world: World, unit: Unit, today: string): Found[] {
  return [
    ...originFindings(world, unit),
    ...misfitFindings(world, unit),
    ...recallFindings(world, unit),
    ...endFindings(unit, today),
  ]
}

/** Genuine takes a mint, an identity, and a model approved by then and not struck off since. */
function originFindings(world: World, { identity, periods }: Unit): Found[] {
  if (identity === null) {
    return [
      found('NO_MINT', null, 'SUSPECT'),
      found('NO_MODEL', null, 'SUSPECT'),
      found('NO_IDENTITY', null, 'SUSPECT'),
    ]
  }
  const { at } = identity
  const isMinted = periods[0]?.byMint ?? false
  const findings = [isMinted ? found('MINTED', at) : found('NO_MINT', at, 'SUSPECT')]
  if (identity.serial === null) findings.push(found('NO_IDENTITY', at, 'SUSPECT'))
  const judgements = world.models.get(identity.model)?.judgements ?? []
  const before = judgements.filter((judgement) => isBefore(judgement.at, at)).at(-1)
  const since = judgements.filter((judgement) => isBefore(at, judgement.at)).at(-1)
  findings.push(
    before?.event === 'ModelApproved'
      ? found('MODEL_APPROVED', before.at)
      : found('MODEL_NOT_APPROVED_AT_MINT', before?.at ?? at, 'SUSPECT'),
  )
  if (since?.event === 'ModelApprovalRevoked') {
    findings.push(found('MODEL_APPROVAL_REVOKED', since.at, 'SUSPECT'))
  }
  return findings
}

function misfitFindings(world: World, unit: Unit): Found[] {
  const own = world.misfits.filter(({ device }) => device === unit.id)
  const findings = own.map((one) =>
    found(one.code, one.at, isHarmless(one, unit.identity?.at) ? null : 'SUSPECT'),
  )
  const isMarked = own.some(({ code }) => code === 'DUPLICATE_IDENTITY')
  if (!isMarked && twinsOf(world, unit).length > 0) {
    findings.push(found('DUPLICATE_IDENTITY', unit.identity?.at ?? null, 'SUSPECT'))
  }
  return findings
}

/** Text that was altered in the mint itself may be the serial. */
function isHarmless({ code, at }: Misfit, mint: Place | undefined): boolean {
  const isMint = at.height === mint?.height && at.logIndex === mint.logIndex
  return HARMLESS.includes(code) && !(code === 'TEXT_ALTERED' && isMint)
}

function endFindings(unit: Unit, today: string): Found[] {
  const findings: Found[] = []
  const end = isBurned(unit) ? unit.periods.at(-1)?.until : null
  if (end != null) findings.push(found('DECOMMISSIONED', end, 'DECOMMISSIONED'))
  const expiry = unit.identity?.expiresOn ?? null
  if (expiry !== null && expiry < today) {
    findings.push(found('EXPIRED', unit.identity?.at ?? null, 'EXPIRED'))
  }
  return findings
}
