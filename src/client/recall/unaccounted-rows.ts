import { deviceColumns, ownerColumns } from '../columns/entity-columns'
import { UNACCOUNTED_UNITS, type UnaccountedUnit } from '../questions/recall-progress'
import { type Sheet, sheet, text, time } from '../report/report'
import { allPages, PAGE_SIZE } from '../server/pages'
import type { PinnedBlock } from '../server/pinned-block'
import type { Server } from '../server/server'

const COLUMNS = [
  ...deviceColumns<UnaccountedUnit>(({ unit }) => unit.device),
  text<UnaccountedUnit>('disposition', ({ unit }) => unit.disposition),
  ...ownerColumns<UnaccountedUnit>('holder', ({ unit }) => unit.holder),
  ...ownerColumns<UnaccountedUnit>('inTransitTo', ({ unit }) => unit.inTransitTo),
  text<UnaccountedUnit>('resolution', ({ resolution }) => resolution ?? 'nothing reported'),
  time<UnaccountedUnit>('reportedAt', ({ resolvedAt }) => resolvedAt),
]

/** The units of an issued recall that are not reconciled, and where they are: those to fetch. */
export function unaccountedSheet(server: Server, recallId: string, pinned: PinnedBlock): Sheet {
  const pages = allPages(async (after) => {
    const variables = { recallId, asOf: pinned.asOf, first: PAGE_SIZE, after }
    const { recallProgress } = await server.ask(UNACCOUNTED_UNITS, variables)
    pinned.check(recallProgress.asOf)
    const { nodes, pageInfo } = recallProgress.unaccountedUnits
    return { nodes, ...pageInfo }
  })
  return sheet('unaccountedUnits', COLUMNS, pages)
}
