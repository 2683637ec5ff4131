import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { gs1CheckDigit, isGtin } from '../../src/domain/identity-key'
import { NOTICE_LENGTH_MAX, readNotice } from '../../src/domain/notice/read-notice'
import { readTerm } from '../../src/query/recall-lookup/scope-term'
import { propertySettings } from '../support/property-settings'

/**
 * Goal: no text breaks the reader, drops out of its answer or keeps it busy. Method: texts of the
 * words and marks of notices in any order, any Unicode, and well-formed notices whose reading is
 * known.
 */

/** "Lots 2015" may name a year. */
const code = fc
  .stringMatching(/^[A-Z]{0,3}[0-9]{2,8}$/)
  .filter((value) => !/^(19|20)[0-9]{2}$/.test(value))
const gtin = fc.stringMatching(/^0[0-9]{12}$/).map((body) => body + gs1CheckDigit(body))
const SNIPPETS = [
  ...'Lot|Lots:|Batch No.|Serial Numbers:|SN|GTIN|UDI-DI:|(01)|(10)|(17)|Model|Part #'.split('|'),
  ...'Exp.|manufactured|between|and|or|through|to|except|prior to|not|all|All lots|x'.split('|'),
  ...', ; . ( ) [ / # : " - – … .. 1) b. 7811xxxx 12* A1..A9 100-200 units 3,143'.split(' '),
  ...'February 2015|05/04/2024|2020-01-31|20240930|System ID:|version|Product Code'.split('|'),
  ...'are not affected|(unaffected)|excluded|previously recalled|Affected:|other|\n- |\n1. '.split(
    '|',
  ),
  ...['|', '\n|', '\t', '\n', '  ', '\u0000', '\uFFFD', 'é', '😀', '№ 5', '１２３'],
]
const word = fc.oneof(fc.constantFrom(...SNIPPETS), code, gtin, fc.string({ unit: 'binary' }))
const jumble = fc
  .array(fc.tuple(word, fc.constantFrom('', ' ', ' ', '  ', ', ', '\n')), { maxLength: 40 })
  .map((words) => words.flat().join(''))

describe('any text', () => {
  const settings = propertySettings(500)

  it('is quoted letter for letter, and every number in it is somewhere in the answer', () => {
    fc.assert(
      fc.property(jumble, (text) => {
        const { scopes, notUnderstood } = readNotice(text)
        const quotes = [...notUnderstood, ...scopes.map(({ quote, at }) => ({ text: quote, at }))]
        for (const quote of quotes) {
          expect(text.slice(quote.at, quote.at + quote.text.length)).toBe(quote.text)
        }
        const named = scopes.flatMap(({ scope }) => Object.values(scope).flat()).join(' ')
        for (const { 0: number, index } of text.matchAll(/[0-9]{3,}/g)) {
          const quoted = quotes.some(
            ({ text: { length }, at }) => at <= index && index + number.length <= at + length,
          )
          expect(quoted || named.includes(number), number).toBe(true)
        }
      }),
      settings,
    )
  })

  it('proposes only what stands in it and what a recall lookup takes', () => {
    fc.assert(
      fc.property(jumble, (text) => {
        for (const { scope } of readNotice(text).scopes) {
          for (const value of [...(scope.lots ?? []), ...(scope.serials ?? [])]) {
            expect(readTerm(value)).toHaveProperty('form', value.includes('..') ? 'range' : 'exact')
            for (const end of value.split('..')) expect(text).toContain(end)
          }
          for (const udiDi of scope.models ?? []) {
            expect(text).toContain(udiDi)
            expect(isGtin(udiDi)).toBe(true)
          }
          for (const list of [scope.models, scope.lots, scope.serials]) {
            expect(list).not.toEqual([])
          }
        }
      }),
      settings,
    )
  })
})

const entry = fc.record({
  gtin,
  lots: fc.uniqueArray(code, { minLength: 1, maxLength: 6 }),
  serials: fc.uniqueArray(code, { maxLength: 4 }),
})
const style = fc.record({
  di: fc.constantFrom('GTIN ', 'UDI-DI: ', 'UDI/DI ', 'Device Identifier: '),
  lot: fc.constantFrom('Lot Numbers: ', 'Lots ', 'Lot/Batch No.: ', 'BATCH CODES '),
  serial: fc.constantFrom('Serial Nos. ', 'SN: ', 'S/N '),
  comma: fc.constantFrom(', ', ',', ' and ', ' & '),
  between: fc.constantFrom(', ', '; ', ' ', '\n'),
  after: fc.constantFrom('; ', '. ', '.\n', '\n'),
})

