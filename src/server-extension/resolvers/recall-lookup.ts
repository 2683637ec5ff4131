import type { Context } from '@subsquid/openreader/lib/context'
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql'
import { type RecallLookup, recallLookup } from '../../query/recall-lookup'
import { countRecallConsignees, recallConsignees } from '../../query/recall-lookup/consignees'
import { countCannotTell, type RecallCounts, recallCounts } from '../../query/recall-lookup/counts'
import { recallIncoming } from '../../query/recall-lookup/incoming'
import { recallLots } from '../../query/recall-lookup/lots'
import type { RecallMatch } from '../../query/recall-lookup/matching-units'
import { recallScopeValues } from '../../query/recall-lookup/scope-values'
import { ownersOfTier, recallTiers } from '../../query/recall-lookup/tiers'
import type { UnitDisposition } from '../../query/recall-lookup/unit-states'
import { countRecallUnits, recallUnits } from '../../query/recall-lookup/units'
import { recallUnmatched } from '../../query/recall-lookup/unmatched'
import type { Sql } from '../../query/sql'
import { ask, type OpenTransaction } from '../ask'
import { EntitySet } from '../entity-set'
import { spendPage, spendQuestion } from '../size-limit'
import { AsOfInput } from '../types/as-of'
import { type Connection, toConnection } from '../types/connection'
import {
  ConsigneeConnection,
  type ConsigneeType,
  DispositionCountType,
  IncomingReceiverType,
  LotCountType,
  RecallLookupType,
  RecallMatchEnum,
  type RecallTouchedUnitType,
  RecallUnitConnection,
  ScopeValueType,
  UnitDispositionEnum,
  UnmatchedScopeValueType,
} from '../types/recall-lookup'
import { RecallScopeInput } from '../types/recall-scope'

const PAGE_SIZE = 100

/** Two fields of an answer are read from the same counts. */
const counted = new WeakMap<RecallLookup, Promise<RecallCounts>>()

/** The tiers of all consignees, for the rows of every page and the choice of a tier. */
const tiered = new WeakMap<RecallLookup, Promise<ReadonlyMap<string, number>>>()

@Resolver(() => RecallLookupType)
export class RecallLookupResolver {
  constructor(private readonly transaction: OpenTransaction) {}

  @Query(() => RecallLookupType, {
    description: 'Which units does this scope touch, and who holds or held them?',
  })
  recallLookup(
    @Arg('scope', () => RecallScopeInput) scope: RecallScopeInput,
    @Arg('asOf', () => AsOfInput, { nullable: true }) asOf?: AsOfInput | null,
  ): Promise<RecallLookup> {
    return ask(this.transaction, (sql) => recallLookup(sql, { scope, asOf: asOf ?? null }))
  }

  @FieldResolver(() => Int, { description: 'Units certainly in scope.' })
  async inScope(@Root() lookup: RecallLookup): Promise<number> {
    return (await this.counts(lookup)).inScope
  }

  @FieldResolver(() => Int, {
    description:
      'Units that the record cannot exclude: the attribute the scope asks for is missing.',
  })
  cannotTell(@Root() lookup: RecallLookup, @Ctx() context: Context): Promise<number> {
    return this.count(context, (sql) => countCannotTell(sql, lookup))
  }

  @FieldResolver(() => [DispositionCountType], {
    description: 'Units in scope; every disposition, also those with none.',
  })
  async byDisposition(@Root() lookup: RecallLookup): Promise<DispositionCountType[]> {
    return (await this.counts(lookup)).byDisposition
  }

  @FieldResolver(() => [LotCountType], { description: 'Units in scope, largest lot first.' })
  byLot(@Root() lookup: RecallLookup, @Ctx() context: Context): Promise<LotCountType[]> {
    return this.list(context, (sql) => recallLots(sql, lookup))
  }

  @FieldResolver(() => [UnmatchedScopeValueType], {
    description: 'Every scope value that matched nothing or was refused, with the reason.',
  })
  unmatched(
    @Root() lookup: RecallLookup,
    @Ctx() context: Context,
  ): Promise<UnmatchedScopeValueType[]> {
    return this.list(context, (sql) => recallUnmatched(sql, lookup))
  }

