import { BigInteger } from '@subsquid/graphql-server/lib/scalars'
import { Field, Int, ObjectType } from 'type-graphql'
import type { RecallMatch } from '../../query/recall-lookup/matching-units'
import type { UnitDisposition } from '../../query/recall-lookup/unit-states'
import { DateTime } from '../date-time-scalar'
import type { EntitySet } from '../entity-set'
import { BlockRef } from './as-of'
import { connectionType } from './connection'
import { enumType } from './enum-type'

export const UnitDispositionEnum = enumType<UnitDisposition>('UnitDisposition', {
  WITH_MANUFACTURER: 'With the manufacturer who minted it, and never left.',
  IN_TRANSIT: 'A hand-off was started and is neither confirmed nor cancelled.',
  IN_FIELD: 'With anybody else.',
  RETURNED: 'Back with its manufacturer.',
  DECOMMISSIONED: 'Its token is burned: taken out of use.',
})

export const RecallMatchEnum = enumType<RecallMatch>('RecallMatch', {
  IN_SCOPE: 'Certainly in scope.',
  CANNOT_TELL: 'The record cannot exclude it: an attribute that the scope asks for is missing.',
})

@ObjectType('DispositionCount')
export class DispositionCountType {
  @Field(() => UnitDispositionEnum)
  disposition!: UnitDisposition

  @Field(() => Int)
  count!: number
}

@ObjectType('LotCount')
export class LotCountType {
  @Field(() => String, { description: 'Empty for units without a lot on record.' })
  lot!: string

  @Field(() => Int)
  count!: number
}

@ObjectType('UnmatchedScopeValue')
export class UnmatchedScopeValueType {
  @Field(() => String)
  field!: string

  @Field(() => String)
  value!: string

  @Field(() => String)
  reason!: string
}

@ObjectType('ScopeValue', { description: 'A usable value of the scope, and what it brought.' })
export class ScopeValueType {
  @Field(() => String, { description: 'Name of the field in the scope.' })
  field!: string

  @Field(() => String, { description: 'As given.' })
  value!: string

  @Field(() => Int, { description: 'Units in scope that have it; a unit can have several.' })
  units!: number

  @Field(() => BigInteger, {
    nullable: true,
    description: 'Of a range: its numbers that no unit has which the other fields do not exclude.',
  })
  numbersNotOnRecord!: bigint | null
}

@ObjectType('Consignee', {
  description:
    'An owner who ever received units in scope of another maker. Counts are of units in scope.',
})
export class ConsigneeType {
  ownerId!: string
  owners!: EntitySet
  /** Of every consignee of the scope; put only where it is selected. */
  tiers!: () => Promise<ReadonlyMap<string, number>>

  @Field(() => Int, { description: 'A unit in transit is still held by its sender.' })
  unitsHeld!: number

  @Field(() => Int, { description: 'On the way to this owner.' })
  unitsInTransit!: number

  @Field(() => Int)
  unitsEverReceived!: number

  @Field(() => DateTime)
  firstReceivedAt!: Date

  @Field(() => DateTime)
  lastReceivedAt!: Date
}

@ObjectType('IncomingReceiver', {
  description: 'Somebody whom units in scope are on the way to, and who never received one.',
})
export class IncomingReceiverType {
  ownerId!: string
  owners!: EntitySet

  @Field(() => Int)
  unitsInTransit!: number

  @Field(() => DateTime, { description: 'Start of the first of the open hand-offs.' })
  firstSentAt!: Date
}

@ObjectType('RecallTouchedUnit', {
  description: 'A unit that a scope touches, and where it is at the block of the answer.',
})
export class RecallTouchedUnitType {
  deviceId!: string
  holderId!: string | null
  inTransitToId!: string | null
  devices!: EntitySet
  owners!: EntitySet

  @Field(() => UnitDispositionEnum)
  disposition!: UnitDisposition
}

export const ConsigneeConnection = connectionType(
  { connection: 'ConsigneeConnection', edge: 'ConsigneeEdge' },
  ConsigneeType,
)

// RecallUnitEdge is openreader's edge to the entity RecallUnit.
export const RecallUnitConnection = connectionType(
  { connection: 'RecallUnitConnection', edge: 'RecallTouchedUnitEdge' },
  RecallTouchedUnitType,
)

@ObjectType('RecallLookup')
export class RecallLookupType {
  @Field(() => BlockRef)
  asOf!: BlockRef
}
