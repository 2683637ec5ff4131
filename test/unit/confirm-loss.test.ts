import { Logger } from '@subsquid/logger'
import { expect, test } from 'vitest'
import { confirmLoss, type Witnesses } from '../../src/indexer/confirm-loss'

/**
 * Goal: something final is given up only when all nodes agree for the whole hold time. Method:
 * witnesses that change their mind by the number of times they were asked.
 */

const LOST = { height: 7, hash: '0xlost' }
const HOLD_MS = 300

function silent(lines: string[] = []): Logger {
  return new Logger(({ msg }) => lines.push(String(msg)), 'test')
}

/** Each look answers with the next list of hashes; the last one stays. */
function looks(...answers: readonly (readonly string[])[]): {
  ask: Witnesses
  asked: () => number
} {
  let asked = 0
  const ask: Witnesses = async () => {
    const hashes = answers[Math.min(asked++, answers.length - 1)] ?? []
    return hashes.map((hash, i) => ({ endpoint: `node ${i}`, hash }))
  }
  return { ask, asked: () => asked }
}

test('a loss on which all agree for the hold time is believed, not before', async () => {
  const since = performance.now()
  const { ask } = looks(['0xnew', '0xnew'])
  expect(await confirmLoss(LOST, ask, HOLD_MS, silent())).toBe(true)
  expect(performance.now() - since).toBeGreaterThanOrEqual(HOLD_MS)
})

test.each([
  ['one node still has the block', ['0xnew', LOST.hash]],
  ['two nodes have two others', ['0xnew', '0xother']],
  ['no node answers', []],
])('while %s nothing is given up', async (_, contradiction) => {
  const lines: string[] = []
  const turns = Array.from({ length: 20 }, (_, turn) =>
    turn % 3 === 2 ? contradiction : ['0xnew'],
  )
  const { ask, asked } = looks(...turns, ['0xnew'])
  expect(await confirmLoss(LOST, ask, HOLD_MS, silent(lines))).toBe(true)
  expect(asked()).toBeGreaterThan(20)
  expect(lines[0]).toContain('final block 7 (0xlost) is not on the chain of a node')
})

test('a block that all nodes have again is not lost', async () => {
  const { ask } = looks(['0xnew'], [LOST.hash, '0xnew'], [LOST.hash, LOST.hash])
  expect(await confirmLoss(LOST, ask, HOLD_MS, silent())).toBe(false)
})
