import type { Context } from '@subsquid/openreader/lib/context'
import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql'
import { IDENTIFIERS_MAX, lookupDevices } from '../../query/lookup-devices'
import { ask, type OpenTransaction } from '../ask'
import { type EntityRow, EntitySet } from '../entity-set'
import { spendQuestion } from '../size-limit'
import { DeviceLookupType } from '../types/device-lookup'
import { Device } from '../types/entities'

@Resolver(() => DeviceLookupType)
export class LookupDevicesResolver {
  constructor(private readonly transaction: OpenTransaction) {}

  @Query(() => [DeviceLookupType], {
    description: `Resolves up to ${IDENTIFIERS_MAX} identifiers; one row for each, in their order.`,
  })
  async lookupDevices(
    @Arg('identifiers', () => [String]) identifiers: string[],
    @Ctx() context: Context,
  ): Promise<DeviceLookupType[]> {
    // More are refused by name.
    if (identifiers.length <= IDENTIFIERS_MAX) spendQuestion(context, identifiers.length)
    const rows = await ask(this.transaction, (sql) => lookupDevices(sql, { identifiers }))
    const deviceIds = rows.flatMap(({ deviceId }) => deviceId ?? [])
    const devices = new EntitySet('Device', deviceIds)
    const candidates = new EntitySet(
      'Device',
      rows.flatMap(({ candidateIds }) => candidateIds),
    )
    return rows.map(({ parsed, ...row }) => ({
      ...row,
      parsed: { ...parsed, problems: [...parsed.problems] },
      devices,
      candidates,
    }))
  }

  @FieldResolver(() => Device, {
    nullable: true,
    description: 'The one device that answers; of a duplicate row that of the first.',
  })
  device(
    @Root() { devices, deviceId }: DeviceLookupType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> | undefined {
    return deviceId === null ? undefined : devices.one(deviceId, context, info)
  }

  @FieldResolver(() => [Device], {
    description: 'Devices that answer, at most 100 of a row or of a lot or model.',
  })
  candidates(
    @Root() { candidates, candidateIds }: DeviceLookupType,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow[]> {
    return candidates.some(candidateIds, context, info)
  }
}
