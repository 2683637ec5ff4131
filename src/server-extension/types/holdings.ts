import { Field, Int, ObjectType } from 'type-graphql'
import { DateTime } from '../date-time-scalar'
import type { EntitySet } from '../entity-set'
import { connectionType } from './connection'

@ObjectType('Holding', {
  description: 'A device in the hands of its owner, at the point asked for.',
})
export class HoldingType {
  deviceId!: string
  devices!: EntitySet

  @Field(() => DateTime, { description: 'Block time at which it came.' })
  since!: Date

  @Field(() => Int, { description: 'Block in which it came.' })
  sinceBlock!: number
}

export const HoldingConnection = connectionType(
  { connection: 'HoldingConnection', edge: 'HoldingEdge' },
  HoldingType,
)