  @FieldResolver(() => [ScopeValueType], {
    description: 'How many units in scope each usable model, lot, serial and device id brought.',
  })
  scopeValues(@Root() lookup: RecallLookup, @Ctx() context: Context): Promise<ScopeValueType[]> {
    return this.list(context, (sql) => recallScopeValues(sql, lookup))
  }

  @FieldResolver(() => [IncomingReceiverType], {
    description: 'Whom units in scope are on the way to, and who never received one.',
  })
  async incoming(
    @Root() lookup: RecallLookup,
    @Ctx() context: Context,
  ): Promise<IncomingReceiverType[]> {
    const rows = await this.list(context, (sql) => recallIncoming(sql, lookup))
    const owners = new EntitySet(
      'Owner',
      rows.map(({ ownerId }) => ownerId),
    )
    return rows.map((row) => ({ ...row, owners }))
  }

  @FieldResolver(() => ConsigneeConnection, {
    description: 'Who holds, or ever held, units in scope; in the order of addresses.',
  })
  async consignees(
    @Root() lookup: RecallLookup,
    @Ctx() context: Context,
    @Arg('first', () => Int, { nullable: true, defaultValue: PAGE_SIZE }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
    @Arg('tier', () => Int, { nullable: true, description: 'Only those of this tier.' })
    tier?: number | null,
  ): Promise<Connection<ConsigneeType>> {
    spendPage(context, first ?? PAGE_SIZE)
    const tiers = () => this.tiers(lookup)
    const ownerIds =
      tier == null
        ? null
        : await ask(this.transaction, async () => ownersOfTier(await tiers(), tier))
    const request = { first: first ?? PAGE_SIZE, after, ownerIds }
    const page = await ask(this.transaction, (sql) => recallConsignees(sql, lookup, request))
    const owners = new EntitySet(
      'Owner',
      page.edges.map(({ node }) => node.ownerId),
    )
    return toConnection(
      page,
      (row) => ({ ...row, owners, tiers }),
      () => this.count(context, (sql) => countRecallConsignees(sql, lookup, request)),
    )
  }

  @FieldResolver(() => RecallUnitConnection, { description: 'In the order of device ids.' })
  async units(
    @Root() lookup: RecallLookup,
    @Ctx() context: Context,
    @Arg('first', () => Int, { nullable: true, defaultValue: PAGE_SIZE }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
    @Arg('disposition', () => UnitDispositionEnum, { nullable: true })
    disposition?: UnitDisposition | null,
    @Arg('match', () => RecallMatchEnum, { nullable: true, defaultValue: 'IN_SCOPE' })
    match?: RecallMatch | null,
  ): Promise<Connection<RecallTouchedUnitType>> {
    const request = { first: first ?? PAGE_SIZE, after, disposition, match }
    spendPage(context, request.first)
    const page = await ask(this.transaction, (sql) => recallUnits(sql, lookup, request))
    const rows = page.edges.map(({ node }) => node)
    const devices = new EntitySet(
      'Device',
      rows.map(({ deviceId }) => deviceId),
    )
    const parties = rows.flatMap(({ holderId, inTransitToId }) => [holderId, inTransitToId])
    const owners = new EntitySet(
      'Owner',
      parties.filter((id) => id !== null),
    )
    return toConnection(
      page,
      (row) => ({ ...row, devices, owners }),
      () => this.count(context, (sql) => countRecallUnits(sql, lookup, request)),
    )
  }

  private counts(lookup: RecallLookup): Promise<RecallCounts> {
    const known = counted.get(lookup)
    if (known !== undefined) return known
    const counting = ask(this.transaction, (sql) => recallCounts(sql, lookup))
    counted.set(lookup, counting)
    return counting
  }

  private tiers(lookup: RecallLookup): Promise<ReadonlyMap<string, number>> {
    const known = tiered.get(lookup)
    if (known !== undefined) return known
    const found = ask(this.transaction, (sql) => recallTiers(sql, lookup))
    tiered.set(lookup, found)
    return found
  }

  private count(context: Context, question: (sql: Sql) => Promise<number>): Promise<number> {
    spendQuestion(context)
    return ask(this.transaction, question)
  }

  private list<Row>(context: Context, question: (sql: Sql) => Promise<Row[]>): Promise<Row[]> {
    spendQuestion(context)
    return ask(this.transaction, question)
  }
}
