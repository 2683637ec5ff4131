import fc from 'fast-check'
import type { Random } from '../../../bench/random'
import type { LogSpec } from '../../support/chain'
import { blockContent, play } from '../../support/history'
import { ScriptedChain } from '../scripted-chain'
import type { Histories } from './histories'

/** Blocks without anything of ours are most of a real chain. */
const EMPTY_SHARE = 0.35
const DRAWN_AT_ONCE = 40

/**
 * The random life of units on a chain, the same for the same seed and the same calls: sound lives
 * and logs that no sound contract would emit.
 */
export class Life {
  readonly chain: ScriptedChain
  /** Who holds what after each block. */
  private holders: ReadonlyMap<string, string>[] = [new Map()]
  private drawn: LogSpec[][] = []

  constructor(
    seed: number,
    private readonly random: Random,
    private readonly histories: Histories,
  ) {
    this.chain = new ScriptedChain(seed)
  }

  /** Adds blocks at the head. */
  grow(blocks: number): void {
    for (let n = 0; n < blocks; n++) this.append(this.nextContent())
  }

  /** Adds one block with these logs. */
  append(logs: readonly LogSpec[]): void {
    const { specs, holders } = play(this.holders.at(-1) ?? new Map(), logs)
    this.chain.append(specs)
    this.holders.push(holders)
    this.histories.noteTruth(this.chain)
  }

  /**
   * Replaces the last blocks by others, in one moment, as a node adopts a fork.
   *
   * @param longerBy by how many blocks the new branch is longer; negative if it is shorter
   */
  fork(depth: number, longerBy: number): void {
    const before = this.chain.head.height
    this.drop(depth)
    this.grow(Math.max(1, before + longerBy - this.chain.head.height))
  }

  /** Drops the last blocks; those that come after are others. */
  drop(depth: number): void {
    this.chain.fork(depth)
    this.holders = this.holders.slice(0, this.chain.head.height + 1)
  }

  private nextContent(): LogSpec[] {
    if (this.random.share() < EMPTY_SHARE) return []
    if (this.drawn.length === 0) {
      this.drawn = fc.sample(blockContent, { seed: this.random.uint32(), numRuns: DRAWN_AT_ONCE })
    }
    return this.drawn.pop() ?? []
  }
}
