import fc from 'fast-check'

/** Identifiers as labels, scanners and people write them, beside what they say. */
export interface Written {
  text: string
  says: {
    udiDi?: string
    serial?: string
    lot?: string
    manufacturedOn?: string
    expiresOn?: string
  }
}

/** GS1's character set 82. */
const CHARACTERS_82 =
  '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'
const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

const textOf = (characters: string, minLength: number, maxLength: number) =>
  fc
    .array(fc.constantFrom(...characters), { minLength, maxLength })
    .map((picked) => picked.join(''))
export const text82 = textOf(CHARACTERS_82, 1, 20)
const alphanumeric = (min: number, max: number) => textOf(ALPHANUMERIC, min, max)
const digits = (length: number) => textOf('0123456789', length, length)

/** Digits from the right weigh 3 and 1 by turns; the check digit completes the sum to tens. */
function withCheckDigit(number: string): string {
  const sum = [...number].reverse().reduce((all, d, i) => all + Number(d) * (i % 2 ? 1 : 3), 0)
  return number + String((10 - (sum % 10)) % 10)
}

export const gtin = digits(13).map(withCheckDigit)
/** Within the window of two-digit years around 2026. */
const day = fc
  .date({ min: new Date('1978-01-01'), max: new Date('2075-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const yymmdd = (date: string) => date.slice(2).replaceAll('-', '')

const unit = fc.record({
  udiDi: gtin,
  serial: text82,
  lot: text82,
  manufacturedOn: day,
  expiresOn: day,
})
type Unit = { [K in keyof Required<Written['says']>]: string }

/** Application identifier, value, and whether the length is fixed. */
const elementsOf = (u: Unit): [string, string, boolean][] => [
  ['01', u.udiDi, true],
  ['21', u.serial, false],
  ['10', u.lot, false],
  ['11', yymmdd(u.manufacturedOn), true],
  ['17', yymmdd(u.expiresOn), true],
]
const inAnyOrder = (u: Unit) => fc.shuffledSubarray(elementsOf(u), { minLength: 5 })

export const bracketed: fc.Arbitrary<Written> = unit.chain((says) =>
  inAnyOrder(says).map((elements) => ({
    says,
    text: elements.map(([ai, v]) => `(${ai})${v.replaceAll('(', '\\(')}`).join(''),
  })),
)

const separator = fc.constantFrom('\u001d', '^', '<GS>', '{GS}', '\\x1d', '\\u001d', '\u241d')

/** With the separator of the scanner behind what has no fixed length, but not at the end. */
export const scanned: fc.Arbitrary<Written> = unit.chain((says) =>
  fc
    .tuple(inAnyOrder(says), separator, fc.constantFrom(']d2', ']C1', ']Q3', ']e0', ''))
    .map(([elements, between, symbology]) => {
      const last = elements.length - 1
      const parts = elements.map(
        ([ai, value, fixed], i) => ai + value + (fixed || i === last ? '' : between),
      )
      return { says, text: symbology + parts.join('') }
    }),
)

/** Every character of a path may be written in hexadecimal; these must be. */
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)

export const digitalLink: fc.Arbitrary<Written> = fc
  .tuple(
    unit,
    fc.constantFrom('https://id.gs1.org', 'http://brand.example:8080', 'HTTPS://a', 'id.gs1.org'),
    fc.constantFrom('', '/products', '/some/other/info'),
    fc.boolean(),
    fc.constantFrom('', '&linkType=all', '#top'),
  )
  .map(([says, host, stem, short, more]) => {
    const [di, lot, ser] = short ? ['gtin', 'lot', 'ser'] : ['01', '10', '21']
    const path = `/${di}/${says.udiDi}/${lot}/${encoded(says.lot)}/${ser}/${encoded(says.serial)}`
    const query = `?17=${yymmdd(says.expiresOn)}&11=${yymmdd(says.manufacturedOn)}${more}`
    return { says, text: host + stem + path + query }
  })

const companyPrefixLength = fc.integer({ min: 6, max: 12 })

export const sgtin: fc.Arbitrary<Written> = fc
  .tuple(gtin, text82, companyPrefixLength, fc.constantFrom('id:sgtin:', 'tag:sgtin-198:3.'))
  .map(([udiDi, serial, length, scheme]) => {
    const prefix = udiDi.slice(1, 1 + length)
    const item = udiDi.charAt(0) + udiDi.slice(1 + length, 13)
    const text = `urn:epc:${scheme}${prefix}.${item}.${encoded(serial)}`
    return { text, says: { udiDi, serial } }
  })

const HIBC = `${ALPHANUMERIC}-. $/+%`
const hibcChecked = (text: string) =>
  text + HIBC.charAt([...text].reduce((sum, c) => sum + HIBC.indexOf(c), 0) % 43)
const labeler = fc
  .tuple(textOf('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 1, 1), alphanumeric(4, 21), digits(1))
  .map((parts) => parts.join(''))
const hibcUnit = fc.record({
  udiDi: labeler,
  serial: alphanumeric(1, 18),
  lot: alphanumeric(1, 18),
  manufacturedOn: day,
  expiresOn: day,
})

/** The expiry in each format that tells the day. */
const hibcExpiry = (date: string) => {
  const [yy = '', mm = '', dd = ''] = yymmdd(date).match(/\d\d/g) ?? []
  const start = Date.UTC(Number(date.slice(0, 4)), 0, 0)
  const jjj = String((Date.parse(date) - start) / 86_400_000).padStart(3, '0')
  const all = [`$$2${mm}${dd}${yy}`, `$$3${yy}${mm}${dd}`, `$$4${yy}${mm}${dd}07`, `$$5${yy}${jjj}`]
  return fc.constantFrom(...all, `$$6${yy}${jjj}23`, `$$805${`3${yy}${mm}${dd}`}`, yy + jjj)
}

export const hibc: fc.Arbitrary<Written> = hibcUnit.chain((says) =>
  hibcExpiry(says.expiresOn).map((expiry) => {
    const made = says.manufacturedOn.replaceAll('-', '')
    const parts = [`+${says.udiDi}`, expiry + says.lot, `S${says.serial}`, `16D${made}`]
    return { says, text: hibcChecked(parts.join('/')) }
  }),
)

/** The bar codes read one after the other; each secondary one repeats the primary's check. */
export const hibcLines: fc.Arbitrary<Written> = hibcUnit.chain(
  ({ udiDi, serial, lot, expiresOn }) =>
    hibcExpiry(expiresOn).map((expiry) => {
      const primary = hibcChecked(`+${udiDi}`)
      const link = primary.slice(-1)
      const lines = [
        primary,
        hibcChecked(`+${expiry}${lot}${link}`),
        hibcChecked(`+S${serial}${link}`),
      ]
      return { says: { udiDi, serial, lot, expiresOn }, text: lines.join('') }
    }),
)

const dayOfYear = fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 365 }))
const isbt = ([year, n]: [number, number]) =>
  `0${String(year).padStart(2, '0')}${String(n).padStart(3, '0')}`
const dateOf = ([year, n]: [number, number]) =>
  new Date(Date.UTC(2000 + year, 0, n)).toISOString().slice(0, 10)

export const iccbba: fc.Arbitrary<Written> = fc
  .record({
    udiDi: alphanumeric(16, 16),
    serial: alphanumeric(6, 6),
    lot: alphanumeric(18, 18),
    made: dayOfYear,
    expires: dayOfYear,
    donation: alphanumeric(15, 15),
  })
  .chain(({ made, expires, donation, ...named }) => {
    const { udiDi, serial, lot } = named
    const dates = [`=>${isbt(expires)}`, `=}${isbt(made)}`]
    const parts = [`=/${udiDi}`, `=,${serial}`, `&,1${lot}`, ...dates, `=${donation}`]
    const says = { ...named, manufacturedOn: dateOf(made), expiresOn: dateOf(expires) }
    // A lone donation number is too little to know the agency by, so that it never begins.
    return fc
      .tuple(
        fc.shuffledSubarray(parts.slice(0, 5), { minLength: 5 }),
        fc.constantFrom('', '=+03000'),
      )
      .map(([shuffled, header]) => ({ says, text: header + shuffled.join('') + parts[5] }))
  })

/** Letters weigh 10, 12 … 38 without the multiples of 11, each place twice the one before. */
function containerOf(head: string): string {
  const weights = Array.from({ length: 29 }, (_, i) => i + 10).filter((n) => n % 11 !== 0)
  const value = (c: string) => (c <= '9' ? Number(c) : (weights[c.charCodeAt(0) - 65] ?? 0))
  const sum = [...head].reduce((all, c, i) => all + value(c) * 2 ** i, 0)
  return head + String((sum % 11) % 10)
}

export const container: fc.Arbitrary<Written> = fc
  .tuple(
    textOf('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 3, 3),
    fc.constantFrom('U', 'J', 'Z'),
    digits(6),
    fc.nat(4),
  )
  .map(([owner, category, number, form]) => {
    const serial = containerOf(owner + category + number)
    const [head, body, check] = [serial.slice(0, 4), serial.slice(4, 10), serial.slice(10)]
    const forms = [serial, `${head} ${body} ${check}`, `${head} ${body}-${check}`]
    const text = [...forms, serial.toLowerCase(), `urn:epc:id:bic:${serial}`][form] ?? serial
    return { text, says: { serial } }
  })
