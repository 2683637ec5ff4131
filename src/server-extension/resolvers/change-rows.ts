import type { Context } from '@subsquid/openreader/lib/context'
import type { GraphQLResolveInfo } from 'graphql'
import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql'
import type { EntityRow } from '../entity-set'
import { ChangeType } from '../types/changes'
import { Anomaly, CustodyPeriod, Device, DeviceEvent, Owner } from '../types/entities'

/** The entities that changes refer to: loaded for all rows of a page at once. */
@Resolver(() => ChangeType)
export class ChangeRowsResolver {
  @FieldResolver(() => Device, {
    nullable: true,
    description: 'As it is now; absent where the change is about no device.',
  })
  device(
    @Root() { rows, deviceId }: ChangeType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return rows.devices.one(deviceId, context, info)
  }

  @FieldResolver(() => DeviceEvent, { nullable: true, description: 'Of an EVENT.' })
  event(
    @Root() { rows, kind, rowId }: ChangeType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return rows.events.one(kind === 'EVENT' ? rowId : null, context, info)
  }

  @FieldResolver(() => CustodyPeriod, {
    nullable: true,
    description: 'The period that a MINT or MOVE begins and a BURN ends, as it is now.',
  })
  period(
    @Root() { rows, kind, rowId }: ChangeType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    const isMove = kind === 'MINT' || kind === 'MOVE' || kind === 'BURN'
    return rows.periods.one(isMove ? rowId : null, context, info)
  }

  @FieldResolver(() => Anomaly, { nullable: true, description: 'Of an ANOMALY.' })
  anomaly(
    @Root() { rows, kind, rowId }: ChangeType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return rows.anomalies.one(kind === 'ANOMALY' ? rowId : null, context, info)
  }

  @FieldResolver(() => Owner, {
    nullable: true,
    description: 'Who held the device until this move; absent where nobody did.',
  })
  from(
    @Root() { rows, fromId }: ChangeType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return rows.owners.one(fromId, context, info)
  }

  @FieldResolver(() => Owner, {
    nullable: true,
    description: 'Who holds the device from this move on; absent for a burn.',
  })
  to(
    @Root() { rows, toId }: ChangeType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return rows.owners.one(toId, context, info)
  }
}
