import { Field, Int, ObjectType } from 'type-graphql'
import type { ChangeKind } from '../../query/changes'
import { DateTime } from '../date-time-scalar'
import type { EntitySet } from '../entity-set'
import { BlockRef } from './as-of'
import { type Connection, PageInfo } from './connection'
import { enumType } from './enum-type'

export const ChangeKindEnum = enumType<ChangeKind>('ChangeKind', {
  MINT: 'A token came into being: its first period of custody begins.',
  MOVE: 'A token changed hands, or was sent by its holder to itself.',
  BURN: 'A token was burned: the unit is taken out of use.',
  EVENT: 'A log that is no token move; the kind of the event says which.',
  ANOMALY: 'A log does not fit the record; the anomaly says why.',
})

@ObjectType('Change', { description: 'One thing that a log says.' })
export class ChangeType {
  deviceId!: string | null
  rowId!: string
  fromId!: string | null
  toId!: string | null
  rows!: ChangedRows

  @Field(() => ChangeKindEnum)
  kind!: ChangeKind

  @Field(() => Int)
  blockHeight!: number

  @Field(() => Int, { description: 'Log, counted within its block.' })
  logIndex!: number

  @Field(() => DateTime, { description: 'Block time.' })
  timestamp!: Date

  @Field(() => String)
  txHash!: string
}

/** What the changes of one page refer to. */
export interface ChangedRows {
  devices: EntitySet
  events: EntitySet
  periods: EntitySet
  anomalies: EntitySet
  owners: EntitySet
}

@ObjectType('ChangeEdge')
class ChangeEdgeType {
  @Field(() => String, {
    description: 'Opaque; holds also after a fork: the poll then says what was undone.',
  })
  cursor!: string

  @Field(() => ChangeType)
  node!: ChangeType
}

@ObjectType('ChangeConnection', {
  description: 'Changes after a cursor, oldest first: by block, by log, by what one log says.',
})
export class ChangeConnectionType implements Connection<ChangeType> {
  @Field(() => BlockRef, { description: 'Head of the record: it holds nothing later.' })
  asOf!: BlockRef

  @Field(() => Int, {
    nullable: true,
    description:
      'A fork undid blocks that were told of before: what was told of blocks after this height ' +
      'no longer holds, and this page begins after it. -1: nothing holds. Absent normally.',
  })
  undoneAfter!: number | null

  @Field(() => [ChangeEdgeType])
  edges!: ChangeEdgeType[]

  @Field(() => [ChangeType])
  nodes!: ChangeType[]

  @Field(() => PageInfo, {
    description: 'endCursor is where the next poll goes on, also when there are no rows.',
  })
  pageInfo!: PageInfo

  @Field(() => Int, {
    description: 'Changes after the cursor, this page included; costs as much as there are.',
  })
  totalCount!: Promise<number>
}
