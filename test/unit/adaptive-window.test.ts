import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AdaptiveWindow } from '../../src/ingest/rpc-gateway/adaptive-window'
import { asksForLess, blocksOffered } from '../../src/ingest/rpc-gateway/range-refusal'
import { propertySettings } from '../support/property-settings'

/**
 * Goal: the window finds what a node takes, whatever that is, and does not stay small for ever.
 * Method: a node that refuses more than so many blocks or logs; real messages of providers.
 */

/** Reads `blocks` blocks; how many calls were answered, and how many refused. */
function read(window: AdaptiveWindow, blocks: number, limit: number, offers: boolean) {
  const calls = { good: 0, refused: 0 }
  for (let at = 0; at < blocks; ) {
    let size = Math.min(window.size, blocks - at)
    while (size > limit) {
      const less = window.refused(size, offers ? limit : undefined)
      if (less === undefined) throw new Error('gave up')
      calls.refused++
      size = less
    }
    window.succeeded(size, 0)
    calls.good++
    at += size
  }
  return calls
}

test('a limit of the node is found in few calls, and kept to', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200_000 }), fc.boolean(), (limit, offers) => {
      const window = new AdaptiveWindow()
      const blocks = Math.min(1_000_000, limit * 300)
      const { good, refused } = read(window, blocks, limit, offers)
      // Half of what was refused is at least a quarter of what would be taken.
      const fair = Math.ceil(blocks / Math.max(1, Math.min(limit, 100_000)))
      expect(good).toBeLessThanOrEqual(4 * fair + 20)
      expect(refused).toBeLessThanOrEqual(20 + good / 8)
    }),
    propertySettings(200),
  )
})

test('many logs make the next stretches small, and silence makes them large again', () => {
  const window = new AdaptiveWindow()
  window.succeeded(1_000, 100_000)
  expect(window.size).toBe(50)
  for (let i = 0; i < 20; i++) window.succeeded(window.size, 0)
  expect(window.size).toBe(100_000)
})

test('a single block that is too much is not asked for less of', () => {
  expect(new AdaptiveWindow().refused(1)).toBeUndefined()
})

test.each([
  [-32005, 'query returned more than 10000 results', undefined],
  [-32005, 'Try with this block range [0x64, 0xc7].', 100],
  [
    -32602,
    'Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range',
    2_000,
  ],
  [-32000, 'exceed maximum block range: 5000', 5_000],
  [-32000, 'eth_getLogs is limited to a 10,000 range', 10_000],
  [-32614, 'eth_getLogs is limited to a 10,000 range', 10_000],
  [-32000, 'block range is too large', undefined],
  [-32000, 'query timeout exceeded', undefined],
  [-32001, 'response is too big', undefined],
])('%i "%s" is answered by asking for less', (code, message, blocks) => {
  expect(asksForLess({ code, message })).toBe(true)
  expect(blocksOffered(message, 100)).toBe(blocks)
})

test.each([
  [-32005, 'rate limit exceeded'],
  [429, 'Your app has exceeded its compute units per second capacity'],
  [-32601, 'the method eth_getLogs does not exist'],
  [-32000, 'header not found'],
])('%i "%s" is not answered by asking for less', (code, message) => {
  expect(asksForLess({ code, message })).toBe(false)
})
