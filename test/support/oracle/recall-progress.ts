import type { AsOf } from '../../../src/query/as-of'
import type { ScriptedBlock } from '../chain'
import { blockOfAnswer, type ExpectedBlock, type Refusal } from './answer-block'
import { byText } from './label'
import { isDone, type Member, membersOf, resolutionOf, tallyOf } from './recall-members'
import { lotsOf } from './recall-progress-lots'
import { movesOf } from './recall-progress-moves'
import { worldAt } from './replay'
import { isBefore, type Place } from './statements'
import { type Disposition, dispositionOf } from './touched-units'
import { holderOf, type Period, type Recall, type Unit, type World } from './world'

const LIFE: readonly Disposition[] = [
  'WITH_MANUFACTURER',
  'IN_TRANSIT',
  'IN_FIELD',
  'RETURNED',
  'DECOMMISSIONED',
]

/** What `recallProgress` must answer, field by field. */
export function progressAnswer(
  chain: readonly ScriptedBlock[],
  finalHeight: number,
  { recallId, asOf }: { recallId: string; asOf: AsOf | null },
) {
  if (!/^(one|two)-recall-([1-9][0-9]{0,77}|0)$/.test(recallId)) {
    return refused('RECALL_ID_INVALID')
  }
  const block = blockOfAnswer(chain, finalHeight, asOf)
  if ('error' in block) return block
  const head = chain.at(-1)?.height ?? 0
  const later = worldAt(chain, head).recalls.get(recallId)
  if (later === undefined || later.issued === null) return refused('RECALL_NOT_FOUND')
  const world = worldAt(chain, block.height)
  const recall = world.recalls.get(recallId)
  if (recall === undefined || recall.issued === null) return refused('RECALL_NOT_ISSUED_YET')
  return told(world, recall, { by: recall.issued.by, at: recall.issued.at, block })
}

export type ExpectedProgress = Exclude<ReturnType<typeof progressAnswer>, Refusal>

function refused(error: string): Refusal {
  return { error }
}

function told(
  world: World,
  recall: Recall,
  { by, at, block }: { by: string; at: Place; block: ExpectedBlock },
) {
  const members = membersOf(world, recall)
  const lots = lotsOf(world, recall, members)
  return {
    asOf: block,
    issuerId: by,
    issuedAt: new Date(at.time),
    closedAt: recall.closed === null ? null : new Date(recall.closed.time),
    ...tallyOf(members),
    byDisposition: LIFE.map((disposition) => ({
      disposition,
      count: members.filter(({ unit }) => dispositionOf(unit) === disposition).length,
    })),
    distributed: members.filter(({ unit }) => hasLeft(unit)).length,
    madeInLots: lots.reduce((sum, { unitsMade }) => sum + (unitsMade ?? 0), 0),
    scopesWithoutEffect: scopesWithoutEffect(recall),
    lots,
    consignees: consigneesOf(members),
    unaccountedUnits: members.filter((member) => !isDone(member)).map(asListed),
    moves: movesOf(members, recall, by),
  }
}

/** Somebody else than the maker had it, or it is on the way to somebody else. */
function hasLeft(unit: Unit): boolean {
  const maker = unit.identity?.manufacturer
  if (unit.periods.some(({ owner }) => owner !== maker)) return true
  return dispositionOf(unit) === 'IN_TRANSIT' && unit.handoff?.to !== maker
}

/** What was named before the issue, or after the closing. */
function scopesWithoutEffect({ scopes, closed }: Recall): number {
  return scopes
    .filter(({ model, at }) => model === null || (closed !== null && isBefore(closed, at)))
    .reduce((sum, { wholeModel, lots, serials }) => {
      return sum + (wholeModel ? 1 : 0) + lots.length + serials.length
    }, 0)
}

function receivedBy({ unit }: Member, owner: string): Period[] {
  if (owner === unit.identity?.manufacturer) return []
  return unit.periods.filter((period) => period.owner === owner)
}

function consigneesOf(members: readonly Member[]) {
  const owners = new Set(members.flatMap(({ unit }) => unit.periods.map(({ owner }) => owner)))
  return [...owners].sort(byText).flatMap((ownerId) => {
    const received = members.filter((member) => receivedBy(member, ownerId).length > 0)
    if (received.length === 0) return []
    const times = received.flatMap((member) =>
      receivedBy(member, ownerId).map(({ since }) => since.time),
    )
    const held = received.filter(({ unit }) => holderOf(unit) === ownerId)
    const reports = members
      .flatMap(({ said }) => said)
      .filter(({ by }) => by === ownerId)
      .map(({ at }) => at.time)
    return {
      ownerId,
      unitsHeld: held.length,
      unitsHeldUnaccounted: held.filter((member) => !isDone(member)).length,
      unitsOnHand: received.filter((member) =>
        receivedBy(member, ownerId).some(
          ({ since, until }) =>
            isBefore(since, member.since) && (until === null || isBefore(member.since, until)),
        ),
      ).length,
      firstReceivedAt: new Date(Math.min(...times)),
      lastReceivedAt: new Date(Math.max(...times)),
      firstRespondedAt: reports.length === 0 ? null : new Date(Math.min(...reports)),
      lastRespondedAt: reports.length === 0 ? null : new Date(Math.max(...reports)),
      ...tallyOf(received),
    }
  })
}

function asListed(member: Member) {
  const { unit, said } = member
  const disposition = dispositionOf(unit)
  const last = said.at(-1)
  return {
    unit: {
      deviceId: unit.id,
      disposition,
      holderId: holderOf(unit),
      inTransitToId: disposition === 'IN_TRANSIT' ? (unit.handoff?.to ?? null) : null,
    },
    resolution: resolutionOf(member),
    resolvedAt: last === undefined ? null : new Date(last.at.time),
  }
}
