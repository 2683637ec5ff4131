import type { IdentifierReader } from '../identifier'
import { fault, type Problem } from '../problem'
import { elementRule } from './application-identifiers'
import type { Gs1Element } from './element'
import { identifierNamed, QUALIFIERS } from './link-names'
import { readElements } from './read-elements'

/** Scheme, host, path, query. The scheme may be left out, as on a label. */
const LINK = /^(?:https?:\/\/[^/?#]+|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?)(\/[^?#]*)(?:\?([^#]*))?/i

const QUALIFIER_NAMES: ReadonlySet<string> = new Set([...QUALIFIERS.values()].flat())

/** A part of the link as it stands there, and its place counted from 0. */
interface Part {
  readonly text: string
  readonly index: number
}

/**
 * GS1 Digital Link: `https://id.gs1.org/01/09506000134352/21/A1?17=270131`, on any host and behind
 * any path.
 */
export const readDigitalLink: IdentifierReader = (text, { year }) => {
  const match = LINK.exec(text)
  const [whole = '', path = '', query = ''] = match ?? []
  if (match === null) return undefined
  const queryStart = whole.length - query.length
  const pathEnd = query === '' ? whole.length : queryStart - 1
  const named = keyed(partsOf(path, '/', text.indexOf(path, pathEnd - path.length)))
  if (named === undefined) return undefined
  const problems: Problem[] = []
  const inPath = named.map((pair) => elementOf(pair, problems))
  const stated = new Set(inPath.map(({ ai }) => ai))
  const attributes = partsOf(query, '&', queryStart).flatMap((part): Gs1Element[] => {
    const equals = part.text.indexOf('=')
    const name = identifierNamed(equals < 0 ? part.text : part.text.slice(0, equals))
    // Everything else in the query is for the web server.
    if (equals < 0 || elementRule(name) === undefined) return []
    const value = { text: part.text.slice(equals + 1), index: part.index + equals + 1 }
    const element = elementOf({ ai: name, value }, problems)
    if (stated.has(name)) {
      const message = `(${name}) is stated in the path and in the query, or twice`
      problems.push(fault('DUPLICATE_ELEMENT', element.at, message))
    } else if (QUALIFIER_NAMES.has(name)) {
      const message = `(${name}) belongs into the path of a Digital Link, not into its query`
      problems.push(fault('KEY_QUALIFIER_IN_QUERY', element.at, message))
    }
    stated.add(name)
    return [element]
  })
  const reading = readElements('GS1_DIGITAL_LINK', [...inPath, ...attributes], year)
  return { ...reading, problems: [...problems, ...reading.problems] }
}

interface Pair {
  readonly ai: string
  readonly value: Part
}

/** The key and its qualifiers, which end the path; what stands before them means nothing. */
function keyed(parts: readonly Part[]): Pair[] | undefined {
  const end = parts.length % 2 === 0 ? parts.length : parts.length - 1
  const tails = [parts, parts.at(-1)?.text === '' ? parts.slice(0, -1) : parts]
  for (let from = 0; from < end; from++) {
    for (const tail of tails) {
      const pairs = pairsOf(tail.slice(from))
      if (pairs !== undefined) return pairs
    }
  }
  return undefined
}

function pairsOf(parts: readonly Part[]): Pair[] | undefined {
  if (parts.length === 0 || parts.length % 2 === 1) return undefined
  const key = identifierNamed(parts[0]?.text ?? '')
  const qualifiers = QUALIFIERS.get(key)
  if (qualifiers === undefined) return undefined
  const pairs: Pair[] = []
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const [name, value] = [parts[i], parts[i + 1]]
    if (name === undefined || value === undefined) return undefined
    const ai = identifierNamed(name.text)
    if (i > 0 && !qualifiers.includes(ai)) return undefined
    pairs.push({ ai, value })
  }
  return pairs
}

function partsOf(text: string, between: string, start: number): Part[] {
  let index = start
  const parts = text.split(between).map((part) => {
    const found = { text: part, index }
    index += part.length + between.length
    return found
  })
  // In front of the first slash is nothing.
  return between === '/' ? parts.slice(1) : parts
}

function elementOf({ ai, value: { text, index } }: Pair, problems: Problem[]): Gs1Element {
  const value = percentDecoded(text)
  if (value !== undefined) return { ai, value, at: index + 1 }
  const message = `(${ai}) "${text}" has a % that begins no character`
  problems.push(fault('INVALID_CHARACTER', index + 1 + text.indexOf('%'), message))
  return { ai, value: text, at: index + 1 }
}

/** Undefined where the text is not well percent-encoded. */
export function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
