import { LOGS_OF_BLOCK } from '../../ledger/raw-batches'

/** What a chain is made from: the same shape is the same chain. */
export interface ChainShape {
  readonly seed: number
  /** Logs of our contract in all. */
  readonly events: number
  /**
   * Blocks over which they are spread evenly, whole transactions together; or `full`: one block
   * after the other takes as many as `bench ledger` puts into a block, from block 1 on.
   */
  readonly blocks: number | 'full'
  /** Logs of other contracts in every block but the genesis, also where we have none. */
  readonly foreignLogsPerBlock: number
  /** After the last block that may have a log of ours; more than finality, so that it is final. */
  readonly emptyBlocks: number
}

/** Fewer would end within the opening, where nothing is minted yet. */
export const EVENTS_MIN = 1_000

/** Full blocks of our logs and nothing else: how fast logs can be taken. */
export const DENSE: ChainShape = {
  seed: 1,
  events: 500_000,
  blocks: 'full',
  foreignLogsPerBlock: 0,
  emptyBlocks: 80,
}

/** Some logs of ours among many blocks that are full of others': how fast blocks are passed. */
export const SPARSE: ChainShape = {
  seed: 1,
  events: 30_000,
  blocks: 300_000,
  foreignLogsPerBlock: 20,
  emptyBlocks: 80,
}

/**
 * The last block that may have a log of ours.
 *
 * @throws RangeError where no chain can have such a shape
 */
export function lastEventHeight({ events, blocks }: ChainShape): number {
  if (!(events >= EVENTS_MIN)) {
    throw new RangeError(`a chain of ${events} events: expected at least ${EVENTS_MIN}`)
  }
  if (blocks === 'full') return Math.ceil(events / LOGS_OF_BLOCK)
  if (!(blocks >= 1)) throw new RangeError(`a chain of ${blocks} blocks: expected at least 1`)
  return blocks
}

/** Height of the last block of all. */
export function headHeight(shape: ChainShape): number {
  return lastEventHeight(shape) + shape.emptyBlocks
}

/** A shape as one word, for names of files. */
export function shapeName(shape: ChainShape): string {
  const { seed, events, blocks, foreignLogsPerBlock, emptyBlocks } = shape
  return `s${seed}-e${events}-b${blocks}-f${foreignLogsPerBlock}-t${emptyBlocks}`
}
