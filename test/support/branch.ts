import fc from 'fast-check'
import { GENESIS, type LogSpec, type ScriptedBlock, scriptedBlock } from './chain'
import { blockContent, play } from './history'

/**
 * One step of a history: the last `depth` blocks are replaced, new ones follow, the last `hot` are
 * not final.
 */
export const step = fc.record({
  depth: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 8 })),
  blocks: fc.array(blockContent, { minLength: 1, maxLength: 4 }),
  hot: fc.integer({ min: 0, max: 6 }),
  final: fc.boolean(),
})
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
/** A chain with its forks, as the steps that made it. */
export const history = fc.array(step, { minLength: 1, maxLength: 7 })

/** A chain with who holds what after each of its blocks. */
export interface Branch {
  chain: ScriptedBlock[]
  holders: ReadonlyMap<string, string>[]
}

/** Takes one step: the new blocks bear the name of their branch in their hashes. */
export function grow(branch: Branch, { depth, blocks }: Step, name: string): Branch {
  const keep = Math.max(1, branch.chain.length - depth)
  const chain = branch.chain.slice(0, keep)
  const holders = branch.holders.slice(0, keep)
  for (const content of blocks) {
    const played: { specs: LogSpec[]; holders: ReadonlyMap<string, string> } = play(
      holders.at(-1) ?? new Map(),
      content,
    )
    const parent = chain.at(-1) ?? GENESIS
    chain.push(scriptedBlock(parent.height + 1, name, parent.hash, played.specs))
    holders.push(played.holders)
  }
  return { chain, holders }
}

/** A chain without forks. */
export function straight(steps: readonly Step[]): ScriptedBlock[] {
  return steps.reduce((branch, taken) => grow(branch, { ...taken, depth: 0 }, 'a'), ROOT).chain
}

export const ROOT: Branch = { chain: [GENESIS], holders: [new Map()] }
