import type { ChainEvent, RecordedEvent } from '../domain/chain-event'
import { deviceId, modelId, recallId } from '../domain/ids'
import type { BlockRef } from '../domain/position'
import { projectJudgement, projectParty, projectSubmission } from './approval'
import { projectMove } from './custody'
import type { Draft } from './draft'
import { projectIdentity } from './identity'
import { projectClosing, projectRecall, projectResolution, projectScope } from './recall'
import { projectHandoff, projectLock, projectMetadata, projectSale } from './unit-status'

/** A block with the events in it, in log order. */
export interface BlockOfEvents {
  block: BlockRef
  events: readonly ChainEvent[]
}

/**
 * The fold, one block: what the rows become when its events are added to the log. Deterministic,
 * without effect but on the draft, and the same however the log is cut into batches.
 *
 * @param draft made from everything that the events name, as it was: see `keysOf`
 */
export function projectBlock(draft: Draft, { block, events }: BlockOfEvents): void {
  // Batches are cut differently each time, so only a block that says something may leave a row.
  if (events.length > 0) draft.blocks.push(block)
  for (const event of events) projectEvent(draft, event)
}

function projectEvent(draft: Draft, event: ChainEvent): void {
  switch (event.type) {
    case 'MOVED':
      return projectMove(draft, event)
    case 'REJECTED':
      return draft.anomaly(event, event.code, event.message)
    default:
      projectRecorded(draft, event)
      return record(draft, event)
  }
}

function projectRecorded(draft: Draft, event: RecordedEvent): void {
  switch (event.type) {
    case 'PARTY_UPDATED':
    case 'PARTY_REMOVED':
      return projectParty(draft, event)
    case 'MODEL_SUBMITTED':
      return projectSubmission(draft, event)
    case 'MODEL_APPROVED':
    case 'MODEL_REJECTED':
    case 'MODEL_REVOKED':
      return projectJudgement(draft, event)
    case 'MINTED':
      return projectIdentity(draft, event)
    case 'HANDOFF_STARTED':
    case 'HANDOFF_CONFIRMED':
    case 'HANDOFF_CANCELLED':
      return projectHandoff(draft, event)
    case 'LISTED':
    case 'DELISTED':
    case 'SOLD':
      return projectSale(draft, event)
    case 'LOCKED':
    case 'UNLOCKED':
      return projectLock(draft, event)
    case 'METADATA_SET':
      return projectMetadata(draft, event)
    case 'RECALL_ISSUED':
      return projectRecall(draft, event)
    case 'RECALL_SCOPE_ADDED':
      return projectScope(draft, event)
    case 'RECALL_UNIT_RESOLVED':
      return projectResolution(draft, event)
    case 'RECALL_CLOSED':
      return projectClosing(draft, event)
    case 'METADATA_STALE':
    case 'RETURNED':
    case 'DECOMMISSIONED':
      // Evidence only, but of a token: one that was never minted must still be reported.
      draft.device(event)
  }
}

/** The row of the event itself, with everybody whom it names. */
function record(draft: Draft, event: RecordedEvent): void {
  const { contract, at, party, counterparty } = event
  if (party) draft.owner(party, at)
  if (counterparty) draft.owner(counterparty, at)
  const device = 'tokenId' in event ? deviceId(contract, event.tokenId) : null
  for (const { code, message } of event.flaws) draft.anomaly(event, code, message, device)
  draft.events.push({
    event,
    deviceId: device,
    modelId: 'modelNo' in event ? modelId(contract, event.modelNo) : null,
    recallId: 'recallNo' in event ? recallId(contract, event.recallNo) : null,
  })
}
