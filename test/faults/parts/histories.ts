import type { ScriptedBlock } from '../../support/chain'
import type { ChainBlock, ScriptedChain } from '../scripted-chain'

/**
 * Every block that any node of a world may ever have shown, also those that were forked away since
 * and those of histories that were lies; and which of them an honest reader could take as final.
 */
export class Histories {
  private readonly blocks = new Map<string, ChainBlock>()
  private readonly truths = new Set<string>()
  private readonly buried = new Set<string>()

  constructor(private readonly finalityBlocks: number) {}

  /** Notes the chain as it is now: what it buries deep enough may be called final from now on. */
  noteTruth(chain: ScriptedChain): void {
    this.remember(chain)
    for (let height = chain.head.height; height >= 0; height--) {
      const hash = chain.at(height)?.hash ?? ''
      if (this.truths.has(hash)) break
      this.truths.add(hash)
    }
    this.bury(chain)
  }

  /**
   * Notes blocks that a node may show although they are on no chain. They are less deep than
   * finality, so none of them may ever be called final. But what was true where the lie begins is
   * as deep as the lie says: whoever asks that node alone cannot know better.
   */
  noteLie(chain: ScriptedChain): void {
    this.remember(chain)
    this.bury(chain)
  }

  /** Only blocks that were true once count, however deep a lie grows. */
  private bury(chain: ScriptedChain): void {
    for (let height = chain.head.height - this.finalityBlocks; height >= 0; height--) {
      const hash = chain.at(height)?.hash ?? ''
      if (this.buried.has(hash)) break
      if (this.truths.has(hash)) this.buried.add(hash)
    }
  }

  private remember(chain: ScriptedChain): void {
    for (let height = chain.head.height; height >= 0; height--) {
      const block = chain.at(height)
      if (block === undefined || this.blocks.has(block.hash)) break
      this.blocks.set(block.hash, block)
    }
  }

  /** Whether a true block was ever as deep in what a node may have shown as finality asks. */
  mayBeFinal(hash: string): boolean {
    return this.buried.has(hash)
  }

  /** The history that ends in a block, from genesis on; undefined for a block nobody ever made. */
  leadingTo(hash: string): ChainBlock[] | undefined {
    const path: ChainBlock[] = []
    for (let block = this.blocks.get(hash); block; block = this.blocks.get(block.parentHash)) {
      path.push(block)
    }
    return path.at(-1)?.height === 0 ? path.reverse() : undefined
  }
}

/** The blocks of a chain as it is now. */
export function blocksOf(chain: ScriptedChain): ChainBlock[] {
  return Array.from({ length: chain.head.height + 1 }, (_, height) => chain.at(height)).filter(
    (block) => block !== undefined,
  )
}

/** A block in the form in which the ledger takes it: what an honest source makes of it. */
export function asSourceBlock(block: ChainBlock): ScriptedBlock {
  const { height, hash, parentHash } = block
  const logs = block.logs.map((log) => ({
    address: log.address.toLowerCase(),
    topics: log.topics,
    data: log.data,
    logIndex: Number(log.logIndex),
    transactionHash: log.transactionHash,
  }))
  return { height, hash, parentHash, timestamp: Number(block.timestamp) * 1000, logs }
}
