import { isGtin } from '../../identity-key'
import type { IdentifierReader, Reading } from '../identifier'
import { doubt, fault, note, type Problem, type ProblemCode } from '../problem'
import { elementRule } from './application-identifiers'
import { strayCharacter } from './character-set'
import { type Gs1Element, SEPARATOR } from './element'
import { lostSeparator } from './lost-separator'
import { readElements } from './read-elements'
import { separatorsOf } from './separator'
import { type SplitScan, splitScan } from './split-scan'

/** The longest text that may be a serial, as GS1, HIBC and most makers write them. */
const SERIAL_LENGTH_USUAL = 20

/** The text of a GS1 bar code without brackets, which is known to be one. */
export function readScan(text: string, year: number): Reading {
  return withSeparatorProblems(splitScan(text), year)
}

/**
 * A text that nothing marks as a GS1 scan. It is taken for one where the control character GS
 * stands in it, where it begins with a UDI-DI, or where the whole of it reads as one: serials may
 * begin with `01` or hold a `^` too.
 */
export const readUnmarkedScan: IdentifierReader = (text, { year }) => {
  if (text.includes(SEPARATOR)) return readScan(text, year)
  const gtin = /^01(\d{14})/.exec(text)?.[1]
  if (gtin !== undefined && text.includes(' ')) return readWithBlanks(text, year)
  if (gtin !== undefined && (isGtin(gtin) || text.length > SERIAL_LENGTH_USUAL)) {
    return readScan(text, year)
  }
  const split = splitScan(text)
  const separated = separatorsOf(text, false).next(0) < text.length
  const enough = separated ? split.elements.length > 1 : split.elements.some(isDi)
  if (enough && isWhole(split)) {
    const reading = withSeparatorProblems(split, year)
    if (reading.problems.every(({ weight }) => weight !== 'FAULT')) return reading
  }
  return undefined
}

function isDi({ ai }: Gs1Element): boolean {
  return ai === '01'
}

/** Whether everything in the text is an element as GS1 defines it. */
function isWhole({ elements, problems, overlong }: SplitScan): boolean {
  if (overlong !== undefined || problems.length > 0) return false
  return elements.every(({ ai, value }) => {
    const rule = elementRule(ai)
    if (rule === undefined || value.length < rule.min) return false
    return rule.numeric ? /^\d+$/.test(value) : strayCharacter(value) === undefined
  })
}

function readWithBlanks(text: string, year: number): Reading {
  const reading = withSeparatorProblems(splitScan(text, true), year)
  const message = 'blanks are read as separators between elements'
  const blank = note('SEPARATOR_BLANK', text.indexOf(' ') + 1, message)
  return { ...reading, problems: [blank, ...reading.problems] }
}

function withSeparatorProblems(split: SplitScan, year: number): Reading {
  const { elements, overlong } = split
  const problems: Problem[] = [...split.problems]
  if (overlong !== undefined) problems.push(overlongProblem(elements, overlong, year))
  const last = elements.at(-1)
  if (last !== undefined && (last.ai === '10' || last.ai === '21')) {
    const meant = lostSeparator(elements.slice(0, -1), last, year)
    const message = `(${last.ai}) "${last.value}" may be several elements: was a separator lost?`
    if (meant !== undefined) {
      problems.push(doubt('MISSING_SEPARATOR_SUSPECTED', last.at, message, meant))
    }
  }
  const reading = readElements('GS1_SCAN', elements, year)
  return { ...reading, problems: [...problems, ...reading.problems] }
}

function overlongProblem(
  before: readonly Gs1Element[],
  overlong: Gs1Element,
  year: number,
): Problem {
  const { ai, at } = overlong
  const named = before.some(isDi)
  const meant = named ? lostSeparator(before, overlong, year) : undefined
  if (meant === undefined) return fault(tooLongCode(ai), at, tooLongMessage(ai))
  return fault('MISSING_SEPARATOR', at, tooLongMessage(ai), meant)
}

/** Why a lone lot or serial is none: it may be a serial of another kind. */
export function overlongElement(text: string): Problem | undefined {
  const { elements, overlong } = splitScan(text)
  if (overlong === undefined || elements.length > 0) return undefined
  const { ai, at } = overlong
  return ai === '10' || ai === '21' ? doubt(tooLongCode(ai), at, tooLongMessage(ai)) : undefined
}

function tooLongCode(ai: string): ProblemCode {
  return ai === '10' ? 'LOT_TOO_LONG' : ai === '21' ? 'SERIAL_TOO_LONG' : 'TOO_LONG'
}

function tooLongMessage(ai: string): string {
  return `(${ai}) is longer than GS1 allows: is an identifier or a separator missing?`
}
