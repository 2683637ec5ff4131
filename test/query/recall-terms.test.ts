import { describe, expect, it } from 'vitest'
import { readTerm } from '../../src/query/recall-lookup/scope-term'
import { lookAlikes, oneEditAway } from '../../src/query/recall-lookup/similar-keys'

describe('a range', () => {
  it.each([
    ['A100..A199', { from: 'A100', to: 'A199', width: 3, size: 100n }],
    [' a100 .. a199 ', { from: 'A100', to: 'A199', width: 3, size: 100n }],
    ['78012090..78012092', { from: '78012090', to: '78012092', width: 8, size: 3n }],
    ['A-007..A-007', { from: 'A-007', to: 'A-007', width: 3, size: 1n }],
    ['2024-X09..2024-X10', { from: '2024-X09', to: '2024-X10', width: 2, size: 2n }],
    ['\uFF11..\uFF19', { from: '1', to: '9', width: 1, size: 9n }],
    ['A1\u20251..A2', undefined],
  ])('%s', (value, expected) => {
    const term = readTerm(value)
    if (expected === undefined) expect(term).toHaveProperty('refused')
    else expect(term).toEqual({ form: 'range', value, ...expected })
  })

  it('of numbers beyond what a machine word holds keeps its size', () => {
    const term = readTerm(`${'0'.repeat(40)}..${'9'.repeat(40)}`)
    expect(term).toMatchObject({ form: 'range', size: 10n ** 40n })
  })

  it.each([
    ['A199..A100', 'no range: A199 comes after A100'],
    ['A100..B199', 'no range: its ends begin differently: "A" and "B"'],
    ['A99..A100', 'no range: its ends have 2 and 3 digits'],
    ['A1B..A9B', 'no range: both ends must end in digits'],
    ['A..', 'no range: expected two values with .. between them, such as A100..A199'],
    ['..A9', 'no range: expected two values with .. between them, such as A100..A199'],
    ['A1...A9', 'no range: expected two values with .. between them, such as A100..A199'],
    ['A1..A5..A9', 'no range: expected two values with .. between them, such as A100..A199'],
    ['A?1..A?9', 'no range: its ends hold wildcards'],
    ['A1..\u2024', 'no range: expected two values with .. between them, such as A100..A199'],
  ])('%s is refused', (value, refused) => {
    expect(readTerm(value)).toEqual({ refused })
  })
})

describe('a pattern', () => {
  it.each([
    ['a*', 'A%'],
    ['A?9', 'A_9'],
    ['A**9', 'A%9'],
    ['\uFF0Ax', '%X'],
    ['100%_\\*', '100\\%\\_\\\\%'],
  ])('%s', (value, like) => {
    expect(readTerm(value)).toEqual({ form: 'pattern', value, like })
  })

  it.each(['*', '?', '??*'])('%s names nothing', (value) => {
    expect(readTerm(value)).toEqual({ refused: expect.stringContaining('nothing but wildcards') })
  })
})

describe('keys like a key', () => {
  it.each([
    ['LOTO1', 'LOT01'],
    ['L0T1', 'LOTI'],
    ['A123', 'A0123'],
    ['A00123', 'A123'],
    ['00123', '123'],
    ['A01-7', 'A01-07'],
  ])('%s looks like %s', (key, like) => {
    expect(lookAlikes(key)).toContain(like)
  })

  it.each([
    ['LOT-A', 'LTO-A'],
    ['LOT-A', 'LOTA'],
    ['LOT-A', 'LOT-B'],
    ['LOT-A', 'LOT--A'],
  ])('%s is one edit away from %s', (key, other) => {
    expect(oneEditAway(key)).toContain(other)
  })

  it.each(['', 'A', '0', 'O0I1'.repeat(64), 'x'.repeat(256), '\u{1F600}'])(
    'are few and never the key itself: %j',
    (key) => {
      const keys = [...lookAlikes(key), ...oneEditAway(key)]
      expect(keys).not.toContain(key)
      expect(keys.length).toBeLessThan(3_000)
    },
  )
})
