import type { Address } from '../domain/address'
import type { LogRef } from '../domain/position'
import type { DeviceState, FirstSeen, ModelState, OwnerState, RecallState } from './state'

/** Rows as they are before anything is known but that they exist. */

export function emptyDevice(id: string): DeviceState {
  return {
    id,
    isIdentified: false,
    serial: null,
    ownerId: null,
    periodCount: 0,
    locked: false,
    inTransitToId: null,
    salePrice: null,
  }
}

export function emptyModel(id: string, contract: string, modelNo: bigint, at: LogRef): ModelState {
  return {
    id,
    contract,
    modelNo,
    udiDi: null,
    udiDiKey: null,
    name: null,
    manufacturerId: null,
    status: 'UNKNOWN',
    metadataUri: null,
    metadataHash: null,
    devicesMinted: 0,
    firstSeen: seen(at),
  }
}

export function emptyOwner(id: Address, at: LogRef): OwnerState {
  return {
    id,
    name: null,
    kind: null,
    gln: null,
    listed: false,
    devicesHeld: 0,
    firstSeen: seen(at),
  }
}

export function emptyRecall(
  id: string,
  contract: string,
  recallNo: bigint,
  at: LogRef,
): RecallState {
  return {
    id,
    contract,
    recallNo,
    modelId: null,
    issuerId: null,
    class: 'UNKNOWN',
    reason: null,
    noticeUri: null,
    noticeHash: null,
    closed: null,
    firstSeen: seen(at),
  }
}

/** Position and time of a log, without the transaction that state rows do not repeat. */
export function seen({ height, logIndex, timestamp }: LogRef): FirstSeen {
  return { height, logIndex, timestamp }
}
