import { z } from 'zod'
import { blockRef } from '../server/pinned-block'
import type { Question } from '../server/question'
import { DEVICE_FIELDS, device, PAGE_FIELDS, pageInfo } from './entities'

const holding = z.object({ device, since: z.string(), sinceBlock: z.number() })
export type Holding = z.infer<typeof holding>

const page = z.object({ asOf: blockRef, nodes: z.array(holding), pageInfo })

/** What did an owner hold? Variables: `ownerId`, `asOf`, `first`, `after`. */
export const HOLDINGS: Question<{ holdings: z.infer<typeof page> }> = {
  name: 'holdings',
  text: `query ($ownerId: ID!, $asOf: AsOfInput, $first: Int, $after: String) {
    holdings(ownerId: $ownerId, asOf: $asOf, first: $first, after: $after) {
      asOf { height hash timestamp finalized }
      nodes { device { ${DEVICE_FIELDS} } since sinceBlock }
      ${PAGE_FIELDS}
    }
  }`,
  answer: z.object({ holdings: page }),
}
