import type { Context } from '@subsquid/openreader/lib/context'
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql'
import { type Change, type ChangeKind, changes, countChanges } from '../../query/changes'
import { ask, type OpenTransaction } from '../ask'
import { EntitySet } from '../entity-set'
import { spendPage, spendQuestion } from '../size-limit'
import { ChangeConnectionType, type ChangedRows, type ChangeType } from '../types/changes'
import { toConnection } from '../types/connection'

const PAGE_SIZE = 100

@Resolver(() => ChangeConnectionType)
export class ChangesResolver {
  constructor(private readonly transaction: OpenTransaction) {}

  @Query(() => ChangeConnectionType, {
    description:
      'Everything that happened after a cursor, oldest first: one cheap poll for dashboards. ' +
      'Poll with the endCursor of the answer before; without a cursor it begins with the first ' +
      'change on record. See undoneAfter for forks.',
  })
  async changes(
    @Ctx() context: Context,
    @Arg('after', () => String, { nullable: true }) after: string | null | undefined,
    @Arg('first', () => Int, { nullable: true, defaultValue: PAGE_SIZE }) first: number | null,
    @Arg('fromHead', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'Begin now: no rows, and the endCursor for the first poll. Excludes after.',
    })
    fromHead?: boolean | null,
  ): Promise<ChangeConnectionType> {
    const request = { after, first: first ?? PAGE_SIZE, fromHead }
    spendPage(context, request.first)
    const page = await ask(this.transaction, (sql) => changes(sql, request))
    const rows = rowsOf(page.edges.map(({ node }) => node))
    const connection = toConnection(
      page,
      (node): ChangeType => ({ ...node, rows }),
      () => {
        spendQuestion(context)
        return ask(this.transaction, (sql) => countChanges(sql, request))
      },
    )
    connection.pageInfo.endCursor = page.endCursor
    return Object.assign(connection, { asOf: page.asOf, undoneAfter: page.undoneAfter })
  }
}

function rowsOf(changed: readonly Change[]): ChangedRows {
  const idsOf = (...kinds: ChangeKind[]) =>
    changed.filter(({ kind }) => kinds.includes(kind)).map(({ rowId }) => rowId)
  const present = (ids: readonly (string | null)[]) => ids.filter((id) => id !== null)
  return {
    devices: new EntitySet('Device', present(changed.map(({ deviceId }) => deviceId))),
    events: new EntitySet('DeviceEvent', idsOf('EVENT')),
    periods: new EntitySet('CustodyPeriod', idsOf('MINT', 'MOVE', 'BURN')),
    anomalies: new EntitySet('Anomaly', idsOf('ANOMALY')),
    owners: new EntitySet('Owner', present(changed.flatMap(({ fromId, toId }) => [fromId, toId]))),
  }
}
