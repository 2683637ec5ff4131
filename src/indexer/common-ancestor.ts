/** A block by its place and name. */
export interface ChainPoint {
  height: number
  hash: string
}

export interface ForkedChains {
  /** The highest block at or below a height that the ledger remembers. */
  known(height: number): Promise<ChainPoint | undefined>
  /** Whether the node has this very block. */
  onChain(point: ChainPoint): Promise<boolean>
}

/**
 * The highest remembered block that the chain still has, below one that it has no more. Two chains
 * that agree on a block agree on all before it, so the search strides back in doubling steps and
 * then halves the gap: a reorg of a million blocks takes about forty questions.
 *
 * @param lost a remembered block that is not on the chain
 * @returns undefined when no remembered block is on the chain
 */
export async function commonAncestor(
  chains: ForkedChains,
  lost: ChainPoint,
): Promise<ChainPoint | undefined> {
  let above = lost.height
  let ancestor: ChainPoint | undefined
  for (let step = 1; ancestor === undefined; step *= 2) {
    const point = await chains.known(above - step)
    if (point === undefined && step === 1) return undefined
    if (point === undefined) {
      // The stride went past the first remembered block, which may itself be common.
      step = 0.5
      continue
    }
    if (await chains.onChain(point)) ancestor = point
    else above = point.height
  }
  let below = ancestor.height
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2)
    const point = await chains.known(middle)
    if (point === undefined || point.height <= ancestor.height) below = middle
    else if (await chains.onChain(point)) {
      ancestor = point
      below = middle
    } else above = point.height
  }
  return ancestor
}
