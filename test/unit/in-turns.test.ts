import { expect, test } from 'vitest'
import { inTurns } from '../../src/persistence/in-turns'

/** Goal: long work in the one thread of the indexer keeps no answer of the database waiting. */

/** How often something else had its turn while pieces of one size were worked on. */
async function turnsOfOthers(pieces: number, size: number): Promise<number> {
  let turns = 0
  let isOver = false
  const other = () => {
    turns++
    if (!isOver) setImmediate(other)
  }
  setImmediate(other)
  const worked: number[] = []
  const all = Array.from({ length: pieces }, (_, i) => i)
  await inTurns(
    all,
    () => size,
    (piece) => worked.push(piece),
  )
  isOver = true
  expect(worked).toEqual(all)
  return turns
}

test('others have their turn every thousand events, and not more often', async () => {
  expect(await turnsOfOthers(10, 1_000)).toBe(10)
  expect(await turnsOfOthers(100, 100)).toBe(10)
})

test('a batch of a few events is worked on in one go', async () => {
  expect(await turnsOfOthers(9, 100)).toBe(0)
})
