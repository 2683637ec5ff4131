import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toAddress } from '../../src/domain/address'
import { gs1Date } from '../../src/domain/identifiers/gs1-date'
import { readIdentifier } from '../../src/domain/identifiers/read-identifier'
import { gs1CheckDigit, textKey } from '../../src/domain/identity-key'

const ADDRESS = toAddress(`0x${'aB'.repeat(20)}`)
if (ADDRESS === undefined) throw new Error('the test has no address')
const CONTEXT = { contracts: new Map([[ADDRESS, 'demo']]), year: 2026 }
const GTIN = '09506000134352'
const read = (text: string) => readIdentifier(text, CONTEXT)

describe('readIdentifier', () => {
  it.each([
    ['demo-17', 'DEVICE_ID', { by: 'DEVICE_ID', deviceId: 'demo-17' }],
    ['demo-0', 'DEVICE_ID', { by: 'DEVICE_ID', deviceId: 'demo-0' }],
    [
      `demo-${2n ** 256n - 1n}`,
      'DEVICE_ID',
      { by: 'DEVICE_ID', deviceId: `demo-${2n ** 256n - 1n}` },
    ],
    ['demo/007', 'TOKEN_REFERENCE', { by: 'DEVICE_ID', deviceId: 'demo-7' }],
    [` ${ADDRESS.toUpperCase()} / 7 `, 'TOKEN_REFERENCE', { by: 'DEVICE_ID', deviceId: 'demo-7' }],
    [`${GTIN}|a1`, 'UDI_DI_AND_SERIAL', { by: 'IDENTITY', identityKey: `${GTIN}|A1` }],
    [`${GTIN.slice(1)}|a1`, 'UDI_DI_AND_SERIAL', { by: 'IDENTITY', identityKey: `${GTIN}|A1` }],
    ['+H123PART1|S', 'UDI_DI_AND_SERIAL', { by: 'IDENTITY', identityKey: '+H123PART1|S' }],
    [`(01)${GTIN}(21)a1`, 'GS1_ELEMENT_STRING', { by: 'IDENTITY', identityKey: `${GTIN}|A1` }],
    ['(21)a1', 'GS1_ELEMENT_STRING', { by: 'SERIAL', serialKey: 'A1' }],
    ['ＳＮ–12', 'SERIAL', { by: 'SERIAL', serialKey: 'SN-12' }],
    ['demo-01', 'SERIAL', { by: 'SERIAL', serialKey: 'DEMO-01' }],
    [`demo-${2n ** 256n}`.slice(0, 60), 'DEVICE_ID', expect.anything()],
  ])('reads %s as %s', (text, syntax, key) => {
    const { parsed, keys } = read(text)
    expect(parsed).toMatchObject({ input: text, syntax })
    expect(keys).toContainEqual(key)
  })

  it('looks a text up as a serial too where a serial may look like that', () => {
    expect(read('sn-12').keys).toContainEqual({ by: 'SERIAL', serialKey: 'SN-12' })
    expect(read('ab/12').keys).toContainEqual({ by: 'SERIAL', serialKey: 'AB/12' })
  })

  it("reads the FDA's own sample", () => {
    const { parsed } = read('(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234')
    expect(parsed).toMatchObject({
      udiDi: '51022222233336',
      serial: '1234',
      lot: 'A213B1',
      manufacturedOn: '2014-12-31',
      expiresOn: '2015-07-07',
      problems: [],
    })
  })

  it.each([
    ['', 'empty'],
    [' \t\n', 'empty'],
    ['a\u0000b', 'U+0000 at 2'],
    ['x'.repeat(65), 'too long for a serial'],
    ['x'.repeat(1_001), 'at most 1000'],
    ['09506000134353|A1', 'check digit of 09506000134353 is 3, expected 2'],
    ['|A1', 'no UDI-DI'],
    [`${GTIN}|`, 'no serial'],
    ['0x12/1', 'no address'],
    [`${ADDRESS}/x`, 'no token id'],
    [`${ADDRESS}/${2n ** 256n}`, 'no token id'],
    [`0x${'0'.repeat(40)}/1`, 'names of those that are: demo'],
    ['(01)09506000134353(21)A1', '(01) at 5: check digit'],
    ['(01)123(21)A1', 'no GTIN'],
    [`(01)${GTIN}(10)L1`, 'no serial (21)'],
    [`(01)${GTIN}(21)A(21)B`, 'stated twice'],
    [`(01)${GTIN}(21)`, 'no value'],
  ])('says why %j cannot be looked up', (text, problem) => {
    const { parsed, keys } = read(text)
    expect(keys).toEqual([])
    expect(parsed.problems.join('\n')).toContain(problem)
  })

  it.each([
    [`(01)${GTIN}(21)A1(240)X`, '(240) at 30: "X" is not used'],
    [`(01)${GTIN}(21)A1(17)270230`, '"270230" is no date'],
    [`(01)${GTIN}(21)${'A'.repeat(21)}`, '21 characters, but GS1 allows 20'],
    [GTIN, 'names a model'],
  ])('goes on after a problem that hides nothing: %s', (text, problem) => {
    const { parsed, keys } = read(text)
    expect(keys).toHaveLength(1)
    expect(parsed.problems.join('\n')).toContain(problem)
  })

  it('says that contracts are not known instead of guessing', () => {
    const { parsed, keys } = readIdentifier(`${ADDRESS}/1`, { contracts: new Map(), year: 2026 })
    expect(keys).toEqual([])
    expect(parsed.problems[0]).toContain('names of those that are: none')
  })
})

