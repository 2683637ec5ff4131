import { z } from 'zod'
import { DeviceTrailError } from '../../domain/errors'

/** The block that an answer is true for. */
export const blockRef = z.object({
  height: z.number(),
  hash: z.string(),
  timestamp: z.string(),
  finalized: z.boolean(),
})
export type BlockRef = z.infer<typeof blockRef>

/** A point to ask about: a block, an instant, or neither: the present. */
export type AsOf = { block: number } | { timestamp: string } | null

/**
 * Holds an answer of many requests to one block. Blocks arrive while pages are read; every request
 * asks about the same point, or the pages would not fit together.
 */
export class PinnedBlock {
  /**
   * The block that answers about the point name: the last one at or before it with a log of ours.
   */
  private named: BlockRef | undefined

  private constructor(
    /** What every request asks about. */
    readonly asOf: NonNullable<AsOf>,
    private readonly head: BlockRef | undefined,
  ) {}

  /**
   * @param asked the point; null is the present, which is pinned to the head of the record
   * @param askHead names the head of the record
   */
  static async at(asked: AsOf, askHead: () => Promise<BlockRef>): Promise<PinnedBlock> {
    if (asked !== null) return new PinnedBlock(asked, undefined)
    const head = await askHead()
    return new PinnedBlock({ block: head.height }, head)
  }

  /** The block that the answer is true for. Only after the first answer. */
  get block(): BlockRef {
    const block = this.head ?? this.named
    if (block === undefined) throw new Error('no answer has named its block yet')
    return block
  }

  /**
   * @param block that an answer named
   * @throws RECORD_CHANGED a fork changed the record at or before the point between two requests
   */
  check(block: BlockRef): void {
    this.named ??= block
    if (block.hash === this.named.hash) return
    throw new DeviceTrailError({
      code: 'RECORD_CHANGED',
      remedy: 'retry',
      what: 'A fork of the chain changed the record while the answer was being read.',
      todo: 'Ask again; what was printed so far does not belong together.',
    })
  }
}
