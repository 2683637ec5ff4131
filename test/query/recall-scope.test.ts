import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recallLookup } from '../../src/query/recall-lookup'
import { countCannotTell, recallCounts } from '../../src/query/recall-lookup/counts'
import type { RecallScope } from '../../src/query/recall-lookup/scope'
import { recallScopeValues } from '../../src/query/recall-lookup/scope-values'
import { LedgerRows } from '../support/ledger-rows'
import { LEAD, MAKER, PUMP, questionsTo, recallLedger } from './recall-fixture'

let ledger: LedgerRows
const { look, counts, ids, unmatched } = questionsTo(() => ledger)
beforeAll(async () => {
  ledger = await recallLedger()
})
afterAll(() => ledger?.close())

describe('which units a scope touches', () => {
  it.each<[string, RecallScope, string[], string[]]>([
    ['a UDI-DI', { models: [LEAD] }, ['1', '2', '3', '4', '8'], ['6', '7']],
    ['a shorter GTIN', { models: [LEAD.slice(1)] }, ['1', '2', '3', '4', '8'], ['6', '7']],
    ['a model id', { models: ['demo-model-2'] }, ['5'], ['6']],
    ['a model without UDI-DI by its id', { models: ['demo-model-3'] }, ['7'], ['6']],
    ['a lot, in every spelling', { lots: [' lot-a '] }, ['1', '2', '5', '7', '8'], ['4', '6']],
    [
      'lots widen',
      { lots: ['LOT-A', 'LOT-B', 'lot-b'] },
      ['1', '2', '3', '5', '7', '8'],
      ['4', '6'],
    ],
    ['fields narrow', { models: [LEAD], lots: ['LOT-A'] }, ['1', '2', '8'], ['4', '6', '7']],
    ['serials', { serials: ['a1', 'P1'] }, ['1', '5'], ['6']],
    ['device ids', { deviceIds: ['demo-6', ' demo-1 '] }, ['1', '6'], []],
    [
      'device ids narrow',
      { deviceIds: ['demo-6', 'demo-1', 'demo-3'], lots: ['LOT-A'] },
      ['1'],
      ['6'],
    ],
    ['a pattern', { lots: ['lot-?'] }, ['1', '2', '3', '5', '7', '8'], ['4', '6']],
    ['a pattern and a value', { serials: ['?1', 'a2'] }, '1 2 3 4 5 7 8'.split(' '), ['6']],
    ['a range', { models: [LEAD], serials: ['a1..A9'] }, ['1', '2'], ['6']],
    [
      'days of manufacture',
      { manufacturedFrom: '2026-01-02' },
      ['2'],
      ['3', '4', '5', '6', '7', '8'],
    ],
    [
      'one day, of a lot',
      { lots: ['LOT-A'], manufacturedFrom: '2026-01-01', manufacturedTo: '2026-01-01' },
      ['1'],
      ['4', '5', '6', '7', '8'],
    ],
    [
      'days of expiry',
      { models: [LEAD], expiresTo: '2027-01-01' },
      ['1'],
      ['3', '4', '6', '7', '8'],
    ],
    ['what nobody has', { models: ['nothing'] }, [], ['6', '7']],
  ])('%s', async (_, scope, certain, uncertain) => {
    const named = (tokens: string[]) => tokens.map((token) => `demo-${token}`)
    expect(await ids(scope)).toEqual(named(certain))
    expect(await ids(scope, { match: 'CANNOT_TELL' })).toEqual(named(uncertain))
    expect(await counts(scope)).toEqual([certain.length, uncertain.length])
  })

  it('units that were minted after the block are not there yet', async () => {
    expect(await ids({ lots: ['LOT-A'] }, {}, 45)).toEqual(['demo-1', 'demo-2', 'demo-5', 'demo-7'])
    expect(await counts({ lots: ['LOT-A'] }, 9)).toEqual([0, 0])
  })

  it('an identity that was stated after the block is missing at the block', async () => {
    const late = await LedgerRows.open()
    try {
      await late.model(1, LEAD, 1)
      await late.mint({ at: 5, token: 1, model: 1, serial: 'S', lot: 'L', manufacturer: MAKER })
      await late.sql('UPDATE device SET identity_block = 8')
      await late.head(10)
      const at = async (scope: RecallScope, block: number) => {
        const lookup = await recallLookup(late.sql, { scope, asOf: { block } })
        const { inScope } = await recallCounts(late.sql, lookup)
        return [inScope, await countCannotTell(late.sql, lookup)]
      }
      await late.anomaly('demo-1', 'TEXT_ALTERED', 8)
      expect(await at({ lots: ['L'] }, 7)).toEqual([0, 1])
      expect(await at({ lots: ['other'] }, 7)).toEqual([0, 1])
      expect(await at({ lots: ['L'] }, 8)).toEqual([1, 0])
      expect(await at({ lots: ['other'] }, 8)).toEqual([0, 0])
      expect(await at({ deviceIds: ['demo-1'] }, 7)).toEqual([1, 0])
    } finally {
      await late.close()
    }
  })
})

