import type { DeviceState } from './state'

/**
 * A device with some fields changed. Its fields are said one by one: V8 gives nearly every copy
 * that a spread makes of so wide an object a shape of its own, which takes more memory than the
 * device and makes all that reads it slow.
 */
export function changedDevice(device: DeviceState, changes: Partial<DeviceState>): DeviceState {
  const copy: DeviceState = {
    id: device.id,
    contract: device.contract,
    tokenId: device.tokenId,
    modelId: device.modelId,
    manufacturerId: device.manufacturerId,
    serial: device.serial,
    lot: device.lot,
    manufacturedOn: device.manufacturedOn,
    expiresOn: device.expiresOn,
    identityKey: device.identityKey,
    serialKey: device.serialKey,
    lotKey: device.lotKey,
    identityBlock: device.identityBlock,
    identityLogIndex: device.identityLogIndex,
    metadataUri: device.metadataUri,
    metadataHash: device.metadataHash,
    ownerId: device.ownerId,
    periodCount: device.periodCount,
    locked: device.locked,
    inTransitToId: device.inTransitToId,
    salePrice: device.salePrice,
    firstSeen: device.firstSeen,
  }
  return Object.assign(copy, changes)
}
