import type { AsOf } from '../../../src/query/as-of'
import type { ScriptedBlock } from '../chain'

/** The block that an answer must be true for. */
export interface ExpectedBlock {
  height: number
  hash: string
  timestamp: Date
  finalized: boolean
  /** No later block carried a log of ours. */
  isHead: boolean
}

/** The code of the error that a question must be refused with. */
export interface Refusal {
  error: string
}

/**
 * Without a point the last block that was read, else the last block with a log of ours at or
 * before the point.
 */
export function blockOfAnswer(
  chain: readonly ScriptedBlock[],
  finalHeight: number,
  asOf: AsOf | null,
): ExpectedBlock | Refusal {
  const head = chain.at(-1)
  if (head === undefined) return { error: 'NOTHING_INDEXED' }
  const told = ({ height, hash, timestamp }: ScriptedBlock): ExpectedBlock => ({
    height,
    hash,
    timestamp: new Date(timestamp),
    finalized: height <= finalHeight,
    isHead: chain.every((other) => other.height <= height || other.logs.length === 0),
  })
  if (asOf === null) return told(head)
  const { block, timestamp } = asOf
  if (block == null && timestamp == null) return { error: 'AS_OF_INVALID' }
  if (block != null && timestamp != null) return { error: 'AS_OF_INVALID' }
  if (block != null && block < 0) return { error: 'AS_OF_INVALID' }
  if (block != null && block > head.height) return { error: 'AS_OF_NOT_INDEXED' }
  if (timestamp != null && timestamp.getTime() > head.timestamp) {
    return { error: 'AS_OF_NOT_INDEXED' }
  }
  let found: ScriptedBlock | undefined
  for (const candidate of chain) {
    if (candidate.logs.length === 0) continue
    if (block != null && candidate.height <= block) found = candidate
    if (timestamp != null && candidate.timestamp <= timestamp.getTime()) found = candidate
  }
  return found === undefined ? { error: 'AS_OF_BEFORE_RECORD' } : told(found)
}
