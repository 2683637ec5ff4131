import type { Context } from '@subsquid/openreader/lib/context'
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import { activity } from '../../query/activity'
import type { Interval } from '../../query/activity/buckets'
import { ask, type OpenTransaction } from '../ask'
import { DateTime } from '../date-time-scalar'
import { spendQuestion } from '../size-limit'
import { ActivityBucketType, IntervalEnum } from '../types/activity'

@Resolver()
export class ActivityResolver {
  constructor(private readonly transaction: OpenTransaction) {}

  @Query(() => [ActivityBucketType], {
    description:
      'Mints, transfers, recalls, decommissions per period of UTC, those without any included. ' +
      'The first and the last bucket are cut at from and to; at most 1,000 buckets.',
  })
  activity(
    @Ctx() context: Context,
    @Arg('interval', () => IntervalEnum) interval: Interval,
    @Arg('from', () => DateTime) from: Date,
    @Arg('to', () => DateTime, { description: 'Itself not part of the window.' }) to: Date,
    @Arg('modelId', () => ID, { nullable: true }) modelId?: string | null,
  ): Promise<ActivityBucketType[]> {
    spendQuestion(context)
    return ask(this.transaction, (sql) => activity(sql, { interval, from, to, modelId }))
  }
}
