import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ChainPoint, commonAncestor } from '../../src/indexer/common-ancestor'
import { propertySettings } from '../support/property-settings'

/**
 * A ledger that remembers some heights, and a chain that left it after `fork`. Counts the questions
 * to the node.
 */
function forked(remembered: readonly number[], fork: number) {
  const asked = { count: 0 }
  const point = (height: number): ChainPoint => ({ height, hash: `0x${height}` })
  return {
    asked,
    known: async (height: number) => {
      const found = remembered.filter((candidate) => candidate <= height).at(-1)
      return found === undefined ? undefined : point(found)
    },
    onChain: async ({ height }: ChainPoint) => {
      asked.count++
      return height <= fork
    },
  }
}

test('the highest remembered block of both chains is found, or none', async () => {
  const heights = fc.uniqueArray(fc.nat(5_000), { minLength: 1, maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(heights, fc.integer({ min: -1, max: 5_000 }), async (unsorted, fork) => {
      const remembered = [...unsorted].sort((a, b) => a - b)
      const highest = remembered.at(-1) ?? 0
      fc.pre(highest > fork)
      const found = await commonAncestor(forked(remembered, fork), {
        height: highest,
        hash: `0x${highest}`,
      })
      expect(found?.height).toBe(remembered.filter((height) => height <= fork).at(-1))
    }),
    propertySettings(500),
  )
})

test('a reorg of a million blocks takes some forty questions, not a million', async () => {
  const remembered = Array.from({ length: 2_000 }, (_, index) => index * 1_000)
  const chains = forked(remembered, 1_000_500)
  const found = await commonAncestor(chains, { height: 1_999_000, hash: '0x1999000' })
  expect(found?.height).toBe(1_000_000)
  expect(chains.asked.count).toBeLessThan(45)
})
