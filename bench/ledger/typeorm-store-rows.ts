import type { Store } from '@subsquid/typeorm-store'
import { In } from 'typeorm'
import type { Address } from '../../src/domain/address'
import type { ChainEvent } from '../../src/domain/chain-event'
import { deviceId, periodId } from '../../src/domain/ids'
import type { LogRef } from '../../src/domain/position'
import type { Block, CustodyPeriod, Device, DeviceEvent, Owner } from '../../src/model'
import { keysOf } from '../../src/projection/slice'
import { entities } from './entities'

/** Entities of one class: those found in the database, and those that the batch makes. */
class Entities<E extends { id: string }> {
  readonly inserted: E[] = []
  readonly changed = new Set<E>()
  private readonly byId: Map<string, E>

  constructor(found: readonly E[]) {
    this.byId = new Map(found.map((entity) => [entity.id, entity]))
  }

  get(id: string): E | undefined {
    return this.byId.get(id)
  }

  /** One that must be there, to be changed. */
  change(id: string): E {
    const entity = this.byId.get(id)
    if (entity === undefined) throw new Error(`${id} was neither found nor made before it changes`)
    this.changed.add(entity)
    return entity
  }

  add(entity: E): E {
    this.byId.set(entity.id, entity)
    this.inserted.push(entity)
    return entity
  }

  /** Found before, and changed since. */
  updated(): E[] {
    const made = new Set(this.inserted)
    return [...this.changed].filter((entity) => !made.has(entity))
  }
}

export type Rows = Awaited<ReturnType<typeof findRows>>

/** What a batch touches: one `findBy` for each class. */
export async function findRows(store: Store, events: readonly ChainEvent[]) {
  const keys = keysOf(events)
  const devices = await store.findBy(entities.Device, { id: In([...keys.devices]) })
  // The database generates this column, and PostgreSQL refuses to be given its value.
  for (const device of devices) Object.assign(device, { disposition: undefined })
  const moved = new Set(
    events.flatMap((e) => (e.type === 'MOVED' ? deviceId(e.contract, e.tokenId) : [])),
  )
  const open = devices.filter(({ id }) => moved.has(id))
  const periods = open.map(({ id, periodCount }) => periodId(id, periodCount - 1))
  const made: { events: DeviceEvent[]; blocks: Block[] } = { events: [], blocks: [] }
  return {
    ...made,
    owners: new Entities(await store.findBy(entities.Owner, { id: In([...keys.owners]) })),
    models: new Entities(await store.findBy(entities.DeviceModel, { id: In([...keys.models]) })),
    devices: new Entities(devices),
    periods: new Entities<CustodyPeriod>(
      periods.length === 0 ? [] : await store.findBy(entities.CustodyPeriod, { id: In(periods) }),
    ),
  }
}

/** The owner of an address; made where it was never named before. */
export function findOwner(rows: Rows, id: Address, at: LogRef): Owner {
  return (
    rows.owners.get(id) ??
    rows.owners.add(new entities.Owner({ id, listed: false, devicesHeld: 0, ...firstSeen(at) }))
  )
}

/** Where and when a row was first seen, in the columns that the classes share. */
export function firstSeen({ height, logIndex, timestamp }: LogRef) {
  return { blockHeight: height, logIndex, timestamp: new Date(timestamp) }
}

/** One insert and one upsert for each class, parents before children. */
export async function saveRows(store: Store, rows: Rows): Promise<void> {
  await store.insert(rows.blocks)
  await store.insert(rows.owners.inserted)
  await store.upsert(rows.owners.updated())
  await store.insert(rows.models.inserted)
  await store.upsert(rows.models.updated())
  await store.insert(rows.devices.inserted)
  // The store starts a new statement where the set of relations differs from the row before;
  // sorted, it starts three.
  await store.upsert(rows.devices.updated().sort((a, b) => relationsOf(a) - relationsOf(b)))
  await store.upsert(rows.periods.updated())
  await store.insert(rows.periods.inserted)
  await store.insert(rows.events)
}

function relationsOf(device: Device): number {
  return (device.owner === undefined ? 0 : 2) + (device.inTransitTo === undefined ? 0 : 1)
}
