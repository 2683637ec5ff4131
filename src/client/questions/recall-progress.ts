import { z } from 'zod'
import { type BlockRef, blockRef } from '../server/pinned-block'
import type { Question } from '../server/question'
import { DEVICE_FIELDS, OWNER_FIELDS, owner, PAGE_FIELDS, pageInfo } from './entities'
import { unit } from './recall-lookup'

const progress = z.object({
  asOf: blockRef,
  recall: z.object({
    id: z.string(),
    class: z.string(),
    reason: z.string().nullable(),
    model: z.object({ name: z.string().nullable(), udiDi: z.string().nullable() }).nullable(),
  }),
  status: z.string(),
  issuedAt: z.string(),
  closedAt: z.string().nullable(),
  units: z.number(),
  distributed: z.number(),
  /** Returned, corrected or destroyed. */
  reconciled: z.number(),
  unaccounted: z.number(),
  percentReconciled: z.number().nullable(),
  /** A count without a resolution is of units of which nothing was reported. */
  byResolution: z.array(z.object({ resolution: z.string().nullable(), count: z.number() })),
  consigneesTotal: z.number(),
  consigneesResponded: z.number(),
  consigneesCompleted: z.number(),
  /** Values that the recall names in vain. */
  scopesWithoutEffect: z.number(),
  breaches: z.object({ totalCount: z.number() }),
})
export type RecallProgress = z.infer<typeof progress>

const consigneeProgress = z.object({
  owner,
  unitsReceived: z.number(),
  unitsHeld: z.number(),
  unitsHeldUnaccounted: z.number(),
  reconciled: z.number(),
  unaccounted: z.number(),
  percentReconciled: z.number().nullable(),
  responded: z.boolean(),
  firstReceivedAt: z.string(),
  lastReceivedAt: z.string(),
  lastRespondedAt: z.string().nullable(),
})
export type ConsigneeProgress = z.infer<typeof consigneeProgress>

/** The block of an answer, and nothing else. Variables: `recallId`. */
export const PROGRESS_BLOCK: Question<{ recallProgress: { asOf: BlockRef } }> = {
  name: 'recallProgress',
  text: `query ($recallId: ID!) {
    recallProgress(recallId: $recallId) { asOf { height hash timestamp finalized } }
  }`,
  answer: z.object({ recallProgress: z.object({ asOf: blockRef }) }),
}

/** How is an issued recall going? Variables: `recallId`, `asOf`. */
export const RECALL_PROGRESS: Question<{ recallProgress: RecallProgress }> = {
  name: 'recallProgress',
  text: `query ($recallId: ID!, $asOf: AsOfInput) {
    recallProgress(recallId: $recallId, asOf: $asOf) {
      asOf { height hash timestamp finalized }
      recall { id class reason model { name udiDi } }
      status issuedAt closedAt units distributed reconciled unaccounted percentReconciled
      byResolution { resolution count }
      consigneesTotal consigneesResponded consigneesCompleted scopesWithoutEffect
      breaches: movesAfterRecall(first: 1, breach: true) { totalCount }
    }
  }`,
  answer: z.object({ recallProgress: progress }),
}

const consigneePage = z.object({ nodes: z.array(consigneeProgress), pageInfo })

const unaccountedUnit = z.object({
  unit,
  resolution: z.string().nullable(),
  resolvedAt: z.string().nullable(),
})
export type UnaccountedUnit = z.infer<typeof unaccountedUnit>

const unaccountedPage = z.object({ nodes: z.array(unaccountedUnit), pageInfo })

/** Which units are not reconciled? Variables: `recallId`, `asOf`, `first`, `after`. */
export const UNACCOUNTED_UNITS: Question<{
  recallProgress: { asOf: BlockRef; unaccountedUnits: z.infer<typeof unaccountedPage> }
}> = {
  name: 'recallProgress',
  text: `query ($recallId: ID!, $asOf: AsOfInput, $first: Int, $after: String) {
    recallProgress(recallId: $recallId, asOf: $asOf) {
      asOf { height hash timestamp finalized }
      unaccountedUnits(first: $first, after: $after) {
        nodes {
          unit {
            device { ${DEVICE_FIELDS} } disposition
            holder { ${OWNER_FIELDS} } inTransitTo { ${OWNER_FIELDS} }
          }
          resolution resolvedAt
        }
        ${PAGE_FIELDS}
      }
    }
  }`,
  answer: z.object({
    recallProgress: z.object({ asOf: blockRef, unaccountedUnits: unaccountedPage }),
  }),
}

/** The same, consignee by consignee. Variables: `recallId`, `asOf`, `first`, `after`. */
export const CONSIGNEE_PROGRESS: Question<{
  recallProgress: { asOf: BlockRef; consignees: z.infer<typeof consigneePage> }
}> = {
  name: 'recallProgress',
  text: `query ($recallId: ID!, $asOf: AsOfInput, $first: Int, $after: String) {
    recallProgress(recallId: $recallId, asOf: $asOf) {
      asOf { height hash timestamp finalized }
      consignees(first: $first, after: $after) {
        nodes {
          owner { ${OWNER_FIELDS} }
          unitsReceived unitsHeld unitsHeldUnaccounted reconciled unaccounted percentReconciled
          responded firstReceivedAt lastReceivedAt lastRespondedAt
        }
        ${PAGE_FIELDS}
      }
    }
  }`,
  answer: z.object({ recallProgress: z.object({ asOf: blockRef, consignees: consigneePage }) }),
}
