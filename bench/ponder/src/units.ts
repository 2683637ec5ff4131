import { ponder } from 'ponder:registry'
import { deviceModel } from 'ponder:schema'
import { identityKey, textKey } from '../../../src/domain/identity-key'
import { deviceId, modelId } from '../../../src/domain/ids'
import { changeDevice } from './devices'
import { CONTRACT, meetOwner, placeOf, record } from './record'

ponder.on('DeviceNFT:DeviceMinted', async ({ event, context }) => {
  const at = await placeOf(context, event)
  const { tokenId, modelId: modelNo, manufacturer, ...identity } = event.args
  const id = deviceId(CONTRACT, tokenId)
  const model = modelId(CONTRACT, modelNo)
  const detail = {
    ...identity,
    serial: identity.serial || null,
    lot: identity.lot || null,
    manufacturedOn: dateOf(identity.manufacturedOn),
    expiresOn: dateOf(identity.expiresOn),
  }
  const { serial, lot } = detail
  const { udiDi } = await context.db
    .update(deviceModel, { id: model })
    .set((row) => ({ devicesMinted: row.devicesMinted + 1 }))
  const manufacturerId = await meetOwner(context, manufacturer, at)
  await changeDevice(context, id, () => ({
    ...detail,
    modelId: model,
    manufacturerId,
    identityKey: udiDi && serial !== null ? identityKey(udiDi, serial) : null,
    serialKey: serial === null ? null : textKey(serial),
    lotKey: lot === null ? null : textKey(lot),
    identityBlock: at.height,
    identityLogIndex: at.logIndex,
  }))
  const party = manufacturer
  await record(context, at, { kind: 'MINTED', deviceId: id, modelId: model, party, detail })
})

ponder.on('DeviceNFT:Locked', async ({ event, context }) => {
  const at = await placeOf(context, event)
  const id = deviceId(CONTRACT, event.args.tokenId)
  await changeDevice(context, id, () => ({ locked: true }))
  await record(context, at, { kind: 'LOCKED', deviceId: id })
})

ponder.on('DeviceNFT:Unlocked', async ({ event, context }) => {
  const at = await placeOf(context, event)
  const id = deviceId(CONTRACT, event.args.tokenId)
  await changeDevice(context, id, () => ({ locked: false }))
  await record(context, at, { kind: 'UNLOCKED', deviceId: id })
})

ponder.on('DeviceNFT:DeviceDecommissioned', async ({ event, context }) => {
  const at = await placeOf(context, event)
  const { tokenId, holder, reason } = event.args
  await record(context, at, {
    kind: 'DECOMMISSIONED',
    deviceId: deviceId(CONTRACT, tokenId),
    party: holder,
    detail: { reason },
  })
})

/** The contract writes YYYYMMDD, and 0 where there is none. */
function dateOf(yyyymmdd: number): string | null {
  const text = String(yyyymmdd)
  return yyyymmdd === 0 ? null : `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
}
