import type { Store } from '@subsquid/typeorm-store'
import type {
  Minted,
  ModelSubmitted,
  PartyUpdated,
  RecordedEvent,
} from '../../src/domain/chain-event'
import { identityKey, textKey, udiDiKey } from '../../src/domain/identity-key'
import { deviceId, modelId } from '../../src/domain/ids'
import { heightKey, positionKey } from '../../src/domain/position'
import type { Device } from '../../src/model'
import type { BlockOfEvents } from '../../src/projection/project'
import { entities } from './entities'
import { move } from './typeorm-store-custody'
import { findOwner, findRows, firstSeen, type Rows, saveRows } from './typeorm-store-rows'

/**
 * The batch handler that a good squid developer writes: collect ids, find each class once, change
 * entities in memory, save each class once. It trusts the contract: no anomalies, no search for
 * twins, no recall membership, all of which the ledger does in the same time.
 */
export async function handleBatch(store: Store, blocks: readonly BlockOfEvents[]): Promise<void> {
  const rows = await findRows(
    store,
    blocks.flatMap(({ events }) => events),
  )
  for (const { block, events } of blocks) {
    const timestamp = new Date(block.timestamp)
    rows.blocks.push(new entities.Block({ ...block, id: heightKey(block.height), timestamp }))
    for (const event of events) {
      if (event.type === 'MOVED') move(rows, event)
      else if (event.type === 'REJECTED') throw new Error(event.message)
      else record(rows, event)
    }
  }
  await saveRows(store, rows)
}

function record(rows: Rows, event: RecordedEvent): void {
  const { at, contract } = event
  const device = 'tokenId' in event ? changedDevice(rows, event) : undefined
  if (event.type === 'PARTY_UPDATED') updateParty(rows, event)
  if (event.type === 'MODEL_SUBMITTED') submit(rows, event)
  if (event.type === 'MINTED') identify(rows, event)
  const model =
    'modelNo' in event ? rows.models.change(modelId(contract, event.modelNo)) : undefined
  if (model && event.type === 'MODEL_APPROVED') model.status = entities.ModelStatus.APPROVED
  rows.events.push(
    new entities.DeviceEvent({
      id: positionKey(at),
      kind: entities.DeviceEventKind[event.type],
      contract,
      device: device ?? null,
      model: model ?? null,
      party: event.party ? findOwner(rows, event.party, at) : null,
      counterparty: event.counterparty ? findOwner(rows, event.counterparty, at) : null,
      detail: event.detail,
      ...firstSeen(at),
      txHash: at.txHash,
    }),
  )
}

/** The device of an event, with what the event changes in the device alone. */
function changedDevice(rows: Rows, event: RecordedEvent & { tokenId: bigint }): Device {
  const device = rows.devices.change(deviceId(event.contract, event.tokenId))
  if (event.type === 'HANDOFF_STARTED' && event.counterparty) {
    device.inTransitTo = findOwner(rows, event.counterparty, event.at)
  }
  if (event.type === 'HANDOFF_CONFIRMED') device.inTransitTo = null
  if (event.type === 'LISTED') device.salePrice = BigInt(event.detail.price)
  if (event.type === 'SOLD') device.salePrice = null
  if (event.type === 'LOCKED') device.locked = true
  if (event.type === 'UNLOCKED') device.locked = false
  return device
}

function identify(rows: Rows, { at, contract, tokenId, modelNo, party, detail }: Minted): void {
  const device = rows.devices.change(deviceId(contract, tokenId))
  const model = rows.models.change(modelId(contract, modelNo))
  const { serial, lot } = detail
  Object.assign(device, detail, {
    model,
    manufacturer: party ? findOwner(rows, party, at) : null,
    identityKey: model.udiDi && serial !== null ? identityKey(model.udiDi, serial) : null,
    serialKey: serial === null ? null : textKey(serial),
    lotKey: lot === null ? null : textKey(lot),
    identityBlock: at.height,
    identityLogIndex: at.logIndex,
  })
  model.devicesMinted += 1
}

function submit(rows: Rows, { at, contract, modelNo, party, detail }: ModelSubmitted): void {
  rows.models.add(
    new entities.DeviceModel({
      ...detail,
      id: modelId(contract, modelNo),
      contract,
      modelNo,
      udiDiKey: udiDiKey(detail.udiDi),
      manufacturer: party ? findOwner(rows, party, at) : null,
      status: entities.ModelStatus.SUBMITTED,
      devicesMinted: 0,
      ...firstSeen(at),
    }),
  )
}

function updateParty(rows: Rows, { at, party, detail }: PartyUpdated): void {
  const kind = entities.PartyKind[detail.kind]
  findOwner(rows, party, at)
  Object.assign(rows.owners.change(party), { ...detail, kind, listed: true })
}
