import { z } from 'zod'
import { type BlockRef, blockRef } from '../server/pinned-block'
import type { Question } from '../server/question'
import { DEVICE_FIELDS, device, OWNER_FIELDS, owner, PAGE_FIELDS, pageInfo } from './entities'

const overview = z.object({
  asOf: blockRef,
  inScope: z.number(),
  cannotTell: z.number(),
  byDisposition: z.array(z.object({ disposition: z.string(), count: z.number() })),
  byLot: z.array(z.object({ lot: z.string(), count: z.number() })),
  scopeValues: z.array(
    z.object({
      field: z.string(),
      value: z.string(),
      units: z.number(),
      /** Of a range; decimal text, for a range can have more numbers than a double counts. */
      numbersNotOnRecord: z.string().nullable(),
    }),
  ),
  incoming: z.array(z.object({ owner, unitsInTransit: z.number(), firstSentAt: z.string() })),
  unmatched: z.array(z.object({ field: z.string(), value: z.string(), reason: z.string() })),
})
export type RecallOverview = z.infer<typeof overview>

const consignee = z.object({
  owner,
  /** 1: received from the manufacturer of the unit. */
  tier: z.number().nullable(),
  unitsHeld: z.number(),
  unitsInTransit: z.number(),
  unitsEverReceived: z.number(),
  firstReceivedAt: z.string(),
  lastReceivedAt: z.string(),
})
export type Consignee = z.infer<typeof consignee>

export const unit = z.object({
  device,
  disposition: z.string(),
  holder: owner.nullable(),
  inTransitTo: owner.nullable(),
})
export type RecallUnit = z.infer<typeof unit>

/** The block of an answer, and nothing else. Variables: `scope`. */
export const RECALL_BLOCK: Question<{ recallLookup: { asOf: BlockRef } }> = {
  name: 'recallLookup',
  text: `query ($scope: RecallScopeInput!) {
    recallLookup(scope: $scope) { asOf { height hash timestamp finalized } }
  }`,
  answer: z.object({ recallLookup: z.object({ asOf: blockRef }) }),
}

/** Which units does a scope touch, in numbers? Variables: `scope`, `asOf`. */
export const RECALL_OVERVIEW: Question<{ recallLookup: RecallOverview }> = {
  name: 'recallLookup',
  text: `query ($scope: RecallScopeInput!, $asOf: AsOfInput) {
    recallLookup(scope: $scope, asOf: $asOf) {
      asOf { height hash timestamp finalized }
      inScope cannotTell
      byDisposition { disposition count } byLot { lot count }
      scopeValues { field value units numbersNotOnRecord }
      incoming { owner { ${OWNER_FIELDS} } unitsInTransit firstSentAt }
      unmatched { field value reason }
    }
  }`,
  answer: z.object({ recallLookup: overview }),
}

const consigneePage = z.object({ nodes: z.array(consignee), pageInfo })

/** Who received units of a scope? Variables: `scope`, `asOf`, `first`, `after`. */
export const RECALL_CONSIGNEES: Question<{
  recallLookup: { asOf: BlockRef; consignees: z.infer<typeof consigneePage> }
}> = {
  name: 'recallLookup',
  text: `query ($scope: RecallScopeInput!, $asOf: AsOfInput, $first: Int, $after: String) {
    recallLookup(scope: $scope, asOf: $asOf) {
      asOf { height hash timestamp finalized }
      consignees(first: $first, after: $after) {
        nodes {
          owner { ${OWNER_FIELDS} } tier unitsHeld unitsInTransit unitsEverReceived
          firstReceivedAt lastReceivedAt
        }
        ${PAGE_FIELDS}
      }
    }
  }`,
  answer: z.object({
    recallLookup: z.object({ asOf: blockRef, consignees: consigneePage }),
  }),
}

const unitPage = z.object({ nodes: z.array(unit), pageInfo })

/** Which units are they? Variables: `scope`, `asOf`, `first`, `after`, `match`. */
export const RECALL_UNITS: Question<{
  recallLookup: { asOf: BlockRef; units: z.infer<typeof unitPage> }
}> = {
  name: 'recallLookup',
  text: `query (
    $scope: RecallScopeInput!, $asOf: AsOfInput, $first: Int, $after: String, $match: RecallMatch
  ) {
    recallLookup(scope: $scope, asOf: $asOf) {
      asOf { height hash timestamp finalized }
      units(first: $first, after: $after, match: $match) {
        nodes {
          device { ${DEVICE_FIELDS} } disposition
          holder { ${OWNER_FIELDS} } inTransitTo { ${OWNER_FIELDS} }
        }
        ${PAGE_FIELDS}
      }
    }
  }`,
  answer: z.object({ recallLookup: z.object({ asOf: blockRef, units: unitPage }) }),
}
