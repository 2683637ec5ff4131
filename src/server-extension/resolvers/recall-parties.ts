import type { Context } from '@subsquid/openreader/lib/context'
import type { GraphQLResolveInfo } from 'graphql'
import { Ctx, FieldResolver, Info, Int, Resolver, Root } from 'type-graphql'
import type { EntityRow } from '../entity-set'
import { Device, Owner } from '../types/entities'
import { ConsigneeType, IncomingReceiverType, RecallTouchedUnitType } from '../types/recall-lookup'

/**
 * The entities that the rows of a recall answer refer to: loaded for all rows of a page at once.
 */

@Resolver(() => ConsigneeType)
export class ConsigneeResolver {
  @FieldResolver(() => Owner)
  owner(
    @Root() { owners, ownerId }: ConsigneeType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return owners.one(ownerId, context, info)
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'Distance from the makers of the units in scope: 1 received one from its maker, 2 from a ' +
      'party of tier 1 and none from a maker, and so on.',
  })
  async tier(@Root() { tiers, ownerId }: ConsigneeType): Promise<number | undefined> {
    return (await tiers()).get(ownerId)
  }
}

@Resolver(() => IncomingReceiverType)
export class IncomingReceiverResolver {
  @FieldResolver(() => Owner)
  owner(
    @Root() { owners, ownerId }: IncomingReceiverType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return owners.one(ownerId, context, info)
  }
}

@Resolver(() => RecallTouchedUnitType)
export class RecallTouchedUnitResolver {
  @FieldResolver(() => Device, { description: 'As it is now.' })
  device(
    @Root() { devices, deviceId }: RecallTouchedUnitType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return devices.one(deviceId, context, info)
  }

  @FieldResolver(() => Owner, {
    nullable: true,
    description: 'At the block of the answer; absent when decommissioned.',
  })
  holder(
    @Root() { owners, holderId }: RecallTouchedUnitType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return owners.one(holderId, context, info)
  }

  @FieldResolver(() => Owner, {
    nullable: true,
    description: 'Receiver of an open hand-off, at the block of the answer.',
  })
  inTransitTo(
    @Root() { owners, inTransitToId }: RecallTouchedUnitType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return owners.one(inTransitToId, context, info)
  }
}
