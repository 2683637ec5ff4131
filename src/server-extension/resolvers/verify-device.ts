import type { Context } from '@subsquid/openreader/lib/context'
import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql'
import { type DeviceVerification, verifyDevice } from '../../query/verify-device'
import { ask, type OpenTransaction } from '../ask'
import { type EntityRow, EntitySet } from '../entity-set'
import { DeviceClaimsInput, DeviceVerificationType } from '../types/device-verification'
import { Device, Recall } from '../types/entities'

@Resolver(() => DeviceVerificationType)
export class VerifyDeviceResolver {
  constructor(private readonly transaction: OpenTransaction) {}

  @Query(() => DeviceVerificationType, {
    description: 'Is this unit genuine? Takes anything a person can scan or type.',
  })
  verifyDevice(
    @Arg('identifier', () => String) identifier: string,
    @Arg('claims', () => DeviceClaimsInput, { nullable: true }) claims?: DeviceClaimsInput | null,
  ): Promise<DeviceVerification> {
    return ask(this.transaction, (sql) => verifyDevice(sql, { identifier, claims: claims ?? null }))
  }

  @FieldResolver(() => Device, {
    nullable: true,
    description: 'The one device that answers; absent for INVALID, UNKNOWN and AMBIGUOUS.',
  })
  device(
    @Root() { deviceId, candidateIds }: DeviceVerification,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return new EntitySet('Device', candidateIds).one(deviceId, context, info)
  }

  @FieldResolver(() => [Device], {
    description: 'All devices that answer, in token order; of a lot or a model at most 100.',
  })
  candidates(
    @Root() { candidateIds }: DeviceVerification,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow[]> {
    return new EntitySet('Device', candidateIds).all(context, info)
  }

  @FieldResolver(() => [Recall], {
    description:
      'Recalls that are open and name a device that answers. Look here whatever the verdict is: ' +
      'a suspect unit is under its recall all the same.',
  })
  openRecalls(
    @Root() { openRecallIds }: DeviceVerification,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow[]> {
    return new EntitySet('Recall', openRecallIds).all(context, info)
  }
}
