import type { Context } from '@subsquid/openreader/lib/context'
import type { GraphQLResolveInfo } from 'graphql'
import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql'
import type { EntityRow } from '../entity-set'
import { Device, Owner } from '../types/entities'
import { ConsigneeProgressType, MoveAfterRecallType } from '../types/recall-progress'

/** The entities that the rows of a recall's progress refer to: loaded for a whole page at once. */

@Resolver(() => ConsigneeProgressType)
export class ConsigneeProgressResolver {
  @FieldResolver(() => Owner)
  owner(
    @Root() { owners, ownerId }: ConsigneeProgressType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return owners.one(ownerId, context, info)
  }
}

@Resolver(() => MoveAfterRecallType)
export class MoveAfterRecallResolver {
  @FieldResolver(() => Device, { description: 'As it is now.' })
  device(
    @Root() { devices, deviceId }: MoveAfterRecallType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return devices.one(deviceId, context, info)
  }

  @FieldResolver(() => Owner, {
    nullable: true,
    description: 'Who held it before, as the record has it; absent where nobody did.',
  })
  from(
    @Root() { owners, fromId }: MoveAfterRecallType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return owners.one(fromId, context, info)
  }

  @FieldResolver(() => Owner, { nullable: true, description: 'Absent for a burn.' })
  to(
    @Root() { owners, toId }: MoveAfterRecallType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return owners.one(toId, context, info)
  }
}
