import type { Address } from '../domain/address'
import type { AnomalyCode } from '../domain/anomaly'
import type { RecallResolution, RecordedEvent } from '../domain/chain-event'
import type { LogRef } from '../domain/position'

/** Rows that are written once and never changed, but for the end of a period. */

/** One holder's time with one device. */
export interface Period {
  readonly id: string
  readonly deviceId: string
  readonly number: number
  readonly ownerId: Address
  readonly startedBy: 'MINT' | 'MOVE'
  readonly since: LogRef
  /** Null while it lasts. */
  readonly end: PeriodEnd | null
}

export interface PeriodEnd {
  readonly at: LogRef
  readonly byBurn: boolean
}

/** The end of a period that an earlier batch began. */
export interface PeriodClosed extends PeriodEnd {
  readonly id: string
}

/** A recorded event with the ids of the rows that it speaks of. */
export interface EventRow {
  readonly event: RecordedEvent
  readonly deviceId: string | null
  readonly modelId: string | null
  readonly recallId: string | null
}

export interface ScopeRow {
  readonly id: string
  readonly recallId: string
  readonly modelId: string | null
  readonly kind: 'MODEL' | 'LOT' | 'SERIAL'
  readonly value: string
  readonly valueKey: string
  readonly at: LogRef
}

/**
 * How one unit of a recall was dealt with. Whether the unit belongs to the recall is known to the
 * database alone, so the row brings the id of the anomaly that is written when it does not.
 */
export interface ResolutionRow {
  readonly recallId: string
  readonly deviceId: string
  readonly contract: string
  readonly resolution: RecallResolution
  readonly byId: Address | null
  readonly at: LogRef
  readonly anomalyId: string
}

export interface AnomalyRow {
  readonly id: string
  readonly code: AnomalyCode
  readonly message: string
  readonly contract: string
  readonly deviceId: string | null
  readonly at: LogRef
}
