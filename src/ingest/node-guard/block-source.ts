import { type Block, type Header, quantity, readBlock } from './chain-block'
import type { ChainView } from './chain-view'
import { blockByNumber, type Endpoint, readBlocks } from './endpoint'
import { EndpointFault } from './faults'
import type { EndpointPool } from './pool'

const KEPT_MAX = 1024
const BACKFILL_MAX = 64

/**
 * Blocks that are in view, or come into it: each fits to all blocks that were handed out before.
 * Blocks near the head are tied to it without a gap, so that a node that is on another history
 * cannot slip in a block.
 */
export class BlockSource {
  /** Whole blocks that were seen lately, by hash. */
  private readonly kept = new Map<string, Block>()
  private tying: Promise<void> = Promise.resolve()

  constructor(
    private readonly view: ChainView,
    private readonly pool: EndpointPool,
    /** An endpoint showed another history than the one in view. */
    private readonly suspect: (endpoint: Endpoint) => void,
  ) {}

  keep(blocks: readonly Block[]): void {
    for (const block of blocks) {
      this.kept.delete(block.hash)
      this.kept.set(block.hash, block)
      const oldest = this.kept.keys().next().value
      if (this.kept.size > KEPT_MAX && oldest !== undefined) this.kept.delete(oldest)
    }
  }

  /** Blocks up to the head in view, in the order of the heights. */
  async byNumber(heights: readonly number[]): Promise<Block[]> {
    const lowest = Math.min(...heights)
    if (this.isNearHead(lowest)) await this.tieDownTo(lowest)
    const found = new Map<number, Block>()
    const missing = heights.filter((height) => {
      const block = this.keptAt(height)
      // Final blocks cannot be replaced: what is kept of them may be dropped before the rest comes.
      if (block !== undefined && height < this.view.lowestOpen) found.set(height, block)
      return block === undefined
    })
    if (missing.length > 0) {
      for (const block of await this.fetch(missing)) found.set(block.number, block)
    }
    return heights.map((height) => {
      const block = found.get(height) ?? this.keptAt(height)
      // A fork replaced it since; the next question is answered from the new history.
      if (block === undefined) throw new EndpointFault('behind', `block ${height} was replaced`)
      return block
    })
  }

  /** The block of a hash; undefined where no endpoint has it. */
  async byHash(hash: string): Promise<Block | undefined> {
    const kept = this.kept.get(hash)
    if (kept !== undefined) return kept
    const call = { method: 'eth_getBlockByHash', params: [hash, false] }
    return this.pool.ask([call], ([answer]) => {
      if (answer === null) return undefined
      const block = readBlock(answer, hash)
      if (block.hash !== hash) {
        throw new EndpointFault('wrong_block', `block ${block.hash} came for block ${hash}`)
      }
      this.keep([block])
      return block
    })
  }

  /** Headers of a range, in order, as they were handed out. */
  async headers(from: number, to: number): Promise<Header[]> {
    const heights = Array.from({ length: to - from + 1 }, (_, i) => from + i)
    const known = heights.map((height) => this.view.at(height))
    return known.every((header) => header !== undefined) ? known : this.byNumber(heights)
  }

  private keptAt(height: number): Block | undefined {
    const header = this.view.at(height)
    return header && this.kept.get(header.hash)
  }

  /** A batch is as bad as its worst answer: one that failed goes on in halves. */
  private async fetch(heights: readonly number[]): Promise<Block[]> {
    const calls = heights.map((height) => blockByNumber(quantity(height)))
    const check = (answers: unknown[], endpoint: Endpoint) => {
      const blocks = readBlocks(heights, answers)
      this.accept(blocks, endpoint)
      return blocks
    }
    if (heights.length === 1) return this.pool.ask(calls, check)
    try {
      return await this.pool.askOnce(calls, check)
    } catch (error) {
      if (!(error instanceof EndpointFault)) throw error
      const middle = Math.ceil(heights.length / 2)
      // From the top down: each half then lies next to blocks that are known.
      const upper = await this.fetch(heights.slice(middle))
      return [...(await this.fetch(heights.slice(0, middle))), ...upper]
    }
  }

  /**
   * Takes blocks of an endpoint into view. All of them or none: a block that does not fit says
   * something about its neighbours too.
   *
   * @throws EndpointFault unlinked
   */
  accept(blocks: readonly Block[], endpoint: Endpoint): void {
    const byNumber = new Map(blocks.map((block) => [block.number, block]))
    for (const block of blocks) {
      const parent = byNumber.get(block.number - 1)
      const linked = parent === undefined || parent.hash === block.parentHash
      if (linked && this.view.fits(block)) continue
      this.suspect(endpoint)
      throw new EndpointFault(
        'unlinked',
        `block ${block.number} (${block.hash}) does not link to the chain handed out before`,
      )
    }
    this.view.place(blocks)
    this.keep(blocks)
  }

  private isNearHead(height: number): boolean {
    const head = this.view.head?.number ?? 0
    return height < this.view.base && height >= head - this.view.window
  }

  /** One at a time: each call begins where the one before ended. */
  private tieDownTo(height: number): Promise<void> {
    const work = async () => {
      while (this.view.base > height && this.isNearHead(height)) {
        const base = this.view.base
        const from = Math.max(height, base - BACKFILL_MAX)
        const heights = Array.from({ length: base - from }, (_, i) => from + i)
        await this.fetch(heights)
      }
    }
    this.tying = this.tying.then(work, work)
    return this.tying
  }
}
