import { ownerColumns } from '../columns/entity-columns'
import type { Owner } from '../questions/entities'
import { type Consignee, RECALL_CONSIGNEES } from '../questions/recall-lookup'
import { number, type Sheet, sheet, text, time } from '../report/report'
import { allPages, PAGE_SIZE } from '../server/pages'
import type { PinnedBlock } from '../server/pinned-block'
import type { Server } from '../server/server'
import type { AskedGroup } from './scope-groups'

/** A party that a recall team has to write to. */
interface ConsigneeRow {
  readonly group: number
  /** `INCOMING`: units are on the way to it, and it never received one. */
  readonly relation: 'CONSIGNEE' | 'INCOMING'
  readonly owner: Owner
  readonly tier: number | null
  readonly unitsHeld: number
  readonly unitsInTransit: number
  readonly unitsEverReceived: number
  readonly firstReceivedAt: string | null
  readonly lastReceivedAt: string | null
}

/**
 * Who received units in scope, present and past, with counts and dates, 21 CFR 806.10(c)(11); and
 * after them, whom units are on the way to.
 *
 * @param most rows of each group; all of them, if absent
 */
export function consigneeSheet(
  server: Server,
  groups: readonly AskedGroup[],
  pinned: PinnedBlock,
  most = Number.POSITIVE_INFINITY,
): Sheet {
  const columns = [
    number<ConsigneeRow>('group', ({ group }) => group),
    text<ConsigneeRow>('relation', ({ relation }) => relation),
    ...ownerColumns<ConsigneeRow>('consignee', ({ owner }) => owner),
    number<ConsigneeRow>('tier', ({ tier }) => tier),
    number<ConsigneeRow>('unitsHeld', ({ unitsHeld }) => unitsHeld),
    number<ConsigneeRow>('unitsInTransit', ({ unitsInTransit }) => unitsInTransit),
    number<ConsigneeRow>('unitsEverReceived', ({ unitsEverReceived }) => unitsEverReceived),
    time<ConsigneeRow>('firstReceivedAt', ({ firstReceivedAt }) => firstReceivedAt),
    time<ConsigneeRow>('lastReceivedAt', ({ lastReceivedAt }) => lastReceivedAt),
  ]
  return sheet('consignees', columns, rowsOf(server, groups, pinned, most))
}

async function* rowsOf(
  server: Server,
  groups: readonly AskedGroup[],
  pinned: PinnedBlock,
  most: number,
): AsyncGenerator<ConsigneeRow[]> {
  for (const asked of groups) {
    let left = most
    for await (const page of consigneePages(server, asked, pinned, Math.min(most, PAGE_SIZE))) {
      yield page.slice(0, left).map((row) => consigneeRow(asked.group, row))
      left -= page.length
      if (left <= 0) break
    }
    yield incomingRows(asked)
  }
}

function consigneePages(server: Server, { scope }: AskedGroup, pinned: PinnedBlock, first: number) {
  return allPages(async (after) => {
    const variables = { scope, asOf: pinned.asOf, first, after }
    const { recallLookup } = await server.ask(RECALL_CONSIGNEES, variables)
    pinned.check(recallLookup.asOf)
    const { nodes, pageInfo } = recallLookup.consignees
    return { nodes, ...pageInfo }
  })
}

function consigneeRow(group: number, consignee: Consignee): ConsigneeRow {
  return { group, relation: 'CONSIGNEE', ...consignee }
}

function incomingRows({ group, overview }: AskedGroup): ConsigneeRow[] {
  return overview.incoming.map(({ owner, unitsInTransit }) => ({
    group,
    relation: 'INCOMING',
    owner,
    tier: null,
    unitsHeld: 0,
    unitsInTransit,
    unitsEverReceived: 0,
    firstReceivedAt: null,
    lastReceivedAt: null,
  }))
}
