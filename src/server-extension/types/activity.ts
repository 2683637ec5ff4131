import { Field, Int, ObjectType } from 'type-graphql'
import type { Interval } from '../../query/activity/buckets'
import { DateTime } from '../date-time-scalar'
import { enumType } from './enum-type'

export const IntervalEnum = enumType<Interval>('Interval', {
  HOUR: 'An hour of UTC.',
  DAY: 'A day of UTC.',
  WEEK: 'Seven days of UTC from Monday on (ISO 8601).',
  MONTH: 'A calendar month of UTC.',
})

@ObjectType('ActivityBucket', { description: 'What happened in one span of block time.' })
export class ActivityBucketType {
  @Field(() => DateTime)
  start!: Date

  @Field(() => DateTime, { description: 'The bucket ends before it.' })
  end!: Date

  @Field(() => Int)
  mints!: number

  @Field(() => Int, { description: 'Token moves that are neither mints nor burns.' })
  transfers!: number

  @Field(() => Int, { description: 'Recalls that were issued.' })
  recalls!: number

  @Field(() => Int, { description: 'Units that came under a recall, once for each recall.' })
  recalledUnits!: number

  @Field(() => Int, { description: 'Tokens that were burned.' })
  decommissions!: number

  @Field(() => Boolean, {
    description: 'The record reaches to the end of the bucket: nothing more will be counted in it.',
  })
  complete!: boolean
}