describe('never wider than asked', () => {
  it.each<[string, RecallScope]>([
    ['wildcards only', { models: [LEAD], lots: ['*', '??'] }],
    ['ranges that are none', { models: [LEAD], serials: ['A1..B9'] }],
    ['an empty list beside values', { models: [LEAD], lots: [] }],
    ['blanks only', { models: [LEAD], lots: [' '] }],
    ['malformed device ids only', { models: [LEAD], deviceIds: ['17'] }],
  ])('%s match nothing', async (_, scope) => {
    expect(await counts(scope)).toEqual([0, 0])
    expect(await ids(scope)).toEqual([])
    expect((await unmatched(scope)).length).toBeGreaterThan(0)
  })

  it.each<RecallScope>([
    {},
    { models: null, lots: null },
    { lots: [] },
    { lots: [], models: [], deviceIds: [] },
  ])('an empty scope is refused: %o', async (scope) => {
    await expect(look(scope)).rejects.toMatchObject({
      code: 'RECALL_SCOPE_EMPTY',
      remedy: 'caller',
    })
  })

  it('too many values are refused by name', async () => {
    await expect(look({ lots: Array(10_001).fill('A') })).rejects.toMatchObject({
      code: 'ARGUMENT_OUT_OF_RANGE',
      message: expect.stringContaining('scope.lots has 10001 values'),
    })
  })

  it('a date that is none is refused by name', async () => {
    await expect(look({ lots: ['A'], expiresTo: '2026-02-30' })).rejects.toMatchObject({
      code: 'ARGUMENT_UNREADABLE',
      message: expect.stringContaining('scope.expiresTo'),
    })
  })

  it('a window that ends before it begins is refused by name', async () => {
    const scope = { expiresFrom: '2026-02-01', expiresTo: '2026-01-31' }
    await expect(look(scope)).rejects.toMatchObject({
      code: 'ARGUMENT_OUT_OF_RANGE',
      message: expect.stringContaining('scope.expiresFrom is 2026-02-01, after scope.expiresTo'),
    })
  })

  it('too many patterns and ranges are refused by name', async () => {
    const serials = Array.from({ length: 1_001 }, (_, n) => (n % 2 ? `A${n}*` : `B${n}..B${n}`))
    await expect(look({ serials })).rejects.toMatchObject({
      code: 'ARGUMENT_OUT_OF_RANGE',
      message: expect.stringContaining('scope.serials has 1001 patterns and ranges'),
    })
    expect(await ids({ serials: [...serials.slice(2), 'A1'] })).toEqual(['demo-1'])
  })

  it('10,000 values are taken', async () => {
    const lots = Array.from({ length: 10_000 }, (_, n) => `NO-${n}`)
    lots[5_000] = 'LOT-B'
    expect(await ids({ lots })).toEqual(['demo-3'])
    expect(await unmatched({ lots })).toHaveLength(9_999)
  })
})

