import { deviceColumns, ownerColumns } from '../columns/entity-columns'
import { RECALL_UNITS, type RecallUnit } from '../questions/recall-lookup'
import { number, type Sheet, sheet, text } from '../report/report'
import { allPages, PAGE_SIZE } from '../server/pages'
import type { PinnedBlock } from '../server/pinned-block'
import type { Server } from '../server/server'
import type { AskedGroup } from './scope-groups'

interface UnitRow extends RecallUnit {
  readonly group: number
  readonly match: Match
}

/** Also the units that the record cannot exclude: somebody has to look at them. */
const MATCHES = ['IN_SCOPE', 'CANNOT_TELL'] as const
type Match = (typeof MATCHES)[number]

/** The units of each scope, and where they were at the block of the answer. */
export function unitSheet(
  server: Server,
  groups: readonly AskedGroup[],
  pinned: PinnedBlock,
): Sheet {
  const columns = [
    number<UnitRow>('group', ({ group }) => group),
    text<UnitRow>('match', ({ match }) => match),
    ...deviceColumns<UnitRow>(({ device }) => device),
    text<UnitRow>('disposition', ({ disposition }) => disposition),
    ...ownerColumns<UnitRow>('holder', ({ holder }) => holder),
    ...ownerColumns<UnitRow>('inTransitTo', ({ inTransitTo }) => inTransitTo),
  ]
  return sheet('units', columns, rowsOf(server, groups, pinned))
}

async function* rowsOf(
  server: Server,
  groups: readonly AskedGroup[],
  pinned: PinnedBlock,
): AsyncGenerator<UnitRow[]> {
  for (const { group, scope } of groups) {
    for (const match of MATCHES) {
      const pages = allPages(async (after) => {
        const variables = { scope, asOf: pinned.asOf, first: PAGE_SIZE, after, match }
        const { recallLookup } = await server.ask(RECALL_UNITS, variables)
        pinned.check(recallLookup.asOf)
        const { nodes, pageInfo } = recallLookup.units
        return { nodes, ...pageInfo }
      })
      for await (const page of pages) yield page.map((unit) => ({ ...unit, group, match }))
    }
  }
}
