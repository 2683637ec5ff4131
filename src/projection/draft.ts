import type { Address } from '../domain/address'
import type { AnomalyCode } from '../domain/anomaly'
import type { ChainEvent } from '../domain/chain-event'
import { deviceId, modelId, recallId } from '../domain/ids'
import { type BlockRef, type LogRef, positionKey } from '../domain/position'
import { emptyDevice, emptyModel, emptyOwner, emptyRecall } from './empty'
import type {
  AnomalyRow,
  EventRow,
  Period,
  PeriodClosed,
  PeriodEnd,
  ResolutionRow,
  ScopeRow,
} from './facts'
import type { Slice } from './slice'
import type { DeviceState, ModelState, OwnerState, RecallState } from './state'
import { Table } from './table'
import type { Birth, Identity, Metadata, NewDevice } from './unit-record'

/** What became of rows that can change. */
export interface Changes {
  readonly devices: ReadonlyMap<string, DeviceState>
  readonly models: ReadonlyMap<string, ModelState>
  readonly owners: ReadonlyMap<Address, OwnerState>
  readonly recalls: ReadonlyMap<string, RecallState>
  /** Identities that were stated, by device. */
  readonly identified: ReadonlyMap<string, Identity>
}

/**
 * The outcome of one batch in the making: what was loaded, with everything the events so far made
 * of it.
 */
export class Draft {
  readonly devices: Table<string, DeviceState>
  readonly models: Table<string, ModelState>
  readonly owners: Table<Address, OwnerState>
  readonly recalls: Table<string, RecallState>
  readonly identified = new Map<string, Identity>()
  /** Metadata that was set, by device. */
  readonly metadata = new Map<string, Metadata>()
  readonly periodsOpened = new Map<string, Period>()
  readonly periodsClosed: PeriodClosed[] = []
  readonly events: EventRow[] = []
  readonly scopes: ScopeRow[] = []
  readonly resolutions: ResolutionRow[] = []
  readonly anomalies: AnomalyRow[] = []
  readonly blocks: BlockRef[] = []
  private readonly births = new Map<string, Birth>()
  private readonly identities = new Map<string, string>()
  private readonly anomaliesAt = new Map<string, number>()

  constructor(private readonly before: Slice) {
    this.devices = new Table(before.devices)
    this.models = new Table(before.models)
    this.owners = new Table(before.owners)
    this.recalls = new Table(before.recalls)
  }

  /**
   * The device of an event; made where the log speaks of a token that was never minted, which is an
   * anomaly.
   */
  device(event: ChainEvent & { tokenId: bigint }): DeviceState {
    const id = deviceId(event.contract, event.tokenId)
    const known = this.devices.get(id)
    if (known) return known
    const made = this.newDevice(event)
    this.anomaly(event, 'UNMINTED_TOKEN', `Token ${event.tokenId} was never minted.`, id)
    return made
  }

  newDevice({ contract, tokenId, at }: ChainEvent & { tokenId: bigint }): DeviceState {
    const id = deviceId(contract, tokenId)
    this.births.set(id, { id, contract, tokenId, at })
    return this.devices.put(emptyDevice(id))
  }

  changes(): Changes {
    return {
      devices: this.devices.changes(),
      models: this.models.changes(),
      owners: this.owners.changes(),
      recalls: this.recalls.changes(),
      identified: this.identified,
    }
  }

  /** Units that no batch before has seen, with all that this one says of them. */
  newDevices(): NewDevice[] {
    return [...this.births.values()].map((birth) => ({
      birth,
      state: this.devices.get(birth.id) ?? emptyDevice(birth.id),
      identity: this.identified.get(birth.id),
      metadata: this.metadata.get(birth.id),
    }))
  }

  /** What was said of units that a batch before has seen. */
  ofOldDevices<Part>(parts: ReadonlyMap<string, Part>): [string, Part][] {
    return [...parts].filter(([id]) => !this.births.has(id))
  }

  /**
   * The model of an event; made where the log speaks of a model that was never submitted, which is
   * an anomaly.
   */
  model(event: ChainEvent & { modelNo: bigint }): ModelState {
    const id = modelId(event.contract, event.modelNo)
    const known = this.models.get(id)
    if (known) return known
    this.anomaly(event, 'UNKNOWN_MODEL', `Model ${event.modelNo} was never submitted.`)
    return this.models.put(emptyModel(id, event.contract, event.modelNo, event.at))
  }

  /**
   * The recall of an event; made where the log speaks of a recall that was never issued, which is
   * an anomaly.
   */
  recall(event: ChainEvent & { recallNo: bigint }): RecallState {
    const id = recallId(event.contract, event.recallNo)
    const known = this.recalls.get(id)
    if (known) return known
    this.anomaly(event, 'UNKNOWN_RECALL', `Recall ${event.recallNo} was never issued.`)
    return this.recalls.put(emptyRecall(id, event.contract, event.recallNo, event.at))
  }

  /** Any address that is named becomes an owner row, so that every reference leads somewhere. */
  owner(id: Address, at: LogRef): OwnerState {
    return this.owners.get(id) ?? this.owners.put(emptyOwner(id, at))
  }

  openPeriod(period: Period): void {
    this.periodsOpened.set(period.id, period)
  }

  closePeriod(id: string, end: PeriodEnd): void {
    const opened = this.periodsOpened.get(id)
    if (opened) this.periodsOpened.set(id, { ...opened, end })
    else this.periodsClosed.push({ id, at: end.at, byBurn: end.byBurn })
  }

  /** The device that had an identity first; the given one where nobody had it. */
  claimIdentity(key: string, device: string): string {
    const first = this.identities.get(key) ?? this.before.identities.get(key) ?? device
    this.identities.set(key, first)
    return first
  }

  anomaly(event: ChainEvent, code: AnomalyCode, message: string, device: string | null = null) {
    const { at, contract } = event
    const id = this.nextAnomalyId(at)
    this.anomalies.push({ id, code, message, contract, deviceId: device, at })
  }

  /**
   * Several anomalies may come from one log; they are numbered in the order in which they are
   * found.
   */
  nextAnomalyId(at: LogRef): string {
    const key = positionKey(at)
    const count = this.anomaliesAt.get(key) ?? 0
    this.anomaliesAt.set(key, count + 1)
    return `${key}-${count}`
  }
}
