import type { Detail } from '../identifier'
import { dateOf, dayOfYear, fullYear, gs1Date, type LabelDate } from '../label-date'
import { fault, note, type Problem } from '../problem'
import type { HibcPart } from './structure'

export type HibcField = 'serial' | 'lot' | 'manufacturedOn' | 'expiresOn'
export type HibcFound = Partial<Record<HibcField | Detail, string>>

/** What a part says, and what is wrong with it. */
interface Said {
  readonly found: HibcFound
  readonly problems: readonly Problem[]
}

/**
 * Expiry formats behind `$$`: the digit that names each, its length without that digit, and how it
 * is read. Month and year have no digit of their own; they begin with that of the month.
 */
const EXPIRY: Readonly<
  Record<string, { length: number; read(text: string, year: number): LabelDate }>
> = {
  '2': { length: 6, read: (text, year) => gs1Date(text.slice(4) + text.slice(0, 4), year) },
  '3': { length: 6, read: gs1Date },
  '4': { length: 8, read: (text, year) => gs1Date(text.slice(0, 6), year) },
  '5': { length: 5, read: julian },
  '6': { length: 7, read: (text, year) => julian(text.slice(0, 5), year) },
}

/** Reads what stands behind the primary code of an HIBC (ANSI/HIBC 2.6, section 2.3). */
export function readSecondary(part: HibcPart, year: number): Said {
  const { text, at } = part
  const [whole] = /^(?:\$\$\+|\$\$|\$\+|\$|S|16D|14D|Q|\d{5})/.exec(text) ?? ['']
  const rest = { text: text.slice(whole.length), at: at + whole.length }
  switch (whole) {
    case '$$':
      return withExpiry(withoutQuantity(rest), 'lot', year)
    case '$$+':
      return withExpiry(withoutQuantity(rest), 'serial', year)
    case '$':
      return { found: named('lot', rest.text), problems: [] }
    case '$+':
    case 'S':
      return { found: named('serial', rest.text), problems: [] }
    case '16D':
      return dated('manufacturedOn', rest, fullDate(rest.text))
    case '14D':
      return dated('expiresOn', rest, fullDate(rest.text))
    case 'Q':
      return { found: named('quantity', String(Number(rest.text) || rest.text)), problems: [] }
    case '':
      return { found: {}, problems: [note('NOT_USED', at, `"${text}" is not used`)] }
    default:
      return also(dated('expiresOn', part, julian(whole, year)), named('lot', rest.text))
  }
}

interface Rest extends HibcPart {
  readonly quantity?: string
}

/** `8` and two digits, or `9` and five: how many are in the pack. */
function withoutQuantity({ text, at }: HibcPart): Rest {
  const [whole, short, long] = /^(?:8(\d\d)|9(\d{5}))/.exec(text) ?? []
  const digits = short ?? long
  if (whole === undefined || digits === undefined) return { text, at }
  return { text: text.slice(whole.length), at: at + whole.length, quantity: String(Number(digits)) }
}

function withExpiry({ text, at, quantity }: Rest, field: HibcField, year: number): Said {
  const extra = quantity === undefined ? {} : { quantity }
  const flag = text.charAt(0)
  if (flag === '7') return { found: { ...extra, ...named(field, text.slice(1)) }, problems: [] }
  const format = EXPIRY[flag]
  if (format !== undefined) {
    const written = text.slice(1, 1 + format.length)
    const hours = flag === '4' || flag === '6' ? String(Number(written.slice(-2))) : undefined
    const hour = hours === undefined ? {} : { expiryHour: hours }
    const value = named(field, text.slice(1 + format.length))
    const date = format.read(written, year)
    return also(dated('expiresOn', { text: written, at: at + 1 }, date), {
      ...extra,
      ...hour,
      ...value,
    })
  }
  const written = text.slice(0, 4)
  const value = named(field, text.slice(4))
  const date = dated('expiresOn', { text: written, at }, monthAndYear(written, year))
  return also(date, { ...extra, ...value })
}

function also({ found, problems }: Said, more: HibcFound): Said {
  return { found: { ...found, ...more }, problems }
}

/** An empty field says nothing. */
function named(field: HibcField | Detail, text: string): HibcFound {
  return text === '' ? {} : { [field]: text }
}

function dated(field: HibcField, { text, at }: HibcPart, read: LabelDate): Said {
  if (read.fault === undefined) return { found: { [field]: read.date }, problems: [] }
  return { found: {}, problems: [fault(read.fault, at, `"${text}": ${read.message}`)] }
}

/** YYJJJ: year and day of the year. */
function julian(text: string, year: number): LabelDate {
  if (!/^\d{5}$/.test(text)) return { fault: 'BAD_DATE', message: 'is no date YYJJJ' }
  return dayOfYear(fullYear(Number(text.slice(0, 2)), year), Number(text.slice(2)))
}

/** MMYY: the last day of the month. */
function monthAndYear(text: string, year: number): LabelDate {
  if (!/^\d{4}$/.test(text)) return { fault: 'BAD_DATE', message: 'is no date MMYY' }
  return dateOf(fullYear(Number(text.slice(2)), year), Number(text.slice(0, 2)), 0)
}

/** YYYYMMDD */
function fullDate(text: string): LabelDate {
  const match = /^(\d{4})(\d\d)(\d\d)$/.exec(text)
  if (match === null) return { fault: 'BAD_DATE', message: 'is no date YYYYMMDD' }
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number)
  return dateOf(year, month, day)
}
