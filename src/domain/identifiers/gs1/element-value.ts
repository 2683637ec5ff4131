import { dashed } from '../../identity-key'
import { readGtin } from '../gtin'
import type { Detail } from '../identifier'
import { gs1Date } from '../label-date'
import { fault, note, type Problem, type ProblemCode } from '../problem'
import { elementRule } from './application-identifiers'
import { strayCharacter } from './character-set'
import type { Gs1Element } from './element'

/** The fields of a device that GS1 elements state. */
export type Gs1Field = 'udiDi' | 'serial' | 'lot' | 'manufacturedOn' | 'expiresOn'

/** What an element says, and what is wrong with it. */
export interface ElementValue {
  /** What it is, where it says something about a device. */
  readonly slot?: Gs1Field | Detail
  readonly text?: string
  readonly problems: readonly Problem[]
}
type ValueReader = (element: Gs1Element, year: number) => ElementValue

/** The elements that say something about a device, and how they are read. */
const MEANING: Readonly<Record<string, readonly [Gs1Field | Detail, ValueReader]>> = {
  '01': ['udiDi', readDi],
  '10': ['lot', textUpTo('LOT_TOO_LONG')],
  '11': ['manufacturedOn', readDate],
  '15': ['bestBefore', readDate],
  '17': ['expiresOn', readDate],
  '20': ['variant', asStated],
  '21': ['serial', textUpTo('SERIAL_TOO_LONG')],
  '22': ['variant', asStated],
  '30': ['quantity', asStated],
  '235': ['thirdPartySerial', asStated],
  '7003': ['expiresOn', readDate],
  '8003': ['assetId', textUpTo('TOO_LONG')],
  '8004': ['assetId', textUpTo('TOO_LONG')],
  '8012': ['version', asStated],
}

/** Reads one element; dates with two digits are those nearest to the present year. */
export function readValue(element: Gs1Element, year: number): ElementValue {
  const { ai, value, at } = element
  if (elementRule(ai) === undefined) {
    return { problems: [fault('UNKNOWN_AI', at, 'is no application identifier of GS1')] }
  }
  if (value === '') return { problems: [fault('EMPTY_VALUE', at, 'has no value')] }
  if (ai === '8013') {
    const message = `"${value}" is a Basic UDI-DI: it groups models, and names none`
    return { problems: [fault('BASIC_UDI_DI_NOT_A_DI', at, message)] }
  }
  const [slot, read] = MEANING[ai] ?? []
  if (slot !== undefined && read !== undefined) return { slot, ...read(element, year) }
  return { problems: [note('NOT_USED', at, `"${value}" is not used`)] }
}

function readDi({ value, at }: Gs1Element): ElementValue {
  const { udiDi, problems } = readGtin(value, at)
  return { ...(udiDi !== undefined && { text: udiDi }), problems }
}

function readDate({ ai, value, at }: Gs1Element, year: number): ElementValue {
  const read = gs1Date(ai === '7003' ? value.slice(0, 6) : value, year)
  if (read.fault === undefined) return { text: read.date, problems: [] }
  return { problems: [fault(read.fault, at, read.message)] }
}

function asStated({ value }: Gs1Element): ElementValue {
  return { text: value, problems: [] }
}

function textUpTo(tooLong: ProblemCode): ValueReader {
  return ({ ai, value, at }) => {
    const max = elementRule(ai)?.max ?? value.length
    if (value.length > max) {
      const excess = `"${value}" has ${value.length} characters, but GS1 allows ${max}`
      return { problems: [fault(tooLong, at + max, `${excess}: is an identifier missing?`)] }
    }
    const stray = strayCharacter(dashed(value))
    if (stray === undefined) return { text: value, problems: [] }
    const message = `"${stray.character}" may not stand in a GS1 value`
    return { text: value, problems: [fault('INVALID_CHARACTER', at + stray.index, message)] }
  }
}