describe('gs1Date', () => {
  it.each([
    ['260200', 2026, '2026-02-28'],
    ['280200', 2026, '2028-02-29'],
    ['261200', 2026, '2026-12-31'],
    ['760101', 2026, '2076-01-01'],
    ['770101', 2026, '1977-01-01'],
    ['990101', 2026, '1999-01-01'],
    ['100101', 2060, '2110-01-01'],
    ['110101', 2060, '2011-01-01'],
    ['500101', 2099, '2050-01-01'],
    ['490101', 2099, '2149-01-01'],
  ])('reads %s in %i as %s', (text, year, date) => {
    expect(gs1Date(text, year)).toBe(date)
  })

  it.each(['', '26010', '2601011', '261301', '260001', '260230', '2601 1'])(
    'refuses %j',
    (text) => {
      expect(gs1Date(text, 2026)).toBeUndefined()
    },
  )
})

/** GS1's character set 82. */
const CHARACTERS = [
  ...'!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz',
]
const text82 = fc
  .array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength: 20 })
  .map((characters) => characters.join(''))
const gtin = fc
  .integer({ min: 0, max: 9_999_999_999_999 })
  .map((n) => String(n).padStart(13, '0'))
  .map((digits) => digits + gs1CheckDigit(digits))
const date = fc
  .date({ min: new Date('1978-01-01'), max: new Date('2075-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10))

describe('properties', () => {
  const unit = fc.record({
    udiDi: gtin,
    serial: text82,
    lot: text82,
    manufacturedOn: date,
    expiresOn: date,
  })
  const yymmdd = (day: string) => day.slice(2).replaceAll('-', '')
  const escaped = (value: string) => value.replaceAll('(', '\\(')

  it('what is written as GS1 element string is read back, in every order', () => {
    const written = unit.chain((u) =>
      fc
        .shuffledSubarray(
          [
            `(01)${u.udiDi}`,
            `(21)${escaped(u.serial)}`,
            `(10)${escaped(u.lot)}`,
            `(11)${yymmdd(u.manufacturedOn)}`,
            `(17)${yymmdd(u.expiresOn)}`,
          ],
          { minLength: 5 },
        )
        .map((elements) => ({ unit: u, text: elements.join('') })),
    )
    fc.assert(
      fc.property(written, (sample) => {
        const { parsed, keys } = read(sample.text)
        expect(parsed).toMatchObject({ ...sample.unit, problems: [] })
        expect(keys).toEqual([
          { by: 'IDENTITY', identityKey: `${sample.unit.udiDi}|${textKey(sample.unit.serial)}` },
        ])
      }),
    )
  })

  it('what is written as UDI-DI and serial is read back', () => {
    fc.assert(
      fc.property(gtin, text82, (udiDi, serial) => {
        expect(read(`${udiDi}|${serial}`).parsed).toMatchObject({ udiDi, serial, problems: [] })
      }),
    )
  })

  it('one wrong digit of a GTIN never passes', () => {
    fc.assert(
      fc.property(gtin, fc.nat(13), fc.integer({ min: 1, max: 9 }), (udiDi, at, by) => {
        const digit = (Number(udiDi[at]) + by) % 10
        const wrong = `${udiDi.slice(0, at)}${digit}${udiDi.slice(at + 1)}`
        expect(read(`(01)${wrong}(21)A1`).keys).toEqual([])
      }),
    )
  })

  it('every text ends with a result, and one without a key says why', () => {
    const pieces = fc.constantFrom(
      '(',
      ')',
      '\\',
      '\\(',
      '(01)',
      '(21)',
      '|',
      '/',
      '0x',
      'demo',
      '-',
      '1',
      '\u001d',
    )
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 1_100 }),
      fc.array(pieces, { maxLength: 300 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const { parsed, keys } = read(text)
        expect(parsed.input).toBe(text)
        expect(keys.length + parsed.problems.length).toBeGreaterThan(0)
      }),
      { numRuns: 1_000 },
    )
  })
})
