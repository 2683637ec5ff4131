import { decodeBlock } from '../../src/decoding/decode-block'
import type { FinalTxInfo } from '../../src/persistence/database-interface'
import type { BlockOfEvents } from '../../src/projection/project'
import { CONTRACTS, type RawBatch } from './raw-batches'

/** A way to write the workload into a migrated database. */
export interface Contender {
  readonly name: string
  /** Connects; not part of the measured time. */
  open(databaseUrl: string): Promise<OpenContender>
}

export interface OpenContender {
  /** Decodes a batch and writes it in one transaction: what is measured. */
  take(batch: RawBatch, info: FinalTxInfo): Promise<void>
  close(): Promise<void>
}

/**
 * The events of a batch. Both contenders call it within the measured time, so that it costs them
 * the same.
 */
export function decodeBatch(batch: RawBatch): BlockOfEvents[] {
  return batch.map((raw) => {
    const { height, hash, timestamp } = raw
    return { block: { height, hash, timestamp }, events: decodeBlock(raw, CONTRACTS) }
  })
}

/**
 * Hands the batches over one after the other, each on top of the last, as the processor does with
 * final blocks.
 */
export async function takeAll(contender: OpenContender, batches: readonly RawBatch[]) {
  let prevHead = { height: -1, hash: '0x' }
  for (const [index, batch] of batches.entries()) {
    const last = batch.at(-1)
    if (last === undefined) throw new RangeError(`batch ${index} has no block`)
    const nextHead = { height: last.height, hash: last.hash }
    await contender.take(batch, { prevHead, nextHead, isOnTop: index === batches.length - 1 })
    prevHead = nextHead
  }
}
