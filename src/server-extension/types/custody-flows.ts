import { Field, Float, Int, ObjectType } from 'type-graphql'
import { DateTime } from '../date-time-scalar'
import type { EntitySet } from '../entity-set'

@ObjectType('CustodyFlow', { description: 'What one owner handed to another.' })
export class CustodyFlowType {
  fromId!: string
  toId!: string
  owners!: EntitySet

  @Field(() => Int, { description: 'A device that went this way twice counts twice.' })
  moves!: number

  @Field(() => Int, { description: 'Different devices.' })
  devices!: number

  @Field(() => Float, { description: 'How long the giver had held what went, on average.' })
  meanDwellSeconds!: number

  @Field(() => Float, { description: 'As many were held longer as shorter.' })
  medianDwellSeconds!: number

  @Field(() => DateTime)
  firstAt!: Date

  @Field(() => DateTime)
  lastAt!: Date
}
