import type { IdentifierReader } from './identifier'
import { dayOfYear, type LabelDate } from './label-date'
import { keysOf } from './lookup-keys'
import { doubt, fault, note, type Problem } from './problem'

type Slot = 'udiDi' | 'serial' | 'lot' | 'manufacturedOn' | 'expiresOn' | 'donationId'

/** A data structure of ISBT 128: its identifier, how many characters follow, what they are. */
interface Structure {
  readonly begins: string
  readonly length: number
  readonly slot: Slot | null
  readonly isDate?: true
}

/** The longer an identifier, the earlier; a donation number follows a lone `=`. */
const STRUCTURES: readonly Structure[] = [
  // Header of a compound message: how many structures follow.
  { begins: '=+', length: 5, slot: null },
  { begins: '=/', length: 16, slot: 'udiDi' },
  { begins: '=,', length: 6, slot: 'serial' },
  { begins: '=>', length: 6, slot: 'expiresOn', isDate: true },
  { begins: '=}', length: 6, slot: 'manufacturedOn', isDate: true },
  { begins: '&,1', length: 18, slot: 'lot' },
  { begins: '=)', length: 10, slot: 'udiDi' },
  { begins: '&)', length: 10, slot: 'lot' },
  { begins: '=', length: 15, slot: 'donationId' },
]

/**
 * ICCBBA's UDI of tissues, cells and blood bags (ISBT 128 Standard, sections 2.4 and 7):
 * `=/A9999XYZ100T0944=,000025=>014032`. Every structure has its fixed length; there is no check
 * character.
 */
export const readIccbba: IdentifierReader = (text) => {
  if (!/^(?:=[/,>})+]|&[,)])/.test(text)) return undefined
  const found: Partial<Record<Slot, string>> = {}
  const problems: Problem[] = []
  for (let index = 0; index < text.length; ) {
    const structure = STRUCTURES.find(({ begins }) => text.startsWith(begins, index))
    if (structure === undefined) {
      const message = `"${text.slice(index, index + 3)}" begins no data structure of ISBT 128`
      problems.push(fault('INVALID_CHARACTER', index + 1, message))
      break
    }
    const start = index + structure.begins.length
    const value = text.slice(start, start + structure.length)
    index = start + structure.length
    const read = readStructure(structure, value, start + 1)
    problems.push(...read.problems)
    if (structure.slot === null || read.text === undefined) continue
    if (found[structure.slot] !== undefined && found[structure.slot] !== read.text) {
      const message = `"${structure.begins}" is stated twice, and differently`
      problems.push(fault('DUPLICATE_ELEMENT', start + 1, message))
    }
    found[structure.slot] ??= read.text
  }
  const { donationId, ...fields } = found
  if (fields.udiDi === undefined) {
    problems.push(doubt('NO_DEVICE_IDENTIFIER', null, 'no UDI-DI (=/)'))
  } else if (fields.serial === undefined) {
    const message = 'no serial (=,): this names a model or a lot, not one unit'
    problems.push(note('NOT_ONE_UNIT', null, message))
  }
  return {
    syntax: 'ICCBBA',
    agency: 'ICCBBA',
    ...fields,
    details: donationId === undefined ? {} : { donationId },
    problems,
    keys: keysOf(fields),
  }
}

function readStructure(
  { begins, length, isDate }: Structure,
  value: string,
  at: number,
): { text?: string; problems: Problem[] } {
  if (value.length < length) {
    const message = `"${begins}" needs ${length} characters, "${value}" has ${value.length}`
    return { problems: [fault(begins === '=/' ? 'TRUNCATED_DI' : 'EMPTY_VALUE', at, message)] }
  }
  const stray = value.search(/[^0-9A-Za-z]/)
  if (stray >= 0) {
    const message = `"${value.charAt(stray)}" may not stand behind "${begins}"`
    return { problems: [fault('INVALID_CHARACTER', at + stray, message)] }
  }
  if (isDate === undefined) return { text: value, problems: [] }
  const read = isbtDate(value)
  if (read.fault === undefined) return { text: read.date, problems: [] }
  return { problems: [fault(read.fault, at, `"${value}": ${read.message}`)] }
}

/** CYYJJJ: century (9 for 19, 0 for 20, 1 for 21), year, day of the year. */
function isbtDate(text: string): LabelDate {
  const [, century, years, day] = /^([019])(\d\d)(\d{3})$/.exec(text) ?? []
  if (century === undefined) return { fault: 'BAD_DATE', message: 'is no date CYYJJJ' }
  const first = century === '9' ? 1900 : 2000 + 100 * Number(century)
  return dayOfYear(first + Number(years), Number(day))
}
