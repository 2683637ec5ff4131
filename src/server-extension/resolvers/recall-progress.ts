import type { Context } from '@subsquid/openreader/lib/context'
import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, FieldResolver, Float, ID, Info, Int, Query, Resolver, Root } from 'type-graphql'
import { recallProgress } from '../../query/recall-progress'
import { countScopesWithoutEffect } from '../../query/recall-progress/counts'
import { countMadeInLots } from '../../query/recall-progress/lots'
import { ask, type OpenTransaction } from '../ask'
import { DateTime } from '../date-time-scalar'
import { type EntityRow, EntitySet } from '../entity-set'
import { RecallProgressAnswer } from '../recall-progress-answer'
import { AsOfInput } from '../types/as-of'
import { Recall } from '../types/entities'
import { DispositionCountType } from '../types/recall-lookup'
import { RecallProgressType, RecallStatusEnum, ResolutionCountType } from '../types/recall-progress'

/** The recall as a whole; its lists are in recall-progress-lists.ts. */
@Resolver(() => RecallProgressType)
export class RecallProgressResolver {
  constructor(private readonly transaction: OpenTransaction) {}

  @Query(() => RecallProgressType, {
    description: 'How an issued recall is going: units by resolution, and moves that broke it.',
  })
  async recallProgress(
    @Arg('recallId', () => ID) recallId: string,
    @Arg('asOf', () => AsOfInput, { nullable: true }) asOf?: AsOfInput | null,
  ): Promise<RecallProgressAnswer> {
    const question = { recallId, asOf: asOf ?? null }
    const progress = await ask(this.transaction, (sql) => recallProgress(sql, question))
    return new RecallProgressAnswer(progress, this.transaction)
  }

  @FieldResolver(() => Recall, { description: 'As it is now.' })
  recall(
    @Root() { progress: { recallId } }: RecallProgressAnswer,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EntityRow | undefined> {
    return new EntitySet('Recall', [recallId]).one(recallId, context, info)
  }

  @FieldResolver(() => RecallStatusEnum, { description: 'At the block of the answer.' })
  status(@Root() { closedAt }: RecallProgressAnswer): 'OPEN' | 'CLOSED' {
    return closedAt === null ? 'OPEN' : 'CLOSED'
  }

  @FieldResolver(() => Int, { description: 'Units that had come under the recall.' })
  async units(@Root() answer: RecallProgressAnswer, @Ctx() context: Context): Promise<number> {
    return (await answer.reconciliation(context)).units
  }

  @FieldResolver(() => Int, {
    description: 'Returned, corrected or destroyed, 21 CFR 7.53(b)(4).',
  })
  async reconciled(@Root() answer: RecallProgressAnswer, @Ctx() context: Context): Promise<number> {
    return (await answer.reconciliation(context)).reconciled
  }

  @FieldResolver(() => Int, {
    description:
      'All others, also those only acknowledged or not found; unaccountedUnits lists them.',
  })
  async unaccounted(
    @Root() answer: RecallProgressAnswer,
    @Ctx() context: Context,
  ): Promise<number> {
    return (await answer.reconciliation(context)).unaccounted
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'Rounded down to a tenth: 100 means every unit. Absent where there is none.',
  })
  async percentReconciled(
    @Root() answer: RecallProgressAnswer,
    @Ctx() context: Context,
  ): Promise<number | null> {
    return (await answer.reconciliation(context)).percentReconciled
  }

  @FieldResolver(() => [ResolutionCountType], {
    description: 'By latest resolution; every kind, also those with none.',
  })
  async byResolution(
    @Root() answer: RecallProgressAnswer,
    @Ctx() context: Context,
  ): Promise<ResolutionCountType[]> {
    return (await answer.reconciliation(context)).byResolution
  }

  @FieldResolver(() => [DispositionCountType], {
    description: 'Where the units are; every disposition, also those with none.',
  })
  async byDisposition(
    @Root() answer: RecallProgressAnswer,
    @Ctx() context: Context,
  ): Promise<DispositionCountType[]> {
    return (await answer.whereabouts(context)).byDisposition
  }

  @FieldResolver(() => Int, {
    description: 'Units that ever left their manufacturer, 21 CFR 806.10(c)(9).',
  })
  async distributed(
    @Root() answer: RecallProgressAnswer,
    @Ctx() context: Context,
  ): Promise<number> {
    return (await answer.whereabouts(context)).distributed
  }

  @FieldResolver(() => Int, {
    description:
      'Units on record made in the lots of the recall, under it or not, 21 CFR 806.10(c)(9).',
  })
  madeInLots(@Root() answer: RecallProgressAnswer, @Ctx() context: Context): Promise<number> {
    return answer.put(context, countMadeInLots)
  }

  @FieldResolver(() => Int, {
    description:
      'Lots, serials and whole models that it names without effect, because they were stated ' +
      'before its issue or after its closing: units may be missing from it.',
  })
  scopesWithoutEffect(
    @Root() answer: RecallProgressAnswer,
    @Ctx() context: Context,
  ): Promise<number> {
    return answer.put(context, countScopesWithoutEffect)
  }

  @FieldResolver(() => Int, { description: 'Who ever received one of its units.' })
  async consigneesTotal(
    @Root() answer: RecallProgressAnswer,
    @Ctx() context: Context,
  ): Promise<number> {
    return (await answer.consigneeTotals(context)).total
  }

  @FieldResolver(() => Int, {
    description:
      'Of these, who reported a unit themselves; the rest are the non-responders of ' +
      '21 CFR 7.53(b)(3).',
  })
  async consigneesResponded(
    @Root() answer: RecallProgressAnswer,
    @Ctx() context: Context,
  ): Promise<number> {
    return (await answer.consigneeTotals(context)).responded
  }

  @FieldResolver(() => Int, { description: 'Of these, with no unit unaccounted.' })
  async consigneesCompleted(
    @Root() answer: RecallProgressAnswer,
    @Ctx() context: Context,
  ): Promise<number> {
    return (await answer.consigneeTotals(context)).completed
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'First report of a consignee of what became of a unit.',
  })
  async firstRespondedAt(
    @Root() answer: RecallProgressAnswer,
    @Ctx() context: Context,
  ): Promise<Date | null> {
    return (await answer.consigneeTotals(context)).firstRespondedAt
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: 'Latest report of a consignee of what became of a unit.',
  })
  async lastRespondedAt(
    @Root() answer: RecallProgressAnswer,
    @Ctx() context: Context,
  ): Promise<Date | null> {
    return (await answer.consigneeTotals(context)).lastRespondedAt
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'From the issue of the recall to the latest report of a consignee.',
  })
  async secondsToLastResponse(
    @Root() answer: RecallProgressAnswer,
    @Ctx() context: Context,
  ): Promise<number | null> {
    const { lastRespondedAt } = await answer.consigneeTotals(context)
    if (lastRespondedAt === null) return null
    return Math.round((lastRespondedAt.getTime() - answer.issuedAt.getTime()) / 1000)
  }

  @FieldResolver(() => Int, { description: 'Moves that broke the recall.' })
  async breaches(@Root() answer: RecallProgressAnswer, @Ctx() context: Context): Promise<number> {
    return (await answer.moveCounts(context)).breaches
  }
}
