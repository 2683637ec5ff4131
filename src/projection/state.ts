import type { Address } from '../domain/address'
import type { PartyKind, RecallClass } from '../domain/chain-event'
import type { LogRef } from '../domain/position'

/**
 * Current state as the fold sees it: one row of each table that is not append-only. Values are
 * never changed in place, so that what was loaded can be compared with what it became. Fields are
 * described in schema.graphql.
 */

/** Where and when something was first seen. */
export type FirstSeen = Pick<LogRef, 'height' | 'logIndex' | 'timestamp'>

/**
 * What the fold asks of a unit that was seen before. The rest of its row is written and not read
 * again: see `unit-record.ts`.
 */
export interface DeviceState {
  readonly id: string
  /** Whether a log has stated its identity. */
  readonly isIdentified: boolean
  readonly serial: string | null
  readonly ownerId: Address | null
  readonly periodCount: number
  readonly locked: boolean
  readonly inTransitToId: Address | null
  /** Wei, as decimal digits. */
  readonly salePrice: string | null
}

export type ModelStatus = 'UNKNOWN' | 'SUBMITTED' | 'APPROVED' | 'REJECTED' | 'REVOKED'

export interface ModelState {
  readonly id: string
  readonly contract: string
  readonly modelNo: bigint
  readonly udiDi: string | null
  readonly udiDiKey: string | null
  readonly name: string | null
  readonly manufacturerId: Address | null
  readonly status: ModelStatus
  readonly metadataUri: string | null
  readonly metadataHash: string | null
  readonly devicesMinted: number
  readonly firstSeen: FirstSeen
}

export interface OwnerState {
  readonly id: Address
  readonly name: string | null
  readonly kind: PartyKind | null
  readonly gln: string | null
  readonly listed: boolean
  readonly devicesHeld: number
  readonly firstSeen: FirstSeen
}

export interface RecallState {
  readonly id: string
  readonly contract: string
  readonly recallNo: bigint
  readonly modelId: string | null
  readonly issuerId: Address | null
  readonly class: RecallClass
  readonly reason: string | null
  readonly noticeUri: string | null
  readonly noticeHash: string | null
  readonly closed: FirstSeen | null
  readonly firstSeen: FirstSeen
}
