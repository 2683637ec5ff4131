import { ponder } from 'ponder:registry'
import { deviceModel, owner } from 'ponder:schema'
import { udiDiKey } from '../../../src/domain/identity-key'
import { modelId } from '../../../src/domain/ids'
import { CONTRACT, firstSeen, meetOwner, placeOf, record } from './record'

/** Numbers of the contract's `PartyKind`. */
const PARTY_KINDS = [
  'UNKNOWN',
  'REGULATOR',
  'MANUFACTURER',
  'DISTRIBUTOR',
  'CARRIER',
  'HOSPITAL',
  'RETAILER',
  'OWNER',
  'OTHER',
]

ponder.on('DeviceNFT:PartyUpdated', async ({ event, context }) => {
  const at = await placeOf(context, event)
  const { party, name, gln } = event.args
  const kind = PARTY_KINDS[event.args.kind] ?? 'UNKNOWN'
  const id = await meetOwner(context, party, at)
  await context.db.update(owner, { id }).set({ kind, name, gln, listed: true })
  await record(context, at, { kind: 'PARTY_UPDATED', party, detail: { kind, name, gln } })
})

ponder.on('DeviceNFT:ModelSubmitted', async ({ event, context }) => {
  const at = await placeOf(context, event)
  const { modelId: modelNo, manufacturer, ...detail } = event.args
  const id = modelId(CONTRACT, modelNo)
  await context.db.insert(deviceModel).values({
    ...detail,
    id,
    contract: CONTRACT,
    modelNo,
    udiDiKey: udiDiKey(detail.udiDi),
    manufacturerId: await meetOwner(context, manufacturer, at),
    status: 'SUBMITTED',
    devicesMinted: 0,
    ...firstSeen(at),
  })
  await record(context, at, { kind: 'MODEL_SUBMITTED', modelId: id, party: manufacturer, detail })
})

ponder.on('DeviceNFT:ModelApproved', async ({ event, context }) => {
  const at = await placeOf(context, event)
  const id = modelId(CONTRACT, event.args.modelId)
  await context.db.update(deviceModel, { id }).set({ status: 'APPROVED' })
  await record(context, at, { kind: 'MODEL_APPROVED', modelId: id, party: event.args.regulator })
})
