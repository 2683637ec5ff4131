/** A single log beyond this would hold up the indexer. */
const TOKENS_OF_ONE_LOG_MAX = 10_000n
/** A range costs its contract little, whatever it names: a block has room for thousands of them. */
const TOKENS_OF_ONE_BLOCK_MAX = 100_000n

/**
 * How many tokens the ranges of ERC-2309 in one block may still name. Without a bound, they would
 * fill the memory at the same block for ever.
 */
export class RangeAllowance {
  private left = TOKENS_OF_ONE_BLOCK_MAX

  /** Takes a range of tokens from it; where it is too large, says why and takes nothing. */
  take(count: bigint): string | undefined {
    if (count > TOKENS_OF_ONE_LOG_MAX) {
      return `at most ${TOKENS_OF_ONE_LOG_MAX} are taken from one log`
    }
    if (count > this.left) {
      return `at most ${TOKENS_OF_ONE_BLOCK_MAX} are taken from the ranges of one block`
    }
    this.left -= count
    return undefined
  }
}
