import { gs1CheckDigit } from '../../identity-key'
import { readContainerNumber } from '../container-number'
import type { IdentifierReader, Reading, ReadingContext } from '../identifier'
import { doubt, fault, type Problem, shifted } from '../problem'
import { percentDecoded } from './digital-link'
import type { Gs1Element } from './element'
import { readElements } from './read-elements'

const URN = /^urn:epc:(id|class|idpat|tag):([a-z]+)(?:-[a-z0-9]+)?:(.*)$/i
/** So many digits have company prefix and item reference together, without check digit. */
const GTIN_DIGITS = 13
const ASSET_TYPE_DIGITS = 12

/** A scheme: what stands behind its name, and how the elements of GS1 are made of it. */
type Scheme = (body: string, at: number) => Gs1Element[] | Problem

const SCHEMES: Readonly<Record<string, Scheme>> = {
  sgtin: (body, at) => gtinAnd('21', body, at),
  lgtin: (body, at) => gtinAnd('10', body, at),
  grai: returnableAsset,
  giai: individualAsset,
}

/**
 * EPC URN of the GS1 EPC Tag Data Standard: `urn:epc:id:sgtin:0614141.107346.2018`. It has no check
 * digit; the company prefix stands apart, the indicator digit begins the item reference.
 */
export const readEpcUrn: IdentifierReader = (text, context) => {
  const [, kind = '', name = '', body = ''] = URN.exec(text) ?? []
  if (kind === '') return undefined
  const scheme = name.toLowerCase()
  const bodyAt = text.length - body.length + 1
  if (scheme === 'bic') return ofContainer(body, bodyAt, context)
  const read = Object.hasOwn(SCHEMES, scheme) ? SCHEMES[scheme] : undefined
  if (read === undefined) {
    const other = doubt('NOT_A_DEVICE_IDENTIFIER', bodyAt, `an EPC ${scheme} names no device`)
    return { syntax: 'EPC_URN', agency: 'GS1', problems: [other], keys: [] }
  }
  // In a tag URN a filter value stands in front.
  const filter = kind.toLowerCase() === 'tag' ? body.indexOf('.') + 1 : 0
  const elements = read(body.slice(filter), bodyAt + filter)
  if (!Array.isArray(elements)) {
    return { syntax: 'EPC_URN', agency: 'GS1', problems: [elements], keys: [] }
  }
  // Elsewhere an asterisk is a character of the serial.
  const isPattern = kind.toLowerCase() === 'idpat' && body.endsWith('.*')
  const stated = isPattern ? elements.filter(({ value }) => value !== '*') : elements
  const reading = readElements('EPC_URN', stated, context.year)
  if (!isPattern) return reading
  const pattern = fault(
    'PATTERN_NOT_UNIT',
    text.length,
    'a pattern for many units, not one of them',
  )
  return { ...reading, problems: [pattern, ...reading.problems] }
}

function ofContainer(body: string, at: number, context: ReadingContext): Reading {
  const reading = readContainerNumber(body, context, 0)
  if (reading !== undefined) {
    return { ...reading, syntax: 'EPC_URN', problems: shifted(reading.problems, at - 1) }
  }
  const problem = fault('BAD_CHECK_DIGIT', at, `"${body}" is no container number`)
  return { syntax: 'EPC_URN', problems: [problem], keys: [] }
}

/** Prefix, item reference and the rest, which may hold dots. */
function partsOf(body: string): [string, string, string] {
  const first = body.indexOf('.')
  const second = body.indexOf('.', first + 1)
  if (first < 0 || second < 0) return [body, '', '']
  return [body.slice(0, first), body.slice(first + 1, second), body.slice(second + 1)]
}

function gtinAnd(ai: string, body: string, at: number): Gs1Element[] | Problem {
  const [prefix, item, rest] = partsOf(body)
  if (!isNumberOf(prefix + item, GTIN_DIGITS) || item === '') {
    const message = `company prefix and item reference need ${GTIN_DIGITS} digits together`
    return fault('DI_WRONG_LENGTH', at, message)
  }
  const digits = item.slice(0, 1) + prefix + item.slice(1)
  const restAt = at + body.length - rest.length
  const value = percentDecoded(rest)
  if (value === undefined) return fault('INVALID_CHARACTER', restAt, 'a % begins no character')
  return [
    { ai: '01', value: digits + gs1CheckDigit(digits), at },
    { ai, value, at: restAt },
  ]
}

function returnableAsset(body: string, at: number): Gs1Element[] | Problem {
  const [prefix, type, serial] = partsOf(body)
  if (!isNumberOf(prefix + type, ASSET_TYPE_DIGITS)) {
    const message = `company prefix and asset type need ${ASSET_TYPE_DIGITS} digits together`
    return fault('DI_WRONG_LENGTH', at, message)
  }
  const digits = `0${prefix}${type}`
  return [
    { ai: '8003', value: digits + gs1CheckDigit(digits) + (percentDecoded(serial) ?? ''), at },
  ]
}

function individualAsset(body: string, at: number): Gs1Element[] | Problem {
  const value = percentDecoded(body.replace('.', ''))
  if (value === undefined) return fault('INVALID_CHARACTER', at, 'a % begins no character')
  return [{ ai: '8004', value, at }]
}

function isNumberOf(text: string, length: number): boolean {
  return text.length === length && /^\d+$/.test(text)
}
