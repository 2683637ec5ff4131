import type { Context } from '@subsquid/openreader/lib/context'
import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, FieldResolver, ID, Info, Int, Query, Resolver, Root } from 'type-graphql'
import { custodyFlows } from '../../query/custody-flows'
import { ask, type OpenTransaction } from '../ask'
import { DateTime } from '../date-time-scalar'
import { type EntityRow, EntitySet } from '../entity-set'
import { spendPage } from '../size-limit'
import { CustodyFlowType } from '../types/custody-flows'
import { Owner } from '../types/entities'

const FLOWS = 50

@Resolver(() => CustodyFlowType)
export class CustodyFlowsResolver {
  constructor(private readonly transaction: OpenTransaction) {}

  @Query(() => [CustodyFlowType], {
    description:
      'Who hands devices to whom: counts and dwell time per pair, the most moves first. A mint ' +
      'and a burn hand nothing to anybody. The window is of the hand-over; to is not part of it.',
  })
  async custodyFlows(
    @Ctx() context: Context,
    @Arg('modelId', () => ID, { nullable: true }) modelId: string | null | undefined,
    @Arg('from', () => DateTime, { nullable: true }) from: Date | null | undefined,
    @Arg('to', () => DateTime, { nullable: true }) to: Date | null | undefined,
    @Arg('first', () => Int, { nullable: true, defaultValue: FLOWS }) first: number | null,
  ): Promise<CustodyFlowType[]> {
    const request = { modelId, from, to, first: first ?? FLOWS }
    spendPage(context, request.first)
    const flows = await ask(this.transaction, (sql) => custodyFlows(sql, request))
    const owners = new EntitySet(
      'Owner',
      flows.flatMap(({ fromId, toId }) => [fromId, toId]),
    )
    return flows.map((flow) => ({ ...flow, owners }))
  }

  @FieldResolver(() => Owner)
  from(
    @Root() { owners, fromId }: CustodyFlowType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return owners.one(fromId, context, info)
  }

  @FieldResolver(() => Owner)
  to(
    @Root() { owners, toId }: CustodyFlowType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return owners.one(toId, context, info)
  }
}
