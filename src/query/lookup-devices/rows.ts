import type { LookupKey, ParsedIdentifier } from '../../domain/identifiers/identifier'

export const LOOKUP_OUTCOMES = [
  'MATCHED',
  'AMBIGUOUS',
  'NOT_FOUND',
  'INVALID',
  'DUPLICATE_ROW',
] as const
export type LookupOutcome = (typeof LOOKUP_OUTCOMES)[number]

/** What became of one identifier of a request. */
export interface DeviceLookup {
  /** Counted from 1. */
  row: number
  identifier: string
  outcome: LookupOutcome
  /** The one device that answers; of a duplicate row that of the first. */
  deviceId: string | null
  /** All that answer, in token order, at most `CANDIDATES_PER_ROW_MAX` of each lot or model. */
  candidateIds: readonly string[]
  /** All that answer, also those that are not listed. */
  candidateCount: number
  /** The first row that names the same. */
  duplicateOf: number | null
  parsed: ParsedIdentifier
}

/** What answers to the keys of a row. */
export interface RowAnswer {
  row: number
  /** Units that answer to a key of a unit. */
  unitCount: number
  unitIds: string[]
  /** Lots and models that answer as well, or alone; with as many of their units as are listed. */
  groups: NamedGroup[]
}

export interface NamedGroup {
  by: 'LOT' | 'MODEL'
  count: number
  ids: string[]
}

/** An identifier as it was read. */
export interface ReadRow {
  row: number
  parsed: ParsedIdentifier
  keys: readonly LookupKey[]
}

/** What became of a row that no earlier one repeats. */
export function lookupOf({ row, parsed }: ReadRow, answer: RowAnswer | undefined): DeviceLookup {
  const { unitCount = 0, unitIds = [], groups = [] } = answer ?? {}
  const problems = groups.map((group) => groupProblem(group, unitCount))
  const found = {
    row,
    identifier: parsed.input,
    deviceId: null,
    candidateIds: unitIds,
    candidateCount: unitCount,
    duplicateOf: null,
    parsed:
      problems.length === 0 ? parsed : { ...parsed, problems: [...parsed.problems, ...problems] },
  }
  if (unitCount === 1) return { ...found, outcome: 'MATCHED', deviceId: unitIds[0] ?? null }
  if (unitCount > 1) return { ...found, outcome: 'AMBIGUOUS' }
  if (groups.length === 0) return { ...found, outcome: 'NOT_FOUND' }
  const candidateIds = [...new Set(groups.flatMap(({ ids }) => ids))]
  const isWhole = groups.every(({ ids, count }) => ids.length === count)
  const sum = groups.reduce((total, { count }) => total + count, 0)
  const candidateCount = isWhole ? candidateIds.length : sum
  return { ...found, outcome: 'AMBIGUOUS', candidateIds, candidateCount }
}

/** A row without a key. */
export function invalidRow({ row, parsed }: ReadRow): DeviceLookup {
  return { ...lookupOf({ row, parsed, keys: [] }, undefined), outcome: 'INVALID' }
}

/** A row that names what an earlier one names, in the same words or in others. */
export function duplicateRow({ row, parsed }: ReadRow, first: DeviceLookup): DeviceLookup {
  const duplicateOf = first.row
  return { ...first, row, identifier: parsed.input, parsed, outcome: 'DUPLICATE_ROW', duplicateOf }
}

const GROUPS = { LOT: 'a lot', MODEL: 'a model' }

function groupProblem({ by, count }: NamedGroup, units: number): string {
  const group = `${GROUPS[by]} with ${count} devices on record`
  return units === 0 ? `names ${group}, not one unit` : `read as a serial; it also names ${group}`
}
