import { readBareSerial } from './bare-serial'
import { readDeviceId } from './device-id'
import { readGs1ElementString } from './gs1-element-string'
import type {
  IdentifierReader,
  LookupKey,
  ParsedIdentifier,
  Reading,
  ReadingContext,
} from './identifier'
import { readTokenReference } from './token-reference'
import { readUdiDiAndSerial } from './udi-di-and-serial'

/** The longest text that is read; the longest of GS1's Digital Links are well below. */
export const IDENTIFIER_LENGTH_MAX = 1_000

/** Tried in this order: the stricter a syntax, the earlier. The last one takes what is left. */
const READERS: readonly IdentifierReader[] = [
  readGs1ElementString,
  readUdiDiAndSerial,
  readTokenReference,
  readDeviceId,
  readBareSerial,
]

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/

/**
 * Reads anything that a person can scan or type. Pure, total: every text gives an answer, and what
 * is wrong with it stands in `problems`.
 */
export function readIdentifier(
  input: string,
  context: ReadingContext,
): { parsed: ParsedIdentifier; keys: readonly LookupKey[] } {
  const { keys, ...parsed } = reading(input, context)
  return {
    parsed: {
      udiDi: null,
      serial: null,
      lot: null,
      manufacturedOn: null,
      expiresOn: null,
      ...parsed,
      input,
    },
    keys,
  }
}

function reading(input: string, context: ReadingContext): Reading {
  if (input.length > IDENTIFIER_LENGTH_MAX) {
    return unreadable(`${input.length} characters, but at most ${IDENTIFIER_LENGTH_MAX} are read`)
  }
  const text = input.normalize('NFKC').trim()
  if (text === '') return unreadable('empty')
  const control = CONTROL.exec(text)
  if (control !== null) {
    const code = control[0].charCodeAt(0).toString(16).padStart(4, '0')
    return unreadable(`control character U+${code} at ${control.index + 1}`)
  }
  for (const read of READERS) {
    const found = read(text, context)
    if (found !== undefined) return found
  }
  return unreadable('of no known syntax')
}

function unreadable(problem: string): Reading {
  return { syntax: 'UNREADABLE', problems: [problem], keys: [] }
}