test('a well-formed notice is read exactly as it was written', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(entry, { minLength: 1, maxLength: 4, selector: (one) => one.gtin }),
      style,
      (entries, { di, lot, serial, comma, between, after }) => {
        const text = entries
          .map((one) =>
            [
              di + one.gtin,
              lot + one.lots.join(comma),
              ...(one.serials.length > 0 ? [serial + one.serials.join(comma)] : []),
            ].join(between),
          )
          .join(after)
        const expected = entries.flatMap((one) => [
          { models: [one.gtin], lots: one.lots, serials: null },
          ...(one.serials.length > 0
            ? [{ models: [one.gtin], lots: null, serials: one.serials }]
            : []),
        ])
        const found = readNotice(text).scopes.map(({ scope: { models, lots, serials } }) => ({
          models,
          lots,
          serials,
        }))
        expect(found).toEqual(expected)
      },
    ),
    propertySettings(500),
  )
})

test('a list that the text excludes or bounds is never proposed', () => {
  const turned = fc.constantFrom(
    'except ',
    'excluding ',
    'other than ',
    'not ',
    'prior to ',
    'before ',
    'after ',
    'greater than ',
    'starting with ',
    'unaffected ',
    'replacement ',
  )
  const label = fc.constantFrom('lot ', 'Lot numbers: ', 'Serial Nos. ', 'SN ')
  const codes = fc.array(code, { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(turned, label, codes, (turn, named, values) => {
      const { scopes } = readNotice(`Units ${turn}${named}${values.join(', ')}`)
      const proposed = scopes.flatMap(({ scope }) => [scope.lots, scope.serials])
      expect(proposed.filter((list) => list !== null)).toEqual([])
    }),
    propertySettings(500),
  )
})

test('a list of which the text says behind it that it is excluded is never proposed', () => {
  const turned = fc.constantFrom(
    ' are not affected',
    ' is unaffected.',
    ' were previously recalled',
    ' may be used; lot A1 is affected',
    ' are not subject to this recall',
    ': excluded',
    ' – not included',
    ' (all unaffected)',
    '\nare safe',
  )
  const label = fc.constantFrom('lot ', 'Lot numbers: ', 'Serial Nos. ', 'SN ', 'GTIN 1 lots\n')
  const codes = fc.uniqueArray(code, { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(turned, label, codes, gtin, (turn, named, values, di) => {
      fc.pre(!values.includes('A1'))
      const { scopes } = readNotice(`GTIN ${di}, ${named}${values.join(', ')}${turn}`)
      const proposed = scopes.flatMap(({ scope }) => [scope.lots ?? [], scope.serials ?? []].flat())
      expect(proposed.filter((value) => value !== 'A1')).toEqual([])
    }),
    propertySettings(500),
  )
})

describe('a text of the greatest length', () => {
  const HOSTILE = [
    '(',
    '((lot 1',
    'lot # ',
    'lot/',
    'product(s)(s)',
    '1, ',
    'A-',
    '1..',
    'x'.repeat(200),
    '1'.repeat(999),
    'Lot 1 (SN 2) ',
    'GTIN 00844505000772 Lot 1 (SN 2) ',
    '(01)00844505000772(10)A1',
    'Model A1 Lot B2; ',
    'Lot 1 exp Feb 2015 ',
    'Lot\tSN\nA1\tB2\n',
    'Lot 1 GTIN 00844505000772 ',
    'between lot 1 and ',
    'A1 are not affected ',
    'A1\nare not affected\n',
    'Not affected:\nLot A1\n',
    'Lot A1 (not affected), ',
    '(lot A1 not affected ',
    'Lots:\n- A1\n',
    '| GTIN | Lot |\n',
    'A101 / ',
    'All lots ',
  ]

  it.each(HOSTILE)('is read in seconds: %j', (piece) => {
    const text = piece.repeat(NOTICE_LENGTH_MAX / piece.length)
    const before = process.cpuUsage()
    readNotice(text)
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(3)
  })

  it('does not answer with more than a few times its own length', () => {
    const names = Array.from({ length: 2_400 }, (_, n) => {
      const body = String(n).padStart(13, '0')
      return body + gs1CheckDigit(body)
    })
    const lots = Array.from({ length: 3_000 }, (_, n) => `Lot L${n} (SN ${n})`)
    const text = `GTIN ${names.join(', ')}; ${lots.join('; ')}`
    expect(text.length).toBeLessThan(NOTICE_LENGTH_MAX)
    expect(JSON.stringify(readNotice(text)).length).toBeLessThan(20 * NOTICE_LENGTH_MAX)
  })

  it('is the longest that is read', () => {
    expect(() => readNotice('x'.repeat(NOTICE_LENGTH_MAX + 1))).toThrow(
      expect.objectContaining({
        code: 'ARGUMENT_OUT_OF_RANGE',
        message: expect.stringMatching(/^text has 100001 /),
      }),
    )
  })
})
