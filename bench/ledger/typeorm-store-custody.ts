import type { Moved } from '../../src/domain/chain-event'
import { deviceId, periodId } from '../../src/domain/ids'
import type { Device, Owner } from '../../src/model'
import { entities } from './entities'
import { findOwner, firstSeen, type Rows } from './typeorm-store-rows'

/** A token changed hands: ends the period of the sender, begins that of the receiver. */
export function move(rows: Rows, event: Moved): void {
  const { at, contract, tokenId, from, to } = event
  const device = from
    ? rows.devices.change(deviceId(contract, tokenId))
    : rows.devices.add(newDevice(event))
  const receiver = to ? findOwner(rows, to, at) : null
  if (from) {
    const period = rows.periods.change(periodId(device.id, device.periodCount - 1))
    period.untilBlock = at.height
    period.untilLogIndex = at.logIndex
    period.until = new Date(at.timestamp)
    period.untilTxHash = at.txHash
    period.endedByBurn = receiver === null
    rows.owners.change(from).devicesHeld -= 1
  }
  if (receiver) {
    rows.periods.add(newPeriod(device, receiver, event))
    rows.owners.change(receiver.id).devicesHeld += 1
    device.periodCount += 1
  }
  device.owner = receiver
  device.inTransitTo = null
  device.salePrice = null
}

function newPeriod(device: Device, holder: Owner, { at, from }: Moved) {
  return new entities.CustodyPeriod({
    id: periodId(device.id, device.periodCount),
    device,
    number: device.periodCount,
    owner: holder,
    startedBy: from ? entities.CustodyStart.MOVE : entities.CustodyStart.MINT,
    blockHeight: at.height,
    logIndex: at.logIndex,
    since: new Date(at.timestamp),
    txHash: at.txHash,
    endedByBurn: false,
  })
}

function newDevice({ at, contract, tokenId }: Moved): Device {
  return new entities.Device({
    id: deviceId(contract, tokenId),
    contract,
    tokenId,
    periodCount: 0,
    locked: false,
    ...firstSeen(at),
  })
}
