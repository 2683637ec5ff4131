import { describe, expect, it } from 'vitest'
import { readAsOf } from '../../src/client/server/as-of-text'
import { allPages } from '../../src/client/server/pages'
import { type BlockRef, PinnedBlock } from '../../src/client/server/pinned-block'

describe('all pages', () => {
  it('are read once each, in order, and only as far as somebody reads', async () => {
    const asked: (string | null)[] = []
    const pages = () =>
      allPages(async (after) => {
        asked.push(after)
        const page = after === null ? 0 : Number(after)
        const nodes = page === 1 ? [] : [page]
        return { nodes, hasNextPage: page < 3, endCursor: `${page + 1}` }
      })
    const rows: number[] = []
    for await (const page of pages()) rows.push(...page)
    expect(rows).toEqual([0, 2, 3])
    expect(asked).toEqual([null, '1', '2', '3'])
    for await (const _ of pages()) break
    expect(asked).toHaveLength(5)
  })
})

describe('an answer of many requests', () => {
  const block = (height: number, hash: string): BlockRef => {
    return { height, hash, timestamp: '2026-01-01T00:00:00Z', finalized: false }
  }
  const noHead = () => Promise.reject(new Error('the head was asked for'))

  it('stays at the head that there was, while blocks arrive', async () => {
    const pinned = await PinnedBlock.at(null, async () => block(50, '0xa'))
    expect(pinned.asOf).toEqual({ block: 50 })
    // Nothing was recorded after block 40 then, so that is the block that answers name.
    pinned.check(block(40, '0xb'))
    pinned.check(block(40, '0xb'))
    expect(pinned.block.height).toBe(50)
  })

  it('ends with an error when a fork changes the record under it', async () => {
    const pinned = await PinnedBlock.at({ block: 45 }, noHead)
    pinned.check(block(40, '0xa'))
    expect(() => pinned.check(block(40, '0xb'))).toThrow(/fork/)
    expect(() => pinned.check(block(44, '0xc'))).toThrow(/fork/)
  })
})

describe('the point of a question', () => {
  it.each([
    ['17', { block: 17 }],
    ['2026-01-31T12:00:00Z', { timestamp: '2026-01-31T12:00:00.000Z' }],
    ['2026-01-31T12:00+05:30', { timestamp: '2026-01-31T06:30:00.000Z' }],
    [undefined, null],
  ])('is read from %s', (text, point) => expect(readAsOf(text)).toEqual(point))

  it.each(['2026-01-31', '2026-01-31T12:00:00', '2026-02-31T99:00:00Z', '-1', '1e3', ''])(
    'is not guessed from "%s"',
    (text) => expect(() => readAsOf(text)).toThrow(/--as-of/),
  )
})
