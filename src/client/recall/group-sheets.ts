import { number, type Sheet, sheet, text } from '../report/report'
import type { AskedGroup } from './scope-groups'

const DISPOSITIONS = [
  ['withManufacturer', 'WITH_MANUFACTURER'],
  ['inTransit', 'IN_TRANSIT'],
  ['inField', 'IN_FIELD'],
  ['returned', 'RETURNED'],
  ['decommissioned', 'DECOMMISSIONED'],
] as const

/** One row for each scope: how many units it touches, and where they are. */
export function totalsSheet(groups: readonly AskedGroup[]): Sheet {
  const columns = [
    number<AskedGroup>('group', ({ group }) => group),
    number<AskedGroup>('inScope', ({ overview }) => overview.inScope),
    number<AskedGroup>('cannotTell', ({ overview }) => overview.cannotTell),
    ...DISPOSITIONS.map(([key, disposition]) => {
      return number<AskedGroup>(key, (asked) => countOf(asked, disposition))
    }),
    number<AskedGroup>('unmatchedValues', ({ overview }) => overview.unmatched.length),
  ]
  return sheet('totals', columns, groups)
}

function countOf({ overview }: AskedGroup, wanted: string): number {
  return overview.byDisposition.find(({ disposition }) => disposition === wanted)?.count ?? 0
}

/** Units in scope, lot by lot. */
export function lotSheet(groups: readonly AskedGroup[]): Sheet {
  const rows = groups.flatMap(({ group, overview }) => {
    return overview.byLot.map((lot) => ({ group, ...lot }))
  })
  type Row = (typeof rows)[number]
  const columns = [
    number<Row>('group', ({ group }) => group),
    text<Row>('lot', ({ lot }) => lot || null),
    number<Row>('units', ({ count }) => count),
  ]
  return sheet('lots', columns, rows)
}

/** What each usable value of the scopes brought. */
export function valueSheet(groups: readonly AskedGroup[]): Sheet {
  const rows = groups.flatMap(({ group, overview }) => {
    return overview.scopeValues.map((value) => ({ group, ...value }))
  })
  type Row = (typeof rows)[number]
  const columns = [
    number<Row>('group', ({ group }) => group),
    text<Row>('field', ({ field }) => field),
    text<Row>('value', ({ value }) => value),
    number<Row>('units', ({ units }) => units),
    number<Row>('numbersNotOnRecord', ({ numbersNotOnRecord }) => {
      return numbersNotOnRecord === null ? null : Number(numbersNotOnRecord)
    }),
  ]
  return sheet('values', columns, rows)
}

/** Scope values that matched nothing, with the reason. */
export function unmatchedSheet(groups: readonly AskedGroup[]): Sheet {
  const rows = groups.flatMap(({ group, overview }) => {
    return overview.unmatched.map((value) => ({ group, ...value }))
  })
  type Row = (typeof rows)[number]
  const columns = [
    number<Row>('group', ({ group }) => group),
    text<Row>('field', ({ field }) => field),
    text<Row>('value', ({ value }) => value),
    text<Row>('reason', ({ reason }) => reason),
  ]
  return sheet('unmatched', columns, rows)
}
