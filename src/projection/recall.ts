import type {
  RecallClosed,
  RecallIssued,
  RecallScopeAdded,
  RecallUnitResolved,
} from '../domain/chain-event'
import { textKey } from '../domain/identity-key'
import { recallId } from '../domain/ids'
import { positionKey } from '../domain/position'
import type { Draft } from './draft'
import { emptyRecall, seen } from './empty'
import type { ScopeRow } from './facts'

/**
 * Recalls and what they name. Which units belong to one is not decided here: a scope may name a
 * hundred thousand of them, so the ledger derives membership with one statement (see
 * persistence/recall-membership.ts).
 */
export function projectRecall(draft: Draft, event: RecallIssued): void {
  const id = recallId(event.contract, event.recallNo)
  const recall = draft.recalls.get(id) ?? emptyRecall(id, event.contract, event.recallNo, event.at)
  // Before anything else: the event is recorded in any case, and names its model.
  const model = draft.model(event)
  if (recall.modelId !== null) {
    const message = `Recall ${event.recallNo} was issued for ${recall.modelId} before; it stands.`
    draft.anomaly(event, 'IDENTITY_RESTATED', message)
    return
  }
  draft.recalls.put({
    ...recall,
    ...event.detail,
    modelId: model.id,
    issuerId: event.party ?? null,
  })
}

export function projectScope(draft: Draft, event: RecallScopeAdded): void {
  const { id, modelId } = draft.recall(event)
  const { wholeModel, lots, serials } = event.detail
  const named: Pick<ScopeRow, 'kind' | 'value'>[] = [
    ...(wholeModel ? [{ kind: 'MODEL' as const, value: '' }] : []),
    ...lots.map((value) => ({ kind: 'LOT' as const, value })),
    ...serials.map((value) => ({ kind: 'SERIAL' as const, value })),
  ]
  const prefix = positionKey(event.at)
  named.forEach(({ kind, value }, number) => {
    const valueKey = textKey(value)
    const scope = { id: `${prefix}-${number}`, recallId: id, modelId, kind, value, valueKey }
    draft.scopes.push({ ...scope, at: event.at })
  })
}

export function projectResolution(draft: Draft, event: RecallUnitResolved): void {
  const { contract, at, detail } = event
  draft.resolutions.push({
    recallId: draft.recall(event).id,
    deviceId: draft.device(event).id,
    contract,
    resolution: detail.resolution,
    byId: event.party ?? null,
    at,
    anomalyId: draft.nextAnomalyId(at),
  })
}

export function projectClosing(draft: Draft, event: RecallClosed): void {
  const recall = draft.recall(event)
  draft.recalls.put({ ...recall, closed: recall.closed ?? seen(event.at) })
}
