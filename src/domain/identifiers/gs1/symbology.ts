import { gtinProblem, readGtin } from '../gtin'
import type { IdentifierReader, Reading } from '../identifier'
import { keysOf } from '../lookup-keys'
import { fault, shifted } from '../problem'
import { readBracketed } from './bracketed'
import { readScan } from './scan'

/** `]`, code letter, modifier (ISO/IEC 15424): what kind of bar code was scanned. */
const SYMBOLOGY = /^\]([A-Za-z])([0-9A-Za-z])/
/** GS1-128, DataBar, DataMatrix, QR Code and DotCode with elements in them. */
const GS1_ELEMENTS: ReadonlySet<string> = new Set(['C1', 'e0', 'e1', 'e2', 'd2', 'Q3', 'J1'])
/** EAN, UPC and ITF-14, which hold nothing but a GTIN. */
const GTIN_ALONE: ReadonlySet<string> = new Set(['E0', 'E4', 'I0', 'I1'])

/** How long the symbology identifier in front of a scan is; 0 where there is none. */
export function symbologyLength(text: string): number {
  return SYMBOLOGY.test(text) ? 3 : 0
}

/**
 * A scan with its symbology identifier. What is in a bar code of no GS1 kind is read as if it were
 * typed.
 */
export const readSymbology: IdentifierReader = (text, context) => {
  const kind = SYMBOLOGY.exec(text)?.slice(1).join('')
  if (kind === undefined) return undefined
  const content = text.slice(3)
  if (content === '') {
    const empty = fault('EMPTY', 4, 'nothing behind the symbology identifier')
    return { syntax: 'GS1_SCAN', agency: 'GS1', problems: [empty], keys: [] }
  }
  const reading = GS1_ELEMENTS.has(kind)
    ? (readBracketed(content, context, 0) ?? readScan(content, context.year))
    : GTIN_ALONE.has(kind)
      ? readGtinScan(content)
      : undefined
  return reading && { ...reading, problems: shifted(reading.problems, 3) }
}

/** A bar code of a GTIN says how long it is; a wrong check digit was misread. */
function readGtinScan(content: string): Reading {
  const broken = gtinProblem(content)
  if (broken !== undefined) {
    const problems = [fault('BAD_CHECK_DIGIT', content.length, broken)]
    const udiDi = content.padStart(14, '0')
    return { syntax: 'GTIN', agency: 'GS1', udiDi, problems, keys: [] }
  }
  const { udiDi, problems } = readGtin(content, 1)
  return {
    syntax: 'GTIN',
    agency: 'GS1',
    ...(udiDi !== undefined && { udiDi }),
    problems,
    keys: keysOf({ udiDi: udiDi ?? null }),
  }
}
