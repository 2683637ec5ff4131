import type { DeviceState } from './state'

/**
 * A device with some fields changed. Its fields are said one by one: V8 gave nearly every copy that
 * a spread made a shape of its own, which takes more memory than the device and makes all that
 * reads it slow.
 */
export function changedDevice(device: DeviceState, changes: Partial<DeviceState>): DeviceState {
  const copy: DeviceState = {
    id: device.id,
    isIdentified: device.isIdentified,
    serial: device.serial,
    ownerId: device.ownerId,
    periodCount: device.periodCount,
    locked: device.locked,
    inTransitToId: device.inTransitToId,
    salePrice: device.salePrice,
  }
  return Object.assign(copy, changes)
}
