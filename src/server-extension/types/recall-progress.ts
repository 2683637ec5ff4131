import { Field, Float, Int, ObjectType } from 'type-graphql'
import type { RecallResolution } from '../../domain/chain-event'
import { DateTime } from '../date-time-scalar'
import type { EntitySet } from '../entity-set'
import { BlockRef } from './as-of'
import { connectionType } from './connection'
import { enumType } from './enum-type'
import { RecallTouchedUnitType } from './recall-lookup'

export const RecallStatusEnum = enumType<'OPEN' | 'CLOSED'>('RecallStatus', {
  OPEN: 'It takes in units that its scope names.',
  CLOSED: 'It takes in no further units.',
})

export const RecallResolutionEnum = enumType<RecallResolution>('RecallResolution', {
  UNKNOWN: 'Resolved in a way that this version does not know; proves nothing.',
  ACKNOWLEDGED: 'The holder has heard of the recall; the unit is where it was.',
  RETURNED: 'Sent back.',
  CORRECTED: 'Repaired, relabelled or adjusted.',
  DESTROYED: 'Destroyed.',
  NOT_FOUND: 'Sought and not found.',
})

@ObjectType('ResolutionCount')
export class ResolutionCountType {
  @Field(() => RecallResolutionEnum, {
    nullable: true,
    description: 'Absent where nothing was reported of the units.',
  })
  resolution!: RecallResolution | null

  @Field(() => Int)
  count!: number
}

@ObjectType({ isAbstract: true })
abstract class ReconciliationFields {
  @Field(() => Int, { description: 'Returned, corrected or destroyed, 21 CFR 7.53(b)(4).' })
  reconciled!: number

  @Field(() => Int, { description: 'All others, also those only acknowledged or not found.' })
  unaccounted!: number

  @Field(() => Float, {
    nullable: true,
    description: 'Rounded down to a tenth: 100 means every unit. Absent where there is none.',
  })
  percentReconciled!: number | null

  @Field(() => [ResolutionCountType], {
    description: 'By latest resolution; every kind, also those with none.',
  })
  byResolution!: ResolutionCountType[]
}

@ObjectType('LotProgress', { description: 'The units of a recall that are of one lot.' })
export class LotProgressType extends ReconciliationFields {
  @Field(() => String, { description: 'Empty for units without a lot on record.' })
  lot!: string

  @Field(() => Int)
  units!: number

  @Field(() => Int, {
    nullable: true,
    description:
      'Made in the lot, under the recall or not, 21 CFR 806.10(c)(9). Absent without a lot.',
  })
  unitsMade!: number | null
}

@ObjectType('ConsigneeProgress', {
  description:
    'An owner who ever received units of a recall of another maker. A unit that several received ' +
    'counts with each, whoever reported its resolution.',
})
export class ConsigneeProgressType extends ReconciliationFields {
  ownerId!: string
  owners!: EntitySet

  @Field(() => Int, { description: 'Each once, however often it came, 21 CFR 806.10(c)(11).' })
  unitsReceived!: number

  @Field(() => Int, { description: 'Of these, held now; in transit, a unit is its sender’s.' })
  unitsHeld!: number

  @Field(() => Int, { description: 'Of those held, unaccounted: what is to be fetched here.' })
  unitsHeldUnaccounted!: number

  @Field(() => Int, {
    description: 'Held at the moment that they came under the recall, 21 CFR 7.53(b)(2).',
  })
  unitsOnHand!: number

  @Field(() => DateTime)
  firstReceivedAt!: Date

  @Field(() => DateTime)
  lastReceivedAt!: Date

  @Field(() => Boolean, { description: 'It reported a unit of the recall itself.' })
  responded!: boolean

  @Field(() => DateTime, { nullable: true, description: 'Its own first report.' })
  firstRespondedAt!: Date | null

  @Field(() => DateTime, { nullable: true, description: 'Its own latest report.' })
  lastRespondedAt!: Date | null
}

@ObjectType('UnaccountedUnit', { description: 'A unit of a recall that is not reconciled.' })
export class UnaccountedUnitType {
  @Field(() => RecallTouchedUnitType, { description: 'Where it is at the block of the answer.' })
  unit!: RecallTouchedUnitType

  @Field(() => RecallResolutionEnum, {
    nullable: true,
    description: 'What was last reported of it; absent where nothing was.',
  })
  resolution!: RecallResolution | null

  @Field(() => DateTime, { nullable: true })
  resolvedAt!: Date | null
}

@ObjectType('MoveAfterRecall', {
  description: 'A move of the token of a unit that was under an open recall.',
})
export class MoveAfterRecallType {
  deviceId!: string
  fromId!: string | null
  toId!: string | null
  devices!: EntitySet
  owners!: EntitySet

  @Field(() => Int)
  blockHeight!: number

  @Field(() => Int)
  logIndex!: number

  @Field(() => DateTime)
  timestamp!: Date

  @Field(() => String)
  txHash!: string

  @Field(() => Boolean, {
    description:
      'It went neither to its manufacturer, nor to the issuer of the recall, nor out of use.',
  })
  breach!: boolean
}

export const LotProgressConnection = connectionType(
  { connection: 'LotProgressConnection', edge: 'LotProgressEdge' },
  LotProgressType,
)

export const ConsigneeProgressConnection = connectionType(
  { connection: 'ConsigneeProgressConnection', edge: 'ConsigneeProgressEdge' },
  ConsigneeProgressType,
)

export const UnaccountedUnitConnection = connectionType(
  { connection: 'UnaccountedUnitConnection', edge: 'UnaccountedUnitEdge' },
  UnaccountedUnitType,
)

export const MoveAfterRecallConnection = connectionType(
  { connection: 'MoveAfterRecallConnection', edge: 'MoveAfterRecallEdge' },
  MoveAfterRecallType,
)

@ObjectType('RecallProgress')
export class RecallProgressType {
  @Field(() => BlockRef)
  asOf!: BlockRef

  @Field(() => DateTime)
  issuedAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'Absent while it was open.' })
  closedAt!: Date | null
}
