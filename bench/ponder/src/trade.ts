import { ponder } from 'ponder:registry'
import { deviceId } from '../../../src/domain/ids'
import { changeDevice } from './devices'
import { CONTRACT, meetOwner, placeOf, record } from './record'

ponder.on('DeviceNFT:HandoffStarted', async ({ event, context }) => {
  const at = await placeOf(context, event)
  const { tokenId, from: party, to: counterparty } = event.args
  const id = deviceId(CONTRACT, tokenId)
  const inTransitToId = await meetOwner(context, counterparty, at)
  await changeDevice(context, id, () => ({ inTransitToId }))
  await record(context, at, { kind: 'HANDOFF_STARTED', deviceId: id, party, counterparty })
})

ponder.on('DeviceNFT:HandoffConfirmed', async ({ event, context }) => {
  const at = await placeOf(context, event)
  const { tokenId, from: party, to: counterparty } = event.args
  const id = deviceId(CONTRACT, tokenId)
  await changeDevice(context, id, () => ({ inTransitToId: null }))
  await record(context, at, { kind: 'HANDOFF_CONFIRMED', deviceId: id, party, counterparty })
})

ponder.on('DeviceNFT:SaleListed', async ({ event, context }) => {
  const at = await placeOf(context, event)
  const { tokenId, seller: party, price } = event.args
  const id = deviceId(CONTRACT, tokenId)
  await changeDevice(context, id, () => ({ salePrice: price }))
  const detail = { price: String(price) }
  await record(context, at, { kind: 'LISTED', deviceId: id, party, detail })
})

ponder.on('DeviceNFT:DeviceSold', async ({ event, context }) => {
  const at = await placeOf(context, event)
  const { tokenId, seller: party, buyer: counterparty, price, fee } = event.args
  const id = deviceId(CONTRACT, tokenId)
  await changeDevice(context, id, () => ({ salePrice: null }))
  const detail = { price: String(price), fee: String(fee) }
  await record(context, at, { kind: 'SOLD', deviceId: id, party, counterparty, detail })
})
