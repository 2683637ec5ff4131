import type { Detail, IdentifierSyntax, Reading } from '../identifier'
import { keysOf, serialKeys } from '../lookup-keys'
import { doubt, fault, note, type Problem } from '../problem'
import type { Gs1Element } from './element'
import { type Gs1Field, readValue } from './element-value'

type Found = Partial<Record<Gs1Field | Detail, string>>

/** What has an identifier, but is no device. */
const OTHER_THINGS: Readonly<Record<string, string>> = {
  '00': 'a logistic unit',
  '8003': 'a returnable asset',
  '8004': 'an individual asset',
  '8010': 'a component or part',
  '8017': 'a service provider',
  '8018': 'a service recipient',
}

/**
 * What the elements of a GS1 identifier say about a device, whatever syntax they were written in.
 * An asset has no UDI-DI; its number is looked up as a serial.
 */
export function readElements(
  syntax: IdentifierSyntax,
  elements: readonly Gs1Element[],
  year: number,
): Reading {
  const found: Found = {}
  const problems: Problem[] = []
  const stated = new Map<string, string>()
  for (const element of elements) {
    const before = stated.get(element.ai)
    stated.set(element.ai, element.value)
    if (before !== undefined && before !== element.value) {
      const message = `(${element.ai}) is stated twice, and differently`
      problems.push(fault('DUPLICATE_ELEMENT', element.at, message))
    }
    const { slot, text, problems: own } = readValue(element, year)
    problems.push(...own.map((one) => ({ ...one, message: `(${element.ai}) ${one.message}` })))
    if (slot !== undefined && text !== undefined) found[slot] ??= text
  }
  problems.push(...togetherProblems(stated))
  const { udiDi, serial, lot, manufacturedOn, expiresOn, ...details } = found
  const { assetId } = details
  return {
    syntax,
    agency: 'GS1',
    ...(udiDi !== undefined && { udiDi }),
    ...(serial !== undefined && { serial }),
    ...(lot !== undefined && { lot }),
    ...(manufacturedOn !== undefined && { manufacturedOn }),
    ...(expiresOn !== undefined && { expiresOn }),
    details,
    problems,
    keys: udiDi === undefined && assetId !== undefined ? serialKeys(assetId) : keysOf(found),
  }
}

/** What elements say only together. */
function togetherProblems(stated: ReadonlyMap<string, string>): Problem[] {
  const problems: Problem[] = []
  if (stated.has('21') && stated.has('235')) {
    const message = 'a serial (21) and a third-party serial (235) exclude each other'
    problems.push(fault('ELEMENTS_EXCLUDE_EACH_OTHER', null, message))
  }
  if (!stated.has('01')) {
    const other = Object.keys(OTHER_THINGS).find((ai) => stated.has(ai))
    if (other === undefined) {
      const message = 'no UDI-DI (01): other models may have the same serial or lot'
      problems.push(doubt('NO_DEVICE_IDENTIFIER', null, message))
    } else {
      const message = `(${other}) names ${OTHER_THINGS[other]}, no device: there is no UDI-DI (01)`
      problems.push(doubt('NOT_A_DEVICE_IDENTIFIER', null, message))
    }
  } else if (!stated.has('21')) {
    const message = 'no serial (21): this names a model or a lot, not one unit'
    problems.push(note('NOT_ONE_UNIT', null, message))
  }
  return problems
}
