import { describe, expect, it } from 'vitest'
import { inOrder } from '../../src/client/in-order'
import { duration } from '../../src/client/report/duration'
import { writeJson } from '../../src/client/report/json'
import { number, seconds, sheet, text } from '../../src/client/report/report'
import { writeTables } from '../../src/client/report/table'
import { visible, visibleLines } from '../../src/client/report/visible-text'
import { written } from '../support/written-output'

interface Row {
  name: string
  count: number | null
}

const COLUMNS = [
  text<Row>('partyName', ({ name }) => name),
  number<Row>('count', ({ count }) => count),
  seconds<Row>('held', ({ count }) => count),
]

describe('a table', () => {
  it('stays aligned with characters of two columns and of none', async () => {
    const rows = [
      { name: '東京病院', count: 5 },
      { name: 'Ho\u0302pital', count: null },
    ]
    expect(await written((out) => writeTables([sheet('parties', COLUMNS, rows)], out))).toBe(
      [
        'PARTIES',
        'party name  count  held',
        '----------  -----  ----',
        '東京病院        5   5 s',
        'Ho\u0302pital',
        '',
      ].join('\n'),
    )
  })

  it('does not let a name drive the terminal or fake a row', async () => {
    const rows = [{ name: '\u001b[2Jx\nMaker\u202e', count: 1 }]
    const table = await written((out) => writeTables([sheet('parties', COLUMNS, rows)], out))
    expect(table).toContain('\\u{1b}[2Jx\\u{a}Maker\\u{202e}')
  })

  it('says that there is nothing, and goes on after more rows than it measures', async () => {
    expect(await written((out) => writeTables([sheet('a', COLUMNS, [])], out))).toBe('A: none\n')
    async function* batches() {
      for (let n = 0; n < 3; n++) yield Array.from({ length: 900 }, () => ({ name: 'x', count: n }))
    }
    const table = await written((out) => writeTables([sheet('a', COLUMNS, batches())], out))
    expect(table.split('\n')).toHaveLength(3 + 2_700 + 1)
  })
})

describe('JSON', () => {
  it('is one document with typed values, whatever the names hold', async () => {
    const name = '"\u0007\u009b\u202e\ud83d\ude00'
    const parts = [
      sheet('rows', COLUMNS, [{ name, count: null }]),
      sheet('none', COLUMNS, []),
      { name: 'totals', facts: () => ({ rows: 1, isFinal: true }) },
    ]
    const document = await written((out) => writeJson({ parts, main: 'rows' }, out))
    expect(JSON.parse(document)).toEqual({
      rows: [{ partyName: name, count: null, held: null }],
      none: [],
      totals: { rows: 1, isFinal: true },
    })
    expect(document).not.toMatch(/[\u009b\u202e]/)
  })
})

describe('text that is shown', () => {
  it('keeps line ends only where lines are meant', () => {
    expect(visible('a\nb\r\u2028')).toBe('a\\u{a}b\\u{d}\\u{2028}')
    expect(visibleLines('a\nb\r\u200f')).toBe('a\nb\\u{d}\\u{200f}')
  })

  it.each([
    [0, '0 s'],
    [59.9, '59 s'],
    [60, '1 min'],
    [3_661, '1 h 1 min'],
    [23 * 86_400 + 5 * 3_600, '23 d 5 h'],
  ])('shows %d seconds as %s', (given, shown) => expect(duration(given)).toBe(shown))
})

describe('work in order', () => {
  it('keeps the order and the limit, however long each takes', async () => {
    let underWay = 0
    let most = 0
    async function* items() {
      yield* [5, 1, 3, 0, 2]
    }
    const results: number[] = []
    for await (const result of inOrder(items(), 2, async (delay) => {
      most = Math.max(most, ++underWay)
      await new Promise((resolve) => setTimeout(resolve, delay))
      underWay -= 1
      return delay
    })) {
      results.push(result)
    }
    expect(results).toEqual([5, 1, 3, 0, 2])
    expect(most).toBe(2)
  })

  it('ends with the first error, and with no other one unheard', async () => {
    async function* items() {
      yield* [1, 2, 3]
    }
    const all = async () => {
      for await (const _ of inOrder(items(), 3, async (n) => Promise.reject(new Error(`${n}`))));
    }
    await expect(all()).rejects.toThrow('1')
  })
})
