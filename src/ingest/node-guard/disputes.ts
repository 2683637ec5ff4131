const HEIGHTS_MAX = 256

/**
 * Heights for which two hashes were seen, each for a hold time after it was seen last. While a
 * height is in dispute nothing of it may become final.
 */
export class Disputes {
  /** Height → when it is over. */
  private readonly ends = new Map<number, number>()

  /** @param now monotonic milliseconds */
  constructor(
    private readonly holdMs: number,
    private readonly now: () => number,
  ) {}

  note(height: number): void {
    if (this.ends.size >= HEIGHTS_MAX && !this.ends.has(height)) {
      // Bounded memory: the lowest two become one, which holds back at least as much.
      const [lowest, next] = [...this.ends.keys()].sort((a, b) => a - b)
      if (lowest === undefined || next === undefined) return
      const end = Math.max(this.ends.get(lowest) ?? 0, this.ends.get(next) ?? 0)
      this.ends.delete(next)
      this.ends.set(lowest, end)
    }
    this.ends.set(height, this.now() + this.holdMs)
  }

  /** The lowest height in dispute now; undefined when there is none. */
  lowest(): number | undefined {
    const now = this.now()
    for (const [height, end] of this.ends) if (end <= now) this.ends.delete(height)
    return this.ends.size === 0 ? undefined : Math.min(...this.ends.keys())
  }
}
