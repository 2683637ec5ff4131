import type { Context } from '@subsquid/openreader/lib/context'
import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, FieldResolver, ID, Info, Int, Query, Resolver, Root } from 'type-graphql'
import type { AnswerBlock } from '../../query/as-of'
import { countHoldings, holdings } from '../../query/holdings'
import { ask, type OpenTransaction } from '../ask'
import { type EntityRow, EntitySet } from '../entity-set'
import { spendPage, spendQuestion } from '../size-limit'
import { AsOfInput, BlockRef } from '../types/as-of'
import { type Connection, toConnection } from '../types/connection'
import { Device, Owner } from '../types/entities'
import { HoldingConnection, HoldingType } from '../types/holdings'

const PAGE_SIZE = 100

interface HeldByOwner extends Connection<HoldingType> {
  ownerId: string
  asOf: AnswerBlock
}

@Resolver(() => HoldingConnection)
export class HoldingsResolver {
  constructor(private readonly transaction: OpenTransaction) {}

  @Query(() => HoldingConnection, {
    description:
      'What an owner held at a point, in the order of device ids. An address that never held ' +
      'anything holds nothing. To read all pages of one point, give the block of the first ' +
      'answer as asOf for the others.',
  })
  async holdings(
    @Ctx() context: Context,
    @Arg('ownerId', () => ID) ownerId: string,
    @Arg('asOf', () => AsOfInput, { nullable: true }) asOf: AsOfInput | null | undefined,
    @Arg('first', () => Int, { nullable: true, defaultValue: PAGE_SIZE }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<HeldByOwner> {
    const request = { ownerId, asOf: asOf ?? null, first: first ?? PAGE_SIZE, after }
    spendPage(context, request.first)
    const held = await ask(this.transaction, (sql) => holdings(sql, request))
    const devices = new EntitySet(
      'Device',
      held.edges.map(({ node }) => node.deviceId),
    )
    const connection = toConnection(
      held,
      (row): HoldingType => ({ ...row, devices }),
      () => {
        spendQuestion(context)
        return ask(this.transaction, (sql) => countHoldings(sql, held))
      },
    )
    return Object.assign(connection, { ownerId: held.ownerId, asOf: held.asOf })
  }

  @FieldResolver(() => BlockRef)
  asOf(@Root() { asOf }: HeldByOwner): BlockRef {
    return asOf
  }

  @FieldResolver(() => Owner, {
    nullable: true,
    description: 'As it is now; absent where the address is not on record at all.',
  })
  owner(
    @Root() { ownerId }: HeldByOwner,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return new EntitySet('Owner', [ownerId]).one(ownerId, context, info)
  }
}

@Resolver(() => HoldingType)
export class HoldingResolver {
  @FieldResolver(() => Device, { description: 'As it is now.' })
  device(
    @Root() { devices, deviceId }: HoldingType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return devices.one(deviceId, context, info)
  }
}
