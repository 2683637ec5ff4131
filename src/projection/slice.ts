import type { Address } from '../domain/address'
import type { ChainEvent } from '../domain/chain-event'
import { deviceId, modelId, recallId } from '../domain/ids'
import type { DeviceState, ModelState, OwnerState, RecallState } from './state'

/**
 * The part of the current state that a batch of events can touch: all that the fold knows of the
 * past.
 */
export interface Slice {
  readonly devices: ReadonlyMap<string, DeviceState>
  readonly models: ReadonlyMap<string, ModelState>
  /** Includes the present holders of the devices. */
  readonly owners: ReadonlyMap<Address, OwnerState>
  readonly recalls: ReadonlyMap<string, RecallState>
  /** Identity key → the device that had it first. */
  readonly identities: ReadonlyMap<string, string>
}

/** What a slice must be loaded for. */
export interface SliceKeys {
  readonly devices: ReadonlySet<string>
  readonly models: ReadonlySet<string>
  readonly owners: ReadonlySet<Address>
  readonly recalls: ReadonlySet<string>
  /** Model and serial of each unit whose identity is stated. */
  readonly units: readonly { readonly modelId: string; readonly serial: string }[]
  /** UDI-DIs of models that are submitted here: their units may have a twin in the past. */
  readonly submissions: readonly { readonly modelId: string; readonly udiDi: string }[]
}

/** Everything that the events name. */
export function keysOf(events: readonly ChainEvent[]): SliceKeys {
  const devices = new Set<string>()
  const models = new Set<string>()
  const owners = new Set<Address>()
  const recalls = new Set<string>()
  const units: { modelId: string; serial: string }[] = []
  const submissions: { modelId: string; udiDi: string }[] = []
  for (const event of events) {
    if ('tokenId' in event) devices.add(deviceId(event.contract, event.tokenId))
    if ('modelNo' in event) models.add(modelId(event.contract, event.modelNo))
    if ('recallNo' in event) recalls.add(recallId(event.contract, event.recallNo))
    for (const address of addressesOf(event)) if (address) owners.add(address)
    if (event.type === 'MINTED' && event.detail.serial !== null) {
      const { serial } = event.detail
      units.push({ modelId: modelId(event.contract, event.modelNo), serial })
    }
    if (event.type === 'MODEL_SUBMITTED') {
      const { udiDi } = event.detail
      submissions.push({ modelId: modelId(event.contract, event.modelNo), udiDi })
    }
  }
  return { devices, models, owners, recalls, units, submissions }
}

function addressesOf(event: ChainEvent): (Address | undefined)[] {
  if (event.type === 'MOVED') return [event.from, event.to]
  if (event.type === 'REJECTED') return []
  return [event.party, event.counterparty]
}
