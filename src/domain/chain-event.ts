import type { Address } from './address'
import type { LogRef } from './position'

/**
 * What the logs of the device-NFT contracts say, in the words of the domain. Raw values; nothing is
 * judged here.
 */

export type PartyKind =
  | 'UNKNOWN'
  | 'REGULATOR'
  | 'MANUFACTURER'
  | 'DISTRIBUTOR'
  | 'CARRIER'
  | 'HOSPITAL'
  | 'RETAILER'
  | 'OWNER'
  | 'OTHER'
export type RecallClass = 'UNKNOWN' | 'I' | 'II' | 'III'
export type RecallResolution =
  | 'UNKNOWN'
  | 'ACKNOWLEDGED'
  | 'RETURNED'
  | 'CORRECTED'
  | 'DESTROYED'
  | 'NOT_FOUND'

interface Origin {
  at: LogRef
  /** Configured name of the contract that emitted the log. */
  contract: string
}

/** A token changed hands: ERC-721 Transfer, or one token of an ERC-2309 ConsecutiveTransfer. */
export interface Moved extends Origin {
  type: 'MOVED'
  tokenId: bigint
  /** Absent for a mint. */
  from?: Address
  /** Absent for a burn. */
  to?: Address
}

/** A log, or the time of a block, that could not be taken as it is; it becomes an anomaly. */
export interface Rejected extends Origin {
  type: 'REJECTED'
  code: 'UNREADABLE_LOG' | 'RANGE_TOO_LARGE' | 'TIME_OUT_OF_RANGE'
  message: string
}

/**
 * Something in an otherwise good log that had to be changed before it could be stored; it becomes
 * an anomaly.
 */
export interface Flaw {
  code: 'TEXT_ALTERED' | 'UNREADABLE_DATE'
  message: string
}

interface Recorded<Kind extends string, Detail = Record<string, never>> extends Origin {
  type: Kind
  /** Who acted or was acted on. */
  party?: Address
  /** The other side. */
  counterparty?: Address
  /** What else the log says; stored as JSON. */
  detail: Detail
  flaws: readonly Flaw[]
}

interface OfDevice {
  tokenId: bigint
}
interface OfModel {
  modelNo: bigint
}
interface OfRecall {
  recallNo: bigint
}

export interface Metadata {
  metadataUri: string
  metadataHash: string
}

/** Null where the mint leaves it out. */
export interface UnitIdentity extends Metadata {
  serial: string | null
  lot: string | null
  /** YYYY-MM-DD */
  manufacturedOn: string | null
  /** YYYY-MM-DD */
  expiresOn: string | null
}

export type PartyUpdated = Recorded<
  'PARTY_UPDATED',
  { kind: PartyKind; name: string; gln: string }
> & { party: Address }
export type PartyRemoved = Recorded<'PARTY_REMOVED'> & { party: Address }
type RoleChanged = Recorded<'ROLE_GRANTED' | 'ROLE_REVOKED', { role: string }>

export type ModelSubmitted = Recorded<
  'MODEL_SUBMITTED',
  Metadata & { udiDi: string; name: string }
> &
  OfModel
export type ModelJudged =
  | (Recorded<'MODEL_APPROVED'> & OfModel)
  | (Recorded<'MODEL_REJECTED' | 'MODEL_REVOKED', { reason: string }> & OfModel)

export type Minted = Recorded<'MINTED', UnitIdentity> & OfDevice & OfModel
export type HandoffChanged =
  | (Recorded<'HANDOFF_STARTED' | 'HANDOFF_CONFIRMED'> & OfDevice)
  | (Recorded<'HANDOFF_CANCELLED', { by: string }> & OfDevice)
export type SaleChanged =
  | (Recorded<'LISTED', { price: string }> & OfDevice)
  | (Recorded<'DELISTED'> & OfDevice)
  | (Recorded<'SOLD', { price: string; fee: string }> & OfDevice)
type SaleTermsSet = Recorded<'FEE_SET', { basisPoints: number }> | Recorded<'TREASURY_SET'>
export type LockChanged = Recorded<'LOCKED' | 'UNLOCKED'> & OfDevice
export type MetadataSet = Recorded<'METADATA_SET', Metadata> & OfDevice
type MetadataStale =
  | (Recorded<'METADATA_STALE'> & OfDevice)
  | Recorded<'METADATA_RANGE_STALE', { fromTokenId: string; toTokenId: string }>
type Ended = Recorded<'RETURNED' | 'DECOMMISSIONED', { reason: string }> & OfDevice

export type RecallIssued = Recorded<
  'RECALL_ISSUED',
  { class: RecallClass; reason: string; noticeUri: string; noticeHash: string }
> &
  OfRecall &
  OfModel
export type RecallScopeAdded = Recorded<
  'RECALL_SCOPE_ADDED',
  { wholeModel: boolean; lots: string[]; serials: string[] }
> &
  OfRecall
export type RecallUnitResolved = Recorded<
  'RECALL_UNIT_RESOLVED',
  { resolution: RecallResolution; note: string }
> &
  OfRecall &
  OfDevice
export type RecallClosed = Recorded<'RECALL_CLOSED'> & OfRecall

/** An event that is recorded as a row of `device_event`. */
export type RecordedEvent =
  | PartyUpdated
  | PartyRemoved
  | RoleChanged
  | ModelSubmitted
  | ModelJudged
  | Minted
  | HandoffChanged
  | SaleChanged
  | SaleTermsSet
  | LockChanged
  | MetadataSet
  | MetadataStale
  | Ended
  | RecallIssued
  | RecallScopeAdded
  | RecallUnitResolved
  | RecallClosed

export type ChainEvent = Moved | Rejected | RecordedEvent
