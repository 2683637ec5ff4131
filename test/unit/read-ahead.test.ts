import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BlockRange, ReadAhead } from '../../src/ingest/rpc-gateway/read-ahead'
import { propertySettings } from '../support/property-settings'

test('stretches that arrive in any order are given out in chain order, each once', async () => {
  const settings = propertySettings(200)
  const stretch = fc.record({
    blocks: fc.integer({ min: 1, max: 50 }),
    delay: fc.integer({ min: 0, max: 3 }),
    weight: fc.integer({ min: 0, max: 40 }),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(stretch, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 60 }),
      async (stretches, parallel, weightMax) => {
        const planned = [...stretches]
        let held = 0
        let inFlight = 0
        let heldMax = 0
        const ahead = new ReadAhead<BlockRange>(7, {
          parallel,
          weightMax,
          next: (from) => {
            const [next] = planned
            return next === undefined ? undefined : { from, to: from + next.blocks - 1 }
          },
          read: async (range) => {
            const mine = planned.shift()
            if (mine === undefined) throw new Error('read without a plan')
            inFlight++
            expect(inFlight).toBeLessThanOrEqual(parallel)
            for (let i = 0; i < mine.delay; i++) await Promise.resolve()
            inFlight--
            held += mine.weight
            heldMax = Math.max(heldMax, held)
            return { range, value: range, weight: mine.weight }
          },
        })
        let position = 7
        for (;;) {
          expect(ahead.position).toBe(position)
          const read = await ahead.take()
          if (read === undefined) break
          expect(read.range.from).toBe(position)
          position = read.range.to + 1
          held -= read.weight
        }
        expect(position).toBe(7 + stretches.reduce((sum, { blocks }) => sum + blocks, 0))
        expect(held).toBe(0)
        // What was in flight when the buffer filled may still come in, and one is being taken.
        expect(heldMax).toBeLessThanOrEqual(weightMax + (parallel + 1) * 40)
      },
    ),
    settings,
  )
})

test('a stretch that cannot be read fails whoever takes it, not the process', async () => {
  const ahead = new ReadAhead(0, {
    parallel: 2,
    weightMax: 10,
    next: (from) => ({ from, to: from }),
    read: () => Promise.reject(new Error('no node')),
  })
  await expect(ahead.take()).rejects.toThrow('no node')
})
