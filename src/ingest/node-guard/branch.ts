import { type Block, readBlock } from './chain-block'
import type { ChainView } from './chain-view'
import type { Endpoint } from './endpoint'
import { EndpointFault } from './faults'

const GAP_MAX = 256
const STEP_MAX = 32

/** How the head of an endpoint lies to the chain in view. */
export type Relation =
  /** It is in view, or on top of it; an older head may be below what is in view. */
  | { kind: 'same' }
  /**
   * These blocks, ascending, come after or in the place of what is in view. Where they part is
   * guessed when it lies below what is in view.
   */
  | { kind: 'branch'; blocks: readonly Block[]; forkAt: number; guessed?: true }
  /** On top of the chain in view, but too far above to ask for every block between. */
  | { kind: 'far' }

/**
 * Follows a block of an endpoint back to the chain in view. The way back ends where blocks are
 * final: a fork below is too deep, however deep.
 *
 * @throws EndpointFault also `behind` when the endpoint moved meanwhile; the next look is better
 */
export async function relate(view: ChainView, block: Block, endpoint: Endpoint): Promise<Relation> {
  const head = view.head
  if (head === undefined) return { kind: 'branch', blocks: [block], forkAt: block.number }
  const same = view.at(block.number)
  if (same?.hash === block.hash) return { kind: 'same' }
  if (same === undefined && block.number <= head.number) return { kind: 'same' }
  if (block.number > head.number + GAP_MAX) {
    const other = await blockAt(endpoint, head.number)
    return other.hash === head.hash ? { kind: 'far' } : relate(view, other, endpoint)
  }
  let branch = [...(await gap(head.number + 1, block, endpoint)), block]
  for (let step = 1; ; step = Math.min(STEP_MAX, step * 2)) {
    const first = branch[0] ?? block
    const parent = view.at(first.number - 1)
    if (parent?.hash === first.parentHash || !view.mayReplaceFrom(first.number)) {
      return { kind: 'branch', blocks: branch, forkAt: first.number }
    }
    if (parent === undefined) {
      // Below what is in view nobody can say where they part: at the worst, where it still may.
      const forkAt = Math.min(first.number, view.lowestOpen)
      return { kind: 'branch', blocks: branch, forkAt, guessed: true }
    }
    // Not further than the view goes: what lies below it cannot be compared.
    const from = Math.min(first.number - 1, Math.max(view.base, first.number - step))
    const before = await range(from, first.number - 1, endpoint)
    branch = afterFork(view, requireLinked([...before, ...branch]))
  }
}

/** The part of a branch that is not in view: the steps back overshoot. */
function afterFork(view: ChainView, branch: Block[]): Block[] {
  const last = branch.findLastIndex(({ number, hash }) => view.at(number)?.hash === hash)
  return branch.slice(last + 1)
}

async function gap(from: number, block: Block, endpoint: Endpoint): Promise<Block[]> {
  if (from >= block.number) return []
  const between = await range(from, block.number - 1, endpoint)
  requireLinked([...between, block])
  return between
}

/** Blocks of an endpoint that link to each other. */
export async function range(from: number, to: number, endpoint: Endpoint): Promise<Block[]> {
  const heights = Array.from({ length: to - from + 1 }, (_, i) => from + i)
  return requireLinked(await endpoint.blocks(heights))
}

function requireLinked(blocks: Block[]): Block[] {
  blocks.forEach((block, i) => {
    const before = blocks[i - 1]
    if (before !== undefined && before.hash !== block.parentHash) {
      throw new EndpointFault('unlinked', `block ${block.number} does not link to the one before`)
    }
  })
  return blocks
}

async function blockAt(endpoint: Endpoint, height: number): Promise<Block> {
  const [block] = await endpoint.blocks([height])
  return block ?? readBlock(undefined, String(height))
}
