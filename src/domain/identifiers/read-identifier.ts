import { readBareText, readEditionNumber } from './bare-text'
import { readCaip19 } from './caip-19'
import { readContainerNumber } from './container-number'
import { readDeviceId } from './device-id'
import { readBracketed } from './gs1/bracketed'
import { readDigitalLink } from './gs1/digital-link'
import { readEpcUrn } from './gs1/epc-urn'
import { readUnmarkedScan } from './gs1/scan'
import { readSymbology, symbologyLength } from './gs1/symbology'
import { readGtinAlone } from './gtin-alone'
import { readHibc, readHibcWithoutPlus } from './hibc/read-hibc'
import { readIccbba } from './iccbba'
import type {
  Agency,
  Details,
  IdentifierReader,
  LookupKey,
  ParsedIdentifier,
  Reading,
  ReadingContext,
} from './identifier'
import { readLabelled } from './labelled'
import { readOtherLink } from './link'
import { fault, type Problem, type ProblemCode, shifted, toldProblem } from './problem'
import { readSpreadsheetDamage } from './spreadsheet-damage'
import { readTokenReference } from './token-reference'
import { typedText } from './typed-text'
import { readUdiDiAndSerial } from './udi-di-and-serial'

/** The longest text that is read; the longest of GS1's Digital Links are well below. */
export const IDENTIFIER_LENGTH_MAX = 1_000

/** Tried in this order: the stricter a syntax, the earlier. The last one takes what is left. */
const READERS: readonly IdentifierReader[] = [
  readSpreadsheetDamage,
  readBracketed,
  readDigitalLink,
  readOtherLink,
  readEpcUrn,
  readCaip19,
  readUnmarkedScan,
  readUdiDiAndSerial,
  readIccbba,
  readHibc,
  readTokenReference,
  readDeviceId,
  readContainerNumber,
  readGtinAlone,
  readEditionNumber,
  readLabelled,
  readHibcWithoutPlus,
  readBareText,
]

/** All but GS (0x1D), which separates the elements of a GS1 scan. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001c\u001e\u001f\u007f-\u009f]/

/** What an identifier says, and what to look up. */
export interface IdentifierReading {
  readonly parsed: ParsedIdentifier
  /** Empty where the identifier is invalid. */
  readonly keys: readonly LookupKey[]
  /** Who issues identifiers of this kind; null where none is known. */
  readonly agency: Agency | null
  readonly details: Details
  /** `parsed.problems` with code, weight and place. */
  readonly problems: readonly Problem[]
}

/**
 * Reads anything that a person can scan or type. Pure, total: every text gives an answer, and what
 * is wrong with it stands in `problems`. A repair is offered there, never applied in silence.
 */
export function readIdentifier(input: string, context: ReadingContext): IdentifierReading {
  const { keys, agency, details, problems, ...says } = reading(input, context)
  const refused = problems.some(({ weight }) => weight === 'FAULT')
  return {
    parsed: {
      udiDi: null,
      serial: null,
      lot: null,
      manufacturedOn: null,
      expiresOn: null,
      ...says,
      input,
      problems: problems.map(toldProblem),
    },
    keys: refused ? [] : keys,
    agency: agency ?? null,
    details: details ?? {},
    problems,
  }
}

function reading(input: string, context: ReadingContext): Reading {
  if (input.length > IDENTIFIER_LENGTH_MAX) {
    const message = `${input.length} characters, but at most ${IDENTIFIER_LENGTH_MAX} are read`
    return unreadable('TOO_LONG', null, message)
  }
  const { text, blanksBehind, notes, placeOf } = typedText(input)
  if (text === '') return unreadable('EMPTY', null, 'empty')
  const control = CONTROL.exec(text)
  if (control !== null) {
    const code = control[0].charCodeAt(0).toString(16).padStart(4, '0')
    const place = placeOf(control.index + 1)
    return unreadable('INVALID_CHARACTER', place, `control character U+${code}`)
  }
  const found = readAny(text, context, blanksBehind)
  const problems = found.problems.map((one) =>
    one.at === null ? one : { ...one, at: placeOf(one.at) },
  )
  return { ...found, problems: [...notes, ...problems] }
}

/** A symbology identifier of no GS1 bar code says nothing about what stands behind it. */
function readAny(text: string, context: ReadingContext, blanksBehind: number): Reading {
  const scan = readSymbology(text, context, blanksBehind)
  if (scan !== undefined) return scan
  const skipped = symbologyLength(text)
  for (const read of READERS) {
    const found = read(text.slice(skipped), context, blanksBehind)
    if (found !== undefined) return { ...found, problems: shifted(found.problems, skipped) }
  }
  return unreadable('NOT_AN_IDENTIFIER', null, 'of no known syntax')
}

function unreadable(code: ProblemCode, at: number | null, message: string): Reading {
  return { syntax: 'UNREADABLE', problems: [fault(code, at, message)], keys: [] }
}
