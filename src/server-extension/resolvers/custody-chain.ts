import type { Context } from '@subsquid/openreader/lib/context'
import type { GraphQLResolveInfo } from 'graphql'
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import { type CustodyChain, custodyChain } from '../../query/custody-chain'
import { ask, type OpenTransaction } from '../ask'
import { type EntityRow, EntitySet } from '../entity-set'
import { AsOfInput, BlockRef } from '../types/as-of'
import { Anomaly, CustodyPeriod, Device } from '../types/entities'

@ObjectType('CustodyChain')
export class CustodyChainType {
  @Field(() => BlockRef)
  asOf!: BlockRef
}

/**
 * The entity rows know the present: of a period that ended after the block of the answer, they show
 * the end.
 */
const STILL_OPEN = {
  untilBlock: null,
  untilLogIndex: null,
  until: null,
  untilTxHash: null,
  endedByBurn: false,
}

@Resolver(() => CustodyChainType)
export class CustodyChainResolver {
  constructor(private readonly transaction: OpenTransaction) {}

  @Query(() => CustodyChainType, {
    description:
      'Who held a device, in order, up to a point. Gaps and anomalies are shown, not hidden.',
  })
  custodyChain(
    @Arg('deviceId', () => ID) deviceId: string,
    @Arg('asOf', () => AsOfInput, { nullable: true }) asOf?: AsOfInput | null,
  ): Promise<CustodyChain> {
    return ask(this.transaction, (sql) => custodyChain(sql, { deviceId, asOf: asOf ?? null }))
  }

  @FieldResolver(() => Device, { description: 'As it is now.' })
  device(
    @Root() { deviceId }: CustodyChain,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return new EntitySet('Device', [deviceId]).one(deviceId, context, info)
  }

  @FieldResolver(() => [CustodyPeriod], {
    description: 'A period that ended after the block of the answer shows no end.',
  })
  async periods(
    @Root() { periods }: CustodyChain,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow[]> {
    const rows = new EntitySet(
      'CustodyPeriod',
      periods.map(({ id }) => id),
    )
    const entities = await rows.all(context, info)
    return entities.map((row, n) => (periods[n]?.until ? row : { ...row, ...STILL_OPEN }))
  }

  @FieldResolver(() => [Anomaly], { description: 'Of this device, up to the block of the answer.' })
  anomalies(
    @Root() { anomalies }: CustodyChain,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow[]> {
    return new EntitySet(
      'Anomaly',
      anomalies.map(({ id }) => id),
    ).all(context, info)
  }
}
