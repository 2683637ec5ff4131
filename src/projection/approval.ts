import type { ModelJudged, ModelSubmitted, PartyRemoved, PartyUpdated } from '../domain/chain-event'
import { udiDiKey } from '../domain/identity-key'
import { modelId } from '../domain/ids'
import type { Draft } from './draft'
import { emptyModel } from './empty'
import type { ModelStatus } from './state'

/** The directory entry of a party, the latest of all contracts. */
export function projectParty(draft: Draft, event: PartyUpdated | PartyRemoved): void {
  const owner = draft.owner(event.party, event.at)
  if (event.type === 'PARTY_REMOVED') draft.owners.put({ ...owner, listed: false })
  else draft.owners.put({ ...owner, ...event.detail, listed: true })
}

export function projectSubmission(draft: Draft, event: ModelSubmitted): void {
  const id = modelId(event.contract, event.modelNo)
  const model = draft.models.get(id) ?? emptyModel(id, event.contract, event.modelNo, event.at)
  if (model.udiDi !== null) {
    const message = `Model ${event.modelNo} was submitted before, as ${model.udiDi}; that stands.`
    draft.anomaly(event, 'IDENTITY_RESTATED', message)
    return
  }
  const { detail } = event
  draft.models.put({
    ...model,
    ...detail,
    udiDiKey: udiDiKey(detail.udiDi),
    manufacturerId: event.party ?? null,
    status: model.status === 'UNKNOWN' ? 'SUBMITTED' : model.status,
  })
}

const STATUS: Record<ModelJudged['type'], ModelStatus> = {
  MODEL_APPROVED: 'APPROVED',
  MODEL_REJECTED: 'REJECTED',
  MODEL_REVOKED: 'REVOKED',
}

export function projectJudgement(draft: Draft, event: ModelJudged): void {
  draft.models.put({ ...draft.model(event), status: STATUS[event.type] })
}
