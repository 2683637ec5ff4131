import { describe, expect, it } from 'vitest'
import { toAddress } from '../../src/domain/address'
import { readIdentifier } from '../../src/domain/identifiers/read-identifier'

const ADDRESS = toAddress(`0x${'aB'.repeat(20)}`)
if (ADDRESS === undefined) throw new Error('the test has no address')
const CONTEXT = { contracts: new Map([[ADDRESS, 'demo']]), chainId: '31337', year: 2026 }
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

  it('says that a blank behind an HIBC is no part of it, for the blank could be its check', () => {
    const label = '+L3RZGXEKOFDSJHZ2A0/$$8053540518QIQRMXTYRLPH/S6R4/16D19780101 '
    expect(read(label).problems).toEqual([])
    // One wrong character, and the text fits by chance without the blank that checks it.
    const [told, ...others] = read(label.replace('/16D', '/86D')).problems
    expect(told).toMatchObject({ code: 'BLANK_IGNORED', weight: 'NOTE', at: label.length })
    expect(others.map(({ code }) => code)).toEqual(['NOT_USED'])
    // With a wrong character nothing fits: the blank is not what is told then.
    const wrong = read(label.replace('S6R4', 'S6R5')).problems.map(({ code }) => code)
    expect(wrong).toContain('BAD_CHECK_CHARACTER')
    expect(wrong).not.toContain('BLANK_IGNORED')
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
    ['a\u0000b', 'at 2: control character U+0000'],
    ['x'.repeat(65), 'too long for a serial'],
    ['x'.repeat(1_001), 'at most 1000'],
    ['09506000134353|A1', 'check digit of 09506000134353 is 3, expected 2'],
    ['|A1', 'no UDI-DI'],
    [`${GTIN}|`, 'no serial'],
    ['0x12/1', 'no address'],
    [`${ADDRESS}/x`, 'no token id'],
    [`${ADDRESS}/${2n ** 256n}`, 'no token id'],
    [`0x${'0'.repeat(40)}/1`, 'names of those that are: demo'],
    ['(01)09506000134353(21)A1', 'at 18: (01) check digit'],
    ['(01)123(21)A1', 'no GTIN'],
    [`(01)${GTIN}(21)A1(17)270230`, 'at 29: (17) "270230" is no date'],
    [`(01)${GTIN}(21)${'A'.repeat(21)}`, '21 characters, but GS1 allows 20'],
    [`(01)${GTIN}(21)A\u00e9`, 'at 24: (21) "\u00e9" may not stand'],
    ['1.0E+05', 'digits are lost'],
    ['#REF!', 'spreadsheet error'],
    ['n/a', 'no identifier'],
    ['12345678.0', 'is "12345678" meant?'],
    ['https://example.com/shop?id=1', 'without a GS1 key'],
    ['https://example.com/constructor/1/10/2', 'without a GS1 key'],
    [`eip155:1/erc721:${ADDRESS}/1`, 'chain 1 is not followed, but chain 31337'],
    [`eip155:31337/erc721:${ADDRESS}/x`, 'at 64: "x" is no token id'],
    ['urn:epc:idpat:sgtin:4012345.098765.*', 'many units'],
    ['https://a/01/09506000134352/10/%E0%A4', 'begins no character'],
    [`(01)${GTIN}(21)A(21)B`, 'stated twice'],
    [`(01)${GTIN}(21)`, 'no value'],
  ])('says why %j cannot be looked up', (text, problem) => {
    const { parsed, keys } = read(text)
    expect(keys).toEqual([])
    expect(parsed.problems.join('\n')).toContain(problem)
  })

  it.each([
    [`(01)${GTIN}(21)A1(240)X`, 'at 30: (240) "X" is not used'],
    [`(01)${GTIN}(10)L1`, 'no serial (21)'],
    ['(10)L1', 'no UDI-DI (01)'],
    ['urn:epc:id:giai:4000001.111', 'an individual asset, no device'],
  ])('goes on after a problem that hides nothing: %s', (text, problem) => {
    const { parsed, keys } = read(text)
    expect(keys).toHaveLength(1)
    expect(parsed.problems.join('\n')).toContain(problem)
  })

  it.each([
    ['LOT 13F18C0374', { by: 'LOT', udiDiKey: null, lotKey: '13F18C0374' }],
    ['Lot No.: 13F18', { by: 'LOT', udiDiKey: null, lotKey: '13F18' }],
    ['S/N:12345', { by: 'SERIAL', serialKey: '12345' }],
    ['#12345', { by: 'SERIAL', serialKey: '12345' }],
    ['Serial No. A-1', { by: 'SERIAL', serialKey: 'A-1' }],
    [`GTIN ${GTIN} LOT L1`, { by: 'LOT', udiDiKey: GTIN, lotKey: 'L1' }],
    [`GTIN: ${GTIN.slice(1)}, SN: S1`, { by: 'IDENTITY', identityKey: `${GTIN}|S1` }],
    [`(01)${GTIN}(10)l1`, { by: 'LOT', udiDiKey: GTIN, lotKey: 'L1' }],
    [GTIN, { by: 'MODEL', udiDiKey: GTIN }],
    ['SD4198', { by: 'LOT', udiDiKey: null, lotKey: 'SD4198' }],
    ['+A123BJC5D6E71G|S1', { by: 'IDENTITY', identityKey: 'A123BJC5D6E71|S1' }],
    ['="0012"', { by: 'SERIAL', serialKey: '0012' }],
    [`]Q1https://a.b/01/${GTIN}/21/A1`, { by: 'IDENTITY', identityKey: `${GTIN}|A1` }],
    [`01${GTIN} 10L1 21A1`, { by: 'IDENTITY', identityKey: `${GTIN}|A1` }],
  ])('finds in %s what it names', (text, key) => {
    expect(read(text).keys).toContainEqual(key)
  })

  it('looks a number up as a serial too, though it reads as a UDI-DI', () => {
    const keys = ['MODEL', 'SERIAL', 'LOT']
    expect(read('40170725').keys.map(({ by }) => by)).toEqual(keys)
    expect(read('A123BJC5D6E71G').keys.map(({ by }) => by)).toEqual(keys)
  })

  it.each(['12345678905', 'MSCU1234567', '09506000134353', '038290HXRPGWNNMN'])(
    'tells a doubt about %s, and looks it up all the same',
    (text) => {
      const { keys, problems } = read(text)
      expect(keys).toContainEqual({ by: 'SERIAL', serialKey: text })
      expect(problems).toContainEqual(expect.objectContaining({ weight: 'DOUBT' }))
    },
  )

  it('tells where a separator may have been lost, and does not guess', () => {
    const { keys, problems } = read(`01${GTIN}10AB1727013121S1`)
    expect(problems).toContainEqual(
      expect.objectContaining({
        code: 'MISSING_SEPARATOR_SUSPECTED',
        suggestion: `(01)${GTIN}(10)AB(17)270131(21)S1`,
      }),
    )
    expect(keys).toEqual([{ by: 'LOT', udiDiKey: GTIN, lotKey: 'AB1727013121S1' }])
  })

  it('counts places in the text as it came', () => {
    expect(read(`  (01)${GTIN.slice(0, 13)}O`).problems[0]?.at).toBe(20)
    expect(read('\ufdfaA\u0007').problems.at(-1)?.at).toBe(3)
  })

  it('says that contracts are not known instead of guessing', () => {
    const { parsed, keys } = readIdentifier(`${ADDRESS}/1`, { contracts: new Map(), year: 2026 })
    expect(keys).toEqual([])
    expect(parsed.problems[0]).toContain('names of those that are: none')
  })
})
