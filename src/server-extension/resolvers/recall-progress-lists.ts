import type { Context } from '@subsquid/openreader/lib/context'
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import { countChosen } from '../../query/recall-progress/consignees'
import { countProgressLots, progressByLot } from '../../query/recall-progress/lots'
import { countChosenMoves, movesAfterRecall } from '../../query/recall-progress/moves'
import { unaccountedUnits } from '../../query/recall-progress/unaccounted-units'
import { EntitySet } from '../entity-set'
import type { RecallProgressAnswer } from '../recall-progress-answer'
import { type Connection, toConnection } from '../types/connection'
import {
  ConsigneeProgressConnection,
  type ConsigneeProgressType,
  LotProgressConnection,
  type LotProgressType,
  MoveAfterRecallConnection,
  type MoveAfterRecallType,
  RecallProgressType,
  UnaccountedUnitConnection,
  type UnaccountedUnitType,
} from '../types/recall-progress'

const PAGE_SIZE = 100

@Resolver(() => RecallProgressType)
export class RecallProgressListsResolver {
  @FieldResolver(() => LotProgressConnection, {
    description: 'In the order of the lots, units without one last.',
  })
  async byLot(
    @Root() answer: RecallProgressAnswer,
    @Ctx() context: Context,
    @Arg('first', () => Int, { nullable: true, defaultValue: PAGE_SIZE }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<LotProgressType>> {
    const request = { first: first ?? PAGE_SIZE, after }
    const page = await answer.put(
      context,
      (sql, progress) => progressByLot(sql, progress, request),
      request.first,
    )
    return toConnection(
      page,
      (row) => row,
      () => answer.put(context, countProgressLots),
    )
  }

  @FieldResolver(() => ConsigneeProgressConnection, {
    description:
      'Who ever received one of its units, in the order of addresses, 21 CFR 806.10(c)(11).',
  })
  async consignees(
    @Root() answer: RecallProgressAnswer,
    @Ctx() context: Context,
    @Arg('first', () => Int, { nullable: true, defaultValue: PAGE_SIZE }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
    @Arg('responded', () => Boolean, {
      nullable: true,
      description: 'Only those who reported themselves, or only those who did not.',
    })
    responded?: boolean | null,
  ): Promise<Connection<ConsigneeProgressType>> {
    const request = { first: first ?? PAGE_SIZE, after, responded }
    const page = await answer.consignees(context, request)
    const owners = new EntitySet(
      'Owner',
      page.edges.map(({ node }) => node.ownerId),
    )
    return toConnection(
      page,
      ({ units, ...row }) => ({
        ...row,
        unitsReceived: units,
        responded: row.firstRespondedAt !== null,
        owners,
      }),
      async () => countChosen(await answer.consigneeTotals(context), request),
    )
  }

  @FieldResolver(() => UnaccountedUnitConnection, {
    description: 'The units that are not reconciled, in the order of device ids.',
  })
  async unaccountedUnits(
    @Root() answer: RecallProgressAnswer,
    @Ctx() context: Context,
    @Arg('first', () => Int, { nullable: true, defaultValue: PAGE_SIZE }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<UnaccountedUnitType>> {
    const request = { first: first ?? PAGE_SIZE, after }
    const page = await answer.put(
      context,
      (sql, progress) => unaccountedUnits(sql, progress, request),
      request.first,
    )
    const units = page.edges.map(({ node }) => node.unit)
    const devices = new EntitySet(
      'Device',
      units.map(({ deviceId }) => deviceId),
    )
    const owners = ownersOf(
      units.flatMap(({ holderId, inTransitToId }) => [holderId, inTransitToId]),
    )
    return toConnection(
      page,
      ({ unit, ...row }) => ({ ...row, unit: { ...unit, devices, owners } }),
      async () => (await answer.reconciliation(context)).unaccounted,
    )
  }

  @FieldResolver(() => MoveAfterRecallConnection, {
    description: 'Token moves of its units while they were under the open recall, oldest first.',
  })
  async movesAfterRecall(
    @Root() answer: RecallProgressAnswer,
    @Ctx() context: Context,
    @Arg('first', () => Int, { nullable: true, defaultValue: PAGE_SIZE }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
    @Arg('breach', () => Boolean, {
      nullable: true,
      description: 'Only moves that broke the recall, or only those that carried it out.',
    })
    breach?: boolean | null,
  ): Promise<Connection<MoveAfterRecallType>> {
    const request = { first: first ?? PAGE_SIZE, after, breach }
    const page = await answer.put(
      context,
      (sql, progress) => movesAfterRecall(sql, progress, request),
      request.first,
    )
    const moves = page.edges.map(({ node }) => node)
    const devices = new EntitySet(
      'Device',
      moves.map(({ deviceId }) => deviceId),
    )
    const owners = ownersOf(moves.flatMap(({ fromId, toId }) => [fromId, toId]))
    return toConnection(
      page,
      (row) => ({ ...row, devices, owners }),
      async () => countChosenMoves(await answer.moveCounts(context), request),
    )
  }
}

function ownersOf(ids: readonly (string | null)[]): EntitySet {
  return new EntitySet(
    'Owner',
    ids.filter((id) => id !== null),
  )
}