describe('unmatched', () => {
  it('names every value that matched nothing, and why', async () => {
    const scope = {
      models: [LEAD, PUMP, '09506000134353', 'demo-model-9'],
      lots: ['LOT-A', 'LOT-C', 'X?', 'A..B', 'a\u0000', '', 'x'.repeat(257)],
      serials: ['A1', 'P1', 'b1', 'none'],
      deviceIds: ['demo-1', 'demo-5', 'demo-3', 'demo-99', 'x'],
    }
    const reasons = (await unmatched(scope)).map(({ field, value, reason }) => [
      field,
      value.slice(0, 20),
      reason,
    ])
    expect(reasons).toEqual([
      ['lots', 'A..B', 'no range: both ends must end in digits'],
      ['lots', 'a\u0000', 'cannot be read: it holds control character U+0000 at 2'],
      ['lots', '', 'blank'],
      [
        'lots',
        'x'.repeat(20),
        'cannot be read: it has 257 characters, but at most 256 are compared',
      ],
      ['deviceIds', 'x', 'no device id: expected {contract}-{tokenId}, such as demo-17'],
      [
        'models',
        '09506000134353',
        'no unit on record has this model: check digit of 09506000134353 is 3, expected 2',
      ],
      ['models', 'demo-model-9', 'no unit on record has this model'],
      ['lots', 'LOT-C', 'no unit on record has this lot; like it are LOT-A, LOT-B'],
      ['lots', 'X?', 'no unit on record has a lot of this pattern'],
      [
        'serials',
        'b1',
        'units on record have this serial, but none that the other fields name as well',
      ],
      ['serials', 'none', 'no unit on record has this serial'],
      [
        'deviceIds',
        'demo-3',
        'units on record have this id, but none that the other fields name as well',
      ],
      ['deviceIds', 'demo-99', 'no unit on record has this id'],
    ])
  })

  it('names patterns, ranges and windows that match nothing', async () => {
    const scope = {
      lots: ['LOT-*', 'X*', 'LOT-1..LOT-9'],
      serials: ['P*', 'A1..A2', 'b1..B9'],
      manufacturedFrom: '2026-01-01',
      expiresTo: '2020-01-01',
    }
    expect(await unmatched({ ...scope, expiresTo: null })).toEqual([
      { field: 'lots', value: 'X*', reason: 'no unit on record has a lot of this pattern' },
      { field: 'lots', value: 'LOT-1..LOT-9', reason: 'no unit on record has a lot in this range' },
    ])
    const reasons = await unmatched({ models: [LEAD], ...scope })
    expect(reasons.map(({ field, value }) => [field, value])).toEqual([
      ['lots', 'X*'],
      ['lots', 'LOT-1..LOT-9'],
      ['serials', 'P*'],
      ['serials', 'A1..A2'],
      ['manufacturedFrom', '2026-01-01..'],
      ['expiresTo', '..2020-01-01'],
    ])
    expect(reasons.at(-1)?.reason).toBe('no unit on record expires in this window of dates')
    expect(reasons.at(-2)?.reason).toMatch(/^units on record have a date in this window, but none/)
  })

  it('counts a value as matched that only an uncertain unit carries', async () => {
    expect(await unmatched({ serials: ['N1'], lots: ['LOT-A'] })).toEqual([
      {
        field: 'lots',
        value: 'LOT-A',
        reason: expect.stringContaining('none that the other fields name'),
      },
    ])
  })

  it('tells a model without units from one that is not on record', async () => {
    expect(await unmatched({ models: [LEAD], serials: ['P1'] })).toMatchObject([
      { field: 'models', reason: expect.stringContaining('the model is on record') },
      { field: 'serials' },
    ])
  })

  it('looks only at what was on record at the block', async () => {
    expect(await unmatched({ serials: ['Z1', 'A1'] }, 45)).toEqual([
      { field: 'serials', value: 'Z1', reason: 'no unit on record has this serial' },
    ])
  })

  it('says that values were not looked up where the scope matches nothing', async () => {
    expect(await unmatched({ models: [LEAD], lots: ['*'] })).toMatchObject([
      { field: 'lots', value: '*' },
      { field: 'models', value: LEAD, reason: expect.stringContaining('not looked up') },
    ])
  })
})

describe('what each value brought', () => {
  const brought = async (scope: RecallScope, block?: number) => {
    const values = await recallScopeValues(ledger.sql, await look(scope, block))
    return values.map(({ value, units, numbersNotOnRecord }) => [value, units, numbersNotOnRecord])
  }

  it('counts units in scope, and numbers of a range that no unit has', async () => {
    expect(await brought({ models: [LEAD, 'nothing'], serials: ['a1..A4', '?1', 'A1'] })).toEqual([
      [LEAD, 5, null],
      ['nothing', 0, null],
      ['a1..A4', 2, 2n],
      ['?1', 4, null],
      ['A1', 1, null],
    ])
    expect(await brought({ serials: ['Z1..Z2', 'Z1'] }, 45)).toEqual([
      ['Z1..Z2', 0, 2n],
      ['Z1', 0, null],
    ])
  })

  it('is nothing where the scope matches nothing', async () => {
    expect(await brought({ models: ['*'], lots: [''], serials: ['A1..A2', 'A1'] })).toEqual([
      ['*', 0, null],
      ['A1..A2', 0, null],
      ['A1', 0, null],
    ])
  })
})
