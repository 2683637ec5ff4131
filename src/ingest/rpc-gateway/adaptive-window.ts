/** How many blocks the first call asks for. */
const FIRST = 1_000
const MAX = 100_000
/** An answer with so many logs is large enough: more would only make the buffer coarse. */
const LOGS_ENOUGH = 5_000

/**
 * How many blocks the next `eth_getLogs` should span. It doubles while answers are small, halves
 * when the node wants less, and stays below what the node once refused until enough calls in a row
 * went well.
 */
export class AdaptiveWindow {
  #size: number
  /** The smallest size that was refused: half of it is kept to for a while. */
  #refused = Number.POSITIVE_INFINITY
  #goodInARow = 0

  constructor(
    first = FIRST,
    private readonly max = MAX,
  ) {
    this.#size = Math.min(first, max)
  }

  get size(): number {
    return this.#size
  }

  /** An answer came: so many blocks held so many logs. */
  succeeded(blocks: number, logs: number): void {
    this.#goodInARow++
    // Limits of providers change with the density of logs: a refusal is not for ever.
    if (this.#goodInARow % 32 === 0) this.#refused *= 2
    if (blocks < this.#size) return
    if (logs > LOGS_ENOUGH) this.#size = Math.max(1, Math.floor((blocks * LOGS_ENOUGH) / logs))
    else if (logs < LOGS_ENOUGH / 2) this.#size = Math.min(this.max, blocks * 2)
    if (this.#size >= this.#refused) this.#size = Math.max(1, Math.floor(this.#refused / 2))
  }

  /**
   * The node wants less.
   *
   * @param offered how many blocks it would take, where it said so
   * @returns how many blocks to ask for instead; undefined where a single block is too much
   */
  refused(blocks: number, offered?: number): number | undefined {
    if (blocks <= 1) return undefined
    this.#goodInARow = 0
    this.#refused = Math.min(this.#refused, blocks)
    const less = Math.max(1, Math.min(offered ?? blocks, Math.floor(blocks / 2)))
    const next = offered !== undefined && offered < blocks ? Math.max(1, offered) : less
    this.#size = Math.min(this.#size, next)
    return next
  }
}
