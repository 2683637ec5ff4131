import type { HandoffChanged, LockChanged, MetadataSet, SaleChanged } from '../domain/chain-event'
import { changedDevice } from './changed'
import type { Draft } from './draft'

/** What a unit is under beside custody. Moves clear hand-off and price; see custody.ts. */

export function projectHandoff(draft: Draft, event: HandoffChanged): void {
  const device = draft.device(event)
  const receiver = event.type === 'HANDOFF_STARTED' ? (event.counterparty ?? null) : null
  draft.devices.put(changedDevice(device, { inTransitToId: receiver }))
}

export function projectSale(draft: Draft, event: SaleChanged): void {
  const device = draft.device(event)
  if (event.type === 'SOLD' && event.counterparty !== device.ownerId) {
    const holder = device.ownerId ?? 'nobody'
    const message = `Reported sold to ${event.counterparty}, but ${holder} holds it.`
    draft.anomaly(event, 'SALE_WITHOUT_MOVE', message, device.id)
  }
  const salePrice = event.type === 'LISTED' ? event.detail.price : null
  draft.devices.put(changedDevice(device, { salePrice }))
}

export function projectLock(draft: Draft, event: LockChanged): void {
  draft.devices.put(changedDevice(draft.device(event), { locked: event.type === 'LOCKED' }))
}

export function projectMetadata(draft: Draft, event: MetadataSet): void {
  const { metadataUri, metadataHash } = event.detail
  draft.metadata.set(draft.device(event).id, { metadataUri, metadataHash })
}
