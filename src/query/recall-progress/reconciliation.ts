import type { RecallResolution } from '../../domain/chain-event'

/**
 * How far the units of a recall are reconciled. Every unit is either reconciled or unaccounted:
 * what is not certainly dealt with stays on the list of those who look for it.
 */
export interface Reconciliation {
  units: number
  /** Returned, corrected or destroyed: 21 CFR 7.53(b)(4). */
  reconciled: number
  /** The rest. */
  unaccounted: number
  /**
   * Of `units`, rounded down to a tenth, so that 100 means every one; null where there is none.
   */
  percentReconciled: number | null
  /** Latest resolution of each unit; every kind, also with a count of 0. */
  byResolution: ResolutionCount[]
}

export interface ResolutionCount {
  /** Null where nothing was reported of the units. */
  resolution: RecallResolution | null
  count: number
}

/** In the order of answers. */
const RESOLUTIONS = [
  'RETURNED',
  'CORRECTED',
  'DESTROYED',
  'ACKNOWLEDGED',
  'NOT_FOUND',
  'UNKNOWN',
] as const satisfies readonly RecallResolution[]

// Who acknowledges a recall has heard of it, and the unit is where it was: 21 CFR 7.53(b) counts
// responses in (2), and products returned or corrected apart from them in (4). A unit that was not
// found is accounted for by nobody, and a resolution of an unknown number proves nothing.
const RECONCILING: readonly RecallResolution[] = ['RETURNED', 'CORRECTED', 'DESTROYED']

/** Whether the column `resolution` reconciles its unit; never null. */
export const IS_RECONCILED = `
  COALESCE(resolution IN (${RECONCILING.map((kind) => `'${kind}'`).join(', ')}), false)`

/** Units by the column `resolution`, for a statement that groups units. */
export const TALLY = [
  ...RESOLUTIONS.map((kind) => `count(*) FILTER (WHERE resolution = '${kind}')::int AS "${kind}"`),
  'count(*) FILTER (WHERE resolution IS NULL)::int AS "NOTHING"',
].join(',\n    ')

/** The columns of `TALLY`. */
export type Tally = Record<RecallResolution | 'NOTHING', number>

export function reconciliationOf(tally: Tally): Reconciliation {
  const byResolution: ResolutionCount[] = [
    ...RESOLUTIONS.map((resolution) => ({ resolution, count: tally[resolution] })),
    { resolution: null, count: tally.NOTHING },
  ]
  const units = byResolution.reduce((sum, { count }) => sum + count, 0)
  const reconciled = RECONCILING.reduce((sum, resolution) => sum + tally[resolution], 0)
  return {
    units,
    reconciled,
    unaccounted: units - reconciled,
    percentReconciled: units === 0 ? null : Math.floor((1000 * reconciled) / units) / 10,
    byResolution,
  }
}
