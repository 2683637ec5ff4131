import type { IdentifierReader } from '../identifier'
import { note, type Problem } from '../problem'
import { elementRule } from './application-identifiers'
import { type Gs1Element, SEPARATOR } from './element'
import { readElements } from './read-elements'

/**
 * One element: identifier in brackets, and its value up to the next one. Lots and serials may hold
 * brackets: `\(` is one that belongs to the value, as in GS1's own Syntax Engine. The alternatives
 * exclude each other, so that no text makes the expression try twice.
 */
const ELEMENT = /\((\d{1,4})\)((?:[^(\\]|\\\(|\\(?!\()|\((?!\d{2,4}\)))*)/y

/** GS1 element string as printed below a bar code: `(01)09506000134352(21)A1(10)L7(17)270131`. */
export const readBracketed: IdentifierReader = (text, { year }) => {
  const problems: Problem[] = []
  const elements = split(text, problems)
  if (elements === undefined) return undefined
  const reading = readElements('GS1_ELEMENT_STRING', elements, year)
  return { ...reading, problems: [...problems, ...reading.problems] }
}

/** Undefined where the text is of another syntax. */
function split(text: string, problems: Problem[]): Gs1Element[] | undefined {
  const elements: Gs1Element[] = []
  let at = 0
  while (at < text.length) {
    ELEMENT.lastIndex = at
    const match = ELEMENT.exec(text)
    const [whole, ai, raw] = match ?? []
    if (whole === undefined || ai === undefined || raw === undefined) return undefined
    const stated = withoutSeparator(raw.replaceAll('\\(', '('))
    const value = withoutBlanks(ai, stated)
    const start = at + ai.length + 3
    if (value !== stated) {
      problems.push(note('WHITESPACE_REMOVED', start, `blanks in (${ai}) are left out`))
    }
    elements.push({ ai, value, at: start + raw.length - raw.trimStart().length })
    at += whole.length
  }
  return elements
}

/** Some scanners send the brackets and the separator. */
function withoutSeparator(value: string): string {
  return value.endsWith(SEPARATOR) ? value.slice(0, -1) : value
}

/** Blanks are no part of a number; within a text they may be, and are told. */
function withoutBlanks(ai: string, value: string): string {
  return elementRule(ai)?.numeric ? value.replaceAll(' ', '') : value.trim()
}
