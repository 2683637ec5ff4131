import type { Minted } from '../domain/chain-event'
import { identityKey, textKey } from '../domain/identity-key'
import { changedDevice } from './changed'
import type { Draft } from './draft'
import type { DeviceState, ModelState } from './state'

/**
 * The identity of a unit: its model, serial, lot and dates, stated once. A second statement changes
 * nothing, or a recalled unit could be renamed out of the scope of its recall.
 */
export function projectIdentity(draft: Draft, minted: Minted): void {
  const device = draft.device(minted)
  const model = draft.model(minted)
  if (device.isIdentified) {
    const message = `Token ${minted.tokenId} already has serial ${device.serial ?? '(none)'}.`
    draft.anomaly(minted, 'IDENTITY_RESTATED', message, device.id)
    return
  }
  reportMisfits(draft, minted, device, model)
  const { detail, at } = minted
  const key = keyOf(model, detail.serial)
  if (key !== null) reportTwin(draft, minted, device, key)
  draft.identified.set(device.id, {
    modelId: model.id,
    manufacturerId: minted.party ?? null,
    serial: detail.serial,
    lot: detail.lot,
    manufacturedOn: detail.manufacturedOn,
    expiresOn: detail.expiresOn,
    identityKey: key,
    serialKey: detail.serial === null ? null : textKey(detail.serial),
    lotKey: detail.lot === null ? null : textKey(detail.lot),
    at,
  })
  const { metadataUri, metadataHash } = detail
  draft.metadata.set(device.id, { metadataUri, metadataHash })
  draft.devices.put(changedDevice(device, { isIdentified: true, serial: detail.serial }))
  draft.models.put({ ...model, devicesMinted: model.devicesMinted + 1 })
}

/**
 * Goods without a UDI-DI have serials that are unique by model at best, so they have no key of this
 * kind.
 */
function keyOf({ udiDi }: ModelState, serial: string | null): string | null {
  return udiDi === null || udiDi.trim() === '' || serial === null
    ? null
    : identityKey(udiDi, serial)
}

function reportMisfits(draft: Draft, minted: Minted, device: DeviceState, model: ModelState): void {
  if (model.status !== 'APPROVED') {
    const message = `Token ${minted.tokenId} is minted while ${model.id} is ${model.status}.`
    draft.anomaly(minted, 'MINT_WITHOUT_APPROVAL', message, device.id)
  }
  if (model.manufacturerId !== null && minted.party !== model.manufacturerId) {
    const message = `Minted by ${minted.party}, not by ${model.manufacturerId}, its manufacturer.`
    draft.anomaly(minted, 'MINT_BY_OTHER_MANUFACTURER', message, device.id)
  }
}

/** Both twins are marked: which of the two is the genuine one, the record cannot say. */
function reportTwin(draft: Draft, minted: Minted, device: DeviceState, key: string): void {
  const first = draft.claimIdentity(key, device.id)
  if (first === device.id) return
  const message = `Devices ${first} and ${device.id} have the same UDI-DI and serial ${key}.`
  draft.anomaly(minted, 'DUPLICATE_IDENTITY', message, device.id)
  draft.anomaly(minted, 'DUPLICATE_IDENTITY', message, first)
}
