import type { Header } from './chain-block'
import { Disputes } from './disputes'

const LOOSE_MAX = 512
const WINDOW_MIN = 1024
const WINDOW_MAX = 8192

/**
 * The chain as far as it was handed out: blocks from `base` to the head that link without a gap,
 * and further back the last few blocks of a sync, each of which links to its neighbours.
 *
 * Nothing here proves a hash. But whoever takes all blocks from here has a chain, and of two
 * histories one at a time.
 */
export class ChainView {
  /** How far below the head blocks are tied to it, and a reorg can be followed. */
  readonly window: number
  private readonly anchored = new Map<number, Header>()
  private readonly loose = new Map<number, Header>()
  private readonly disputes: Disputes
  private top: Header | undefined
  private bottom = 0
  private served = 0

  /** @param now monotonic milliseconds */
  constructor(
    private readonly finality: number,
    holdMs: number,
    now: () => number,
  ) {
    this.window = Math.min(WINDOW_MAX, Math.max(WINDOW_MIN, 2 * finality))
    this.disputes = new Disputes(holdMs, now)
  }

  get head(): Header | undefined {
    return this.top
  }

  /** Lowest height that is tied to the head. */
  get base(): number {
    return this.bottom
  }

  at(height: number): Header | undefined {
    return this.anchored.get(height) ?? this.loose.get(height)
  }

  /**
   * The head that may be told: never lower than before, and low enough that nothing of a height in
   * dispute becomes final. Undefined as long as no head is known.
   */
  servedHead(): number | undefined {
    if (this.top === undefined) return undefined
    const disputed = this.disputes.lowest() ?? Number.POSITIVE_INFINITY
    this.served = Math.max(this.served, Math.min(this.top.number, disputed - 1 + this.finality))
    return this.served
  }

  /** The lowest height in dispute; undefined when there is none. */
  disputedHeight(): number | undefined {
    return this.disputes.lowest()
  }

  /** Two hashes were seen for a height. */
  dispute(height: number): void {
    this.disputes.note(height)
  }

  /** Whether blocks from a height on could be replaced without touching one that is final. */
  mayReplaceFrom(height: number): boolean {
    return height >= this.lowestOpen
  }

  /** The lowest height that is not final yet. */
  get lowestOpen(): number {
    return Math.max(0, this.served - this.finality + 1)
  }

  /** Whether a block agrees with all that is known of its height and of its neighbours. */
  fits({ number, hash, parentHash }: Header): boolean {
    const [below, same, above] = [this.at(number - 1), this.at(number), this.at(number + 1)]
    return (
      (below === undefined || below.hash === parentHash) &&
      (same === undefined || same.hash === hash) &&
      (above === undefined || above.parentHash === hash)
    )
  }

  /**
   * Takes a branch as the end of the chain: ascending, linked, on a parent that is known or lies
   * below the base. What it replaces is forgotten.
   */
  adopt(branch: readonly Header[]): void {
    const [first, last] = [branch[0], branch.at(-1)]
    if (first === undefined || last === undefined) return
    const continues = this.anchored.get(first.number - 1)?.hash === first.parentHash
    if (!continues) {
      this.anchored.clear()
      this.bottom = first.number
    }
    for (const map of [this.anchored, this.loose]) {
      for (const height of map.keys()) if (height >= first.number) map.delete(height)
    }
    for (const header of branch) this.anchored.set(header.number, slim(header))
    this.top = slim(last)
    this.trim()
  }

  /** Begins anew at a head far above: what was known stays, to be linked to when the gap closes. */
  jumpTo(head: Header): void {
    const top = this.top?.number ?? 0
    const kept = Array.from({ length: LOOSE_MAX }, (_, i) => this.anchored.get(top - i))
    this.anchored.clear()
    for (const header of kept) if (header !== undefined) this.keepLoose(header)
    this.anchored.set(head.number, slim(head))
    this.top = slim(head)
    this.bottom = head.number
  }

  /** Remembers blocks that fit. Those right below the base become tied to the head. */
  place(headers: readonly Header[]): void {
    for (const header of [...headers].sort((a, b) => b.number - a.number)) {
      if (header.number !== this.bottom - 1) this.keepLoose(header)
      else {
        this.anchored.set(header.number, slim(header))
        this.loose.delete(header.number)
        this.bottom = header.number
      }
    }
  }

  /**
   * Forgets what is remembered of a range far below the head, which other answers contradict: of
   * two that do not fit, the first need not be the right one.
   */
  forget(from: number, to: number): void {
    for (const height of [...this.loose.keys()]) {
      if (height >= from && height <= to) this.loose.delete(height)
    }
  }

  private keepLoose(header: Header): void {
    if (this.anchored.has(header.number)) return
    this.loose.delete(header.number)
    this.loose.set(header.number, slim(header))
    const oldest = this.loose.keys().next().value
    if (this.loose.size > LOOSE_MAX && oldest !== undefined) this.loose.delete(oldest)
  }

  /** Memory is bounded: what sinks out of the window is forgotten. */
  private trim(): void {
    const lowest = (this.top?.number ?? 0) - this.window
    for (; this.bottom < lowest; this.bottom++) this.anchored.delete(this.bottom)
  }
}

function slim({ number, hash, parentHash, logsBloom }: Header): Header {
  return { number, hash, parentHash, logsBloom }
}
