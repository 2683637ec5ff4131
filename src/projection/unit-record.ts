import type { Address } from '../domain/address'
import type { LogRef } from '../domain/position'
import type { DeviceState } from './state'

/** What the row of a unit says that the fold never asks for. Fields: see schema.graphql. */

/** Stands from the first log on that names the unit. */
export interface Birth {
  readonly id: string
  readonly contract: string
  readonly tokenId: bigint
  readonly at: LogRef
}

/** Stated once. */
export interface Identity {
  readonly modelId: string
  readonly manufacturerId: Address | null
  readonly serial: string | null
  readonly lot: string | null
  readonly manufacturedOn: string | null
  readonly expiresOn: string | null
  readonly identityKey: string | null
  readonly serialKey: string | null
  readonly lotKey: string | null
  /** The log that stated it. */
  readonly at: LogRef
}

/** May be set again. */
export interface Metadata {
  readonly metadataUri: string | null
  readonly metadataHash: string | null
}

/** A unit that no batch before has seen. */
export interface NewDevice {
  readonly birth: Birth
  readonly state: DeviceState
  readonly identity: Identity | undefined
  readonly metadata: Metadata | undefined
}
