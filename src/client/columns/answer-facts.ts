import type { Facts } from '../report/report'
import { shortInstant } from '../report/report'
import type { BlockRef } from '../server/pinned-block'

/** The block that an answer is true for. */
export function blockFacts(block: () => BlockRef): Facts {
  return { name: 'asOf', facts: () => asOfFacts(block()) }
}

/** The same, to stand among other facts. */
export function asOfFacts({ height, timestamp, finalized }: BlockRef) {
  return {
    asOfBlock: height,
    asOfTime: shortInstant(timestamp),
    asOfFinal: finalized,
  }
}
