import type { AsOf } from '../../../src/query/as-of'
import type { ScriptedBlock } from '../chain'
import { blockOfAnswer, type ExpectedBlock, type Refusal } from './answer-block'
import { worldAt } from './replay'

export interface ExpectedHolding {
  deviceId: string
  since: Date
  sinceBlock: number
}

export interface ExpectedHoldings {
  asOf: ExpectedBlock
  held: ExpectedHolding[]
}

/** Every unit whose last period is the owner's and lasts, in the order of their ids. */
export function holdingsAnswer(
  chain: readonly ScriptedBlock[],
  finalHeight: number,
  { ownerId, asOf }: { ownerId: string; asOf: AsOf | null },
): ExpectedHoldings | Refusal {
  const block = blockOfAnswer(chain, finalHeight, asOf)
  return 'error' in block ? block : { asOf: block, held: heldAt(chain, block.height, ownerId) }
}

export function heldAt(
  chain: readonly ScriptedBlock[],
  height: number,
  ownerId: string,
): ExpectedHolding[] {
  const held: ExpectedHolding[] = []
  for (const { id, periods } of worldAt(chain, height).units.values()) {
    const last = periods.at(-1)
    if (last === undefined || last.until !== null || last.owner !== ownerId) continue
    const { time, height: sinceBlock } = last.since
    held.push({ deviceId: id, since: new Date(time), sinceBlock })
  }
  return held.sort((a, b) => (a.deviceId < b.deviceId ? -1 : 1))
}
