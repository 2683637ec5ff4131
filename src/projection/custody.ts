import type { Address } from '../domain/address'
import type { Moved } from '../domain/chain-event'
import { deviceId, periodId } from '../domain/ids'
import { changedDevice } from './changed'
import type { Draft } from './draft'
import type { DeviceState } from './state'

/**
 * A token changed hands. The log is followed even where it cannot be right (a second mint, a move
 * by somebody who was not the holder), because the next log builds on it; what is wrong stands
 * beside it as an anomaly.
 */
export function projectMove(draft: Draft, move: Moved): void {
  const device = tokenOf(draft, move)
  reportMisfits(draft, move, device)
  // From nobody to nobody: no period tells of it, so nothing may change that an unwind could miss.
  if (!device.ownerId && !move.to) return
  if (device.ownerId) leave(draft, move, device, device.ownerId)
  if (move.to) arrive(draft, move, device, move.to)
  const periodCount = device.periodCount + (move.to ? 1 : 0)
  const moved = { ownerId: move.to ?? null, periodCount, inTransitToId: null, salePrice: null }
  draft.devices.put(changedDevice(device, moved))
}

function tokenOf(draft: Draft, move: Moved): DeviceState {
  const known = draft.devices.get(deviceId(move.contract, move.tokenId))
  if (!known && !move.from) return draft.newDevice(move)
  return draft.device(move)
}

function reportMisfits(draft: Draft, move: Moved, device: DeviceState): void {
  const { ownerId, locked, inTransitToId } = device
  const to = move.to ?? 'nobody (burn)'
  if (!move.from) {
    if (ownerId) {
      const message = `Token ${move.tokenId} is minted to ${to} while ${ownerId} holds it.`
      draft.anomaly(move, 'SECOND_MINT', message, device.id)
    } else if (device.periodCount > 0) {
      const message = `Token ${move.tokenId} is minted to ${to} after it was burned.`
      draft.anomaly(move, 'MINT_AFTER_BURN', message, device.id)
    }
    return
  }
  // With no period at all the token was never minted, which has its own anomaly.
  if (move.from !== ownerId && device.periodCount > 0) {
    const holder = ownerId ?? 'nobody (burned)'
    const message = `Token ${move.tokenId} leaves ${move.from} for ${to}, but ${holder} holds it.`
    draft.anomaly(move, 'MOVE_BY_NON_HOLDER', message, device.id)
  }
  if (locked && move.to) {
    const message = `Token ${move.tokenId} moves from ${move.from} to ${to} while it is locked.`
    draft.anomaly(move, 'MOVE_WHILE_LOCKED', message, device.id)
  }
  if (inTransitToId && move.to !== inTransitToId) {
    const message = `Token ${move.tokenId} moves to ${to} during its hand-off to ${inTransitToId}.`
    draft.anomaly(move, 'MOVE_OUTSIDE_HANDOFF', message, device.id)
  }
}

function leave(draft: Draft, move: Moved, device: DeviceState, holder: Address): void {
  const end = { at: move.at, byBurn: !move.to }
  draft.closePeriod(periodId(device.id, device.periodCount - 1), end)
  const owner = draft.owner(holder, move.at)
  draft.owners.put({ ...owner, devicesHeld: owner.devicesHeld - 1 })
}

function arrive(draft: Draft, move: Moved, device: DeviceState, receiver: Address): void {
  draft.openPeriod({
    id: periodId(device.id, device.periodCount),
    deviceId: device.id,
    number: device.periodCount,
    ownerId: receiver,
    startedBy: move.from ? 'MOVE' : 'MINT',
    since: move.at,
    end: null,
  })
  const owner = draft.owner(receiver, move.at)
  draft.owners.put({ ...owner, devicesHeld: owner.devicesHeld + 1 })
}
