import { identityKey, isGtin, textKey } from '../identity-key'
import { gs1Date } from './gs1-date'
import { gtinProblem } from './gtin'
import type { IdentifierReader, LookupKey, ReadingContext } from './identifier'

interface Element {
  ai: string
  value: string
  /** Where the value begins, counted from 1. */
  at: number
}

type Field = 'udiDi' | 'serial' | 'lot' | 'manufacturedOn' | 'expiresOn'

/** Application identifiers of the GS1 General Specifications, section 3.2. */
const FIELDS: Readonly<Record<string, Field>> = {
  '01': 'udiDi',
  '10': 'lot',
  '11': 'manufacturedOn',
  '17': 'expiresOn',
  '21': 'serial',
}
const TEXT_LENGTH_MAX = 20

/**
 * One element: identifier in brackets, and its value up to the next one. Lots and serials may hold
 * brackets: `\(` is one that belongs to the value, as in GS1's own Syntax Engine. The alternatives
 * exclude each other, so that no text makes the expression try twice.
 */
const ELEMENT = /\((\d{2,4})\)((?:[^(\\]|\\\(|\\(?!\()|\((?!\d{2,4}\)))*)/y

/** GS1 element string as printed below a bar code: `(01)09506000134352(21)A1(10)L7(17)270131`. */
export const readGs1ElementString: IdentifierReader = (text, context) => {
  const elements = split(text)
  if (elements === undefined) return undefined
  const found: Partial<Record<Field, string>> = {}
  const problems: string[] = []
  let readable = true
  for (const element of elements) {
    const field = FIELDS[element.ai]
    const place = `(${element.ai}) at ${element.at}`
    if (field === undefined) {
      problems.push(`${place}: "${element.value}" is not used`)
      continue
    }
    const value = read(field, element.value, context)
    if (value.problem !== undefined) problems.push(`${place}: ${value.problem}`)
    const contradicts = found[field] !== undefined && found[field] !== value.text
    if (contradicts) problems.push(`${place}: stated twice, and differently`)
    if (contradicts || (field === 'udiDi' && value.problem !== undefined)) readable = false
    if (value.text !== undefined) found[field] ??= value.text
  }
  if (found.serial === undefined) {
    problems.push('no serial (21): this names a model or a lot, not one unit')
  } else if (found.udiDi === undefined) {
    problems.push('no UDI-DI (01): other models may have the same serial')
  }
  return {
    syntax: 'GS1_ELEMENT_STRING',
    ...found,
    problems,
    keys: readable ? keysOf(found) : [],
  }
}

function split(text: string): Element[] | undefined {
  const elements: Element[] = []
  let at = 0
  while (at < text.length) {
    ELEMENT.lastIndex = at
    const match = ELEMENT.exec(text)
    const [whole, ai, value] = match ?? []
    if (whole === undefined || ai === undefined || value === undefined) return undefined
    elements.push({ ai, value: value.replaceAll('\\(', '(').trim(), at: at + ai.length + 3 })
    at += whole.length
  }
  return elements
}

function read(
  field: Field,
  value: string,
  { year }: ReadingContext,
): { text?: string; problem?: string } {
  if (value === '') return { problem: 'no value' }
  if (field === 'udiDi') {
    if (isGtin(value)) return { text: value }
    const problem = gtinProblem(value) ?? `"${value}" is no GTIN: expected 14 digits`
    return { text: value, problem }
  }
  if (field === 'serial' || field === 'lot') {
    if (value.length <= TEXT_LENGTH_MAX) return { text: value }
    const excess = `${value.length} characters, but GS1 allows ${TEXT_LENGTH_MAX}`
    return { text: value, problem: `${excess}: is an identifier missing?` }
  }
  const date = gs1Date(value, year)
  return date === undefined ? { problem: `"${value}" is no date YYMMDD` } : { text: date }
}

function keysOf({ udiDi, serial }: Partial<Record<Field, string>>): LookupKey[] {
  if (serial === undefined) return []
  if (udiDi === undefined) return [{ by: 'SERIAL', serialKey: textKey(serial) }]
  return [{ by: 'IDENTITY', identityKey: identityKey(udiDi, serial) }]
}
