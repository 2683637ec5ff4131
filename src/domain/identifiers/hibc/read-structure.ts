import type { Reading } from '../identifier'
import { keysOf } from '../lookup-keys'
import { doubt, fault, note, type Problem } from '../problem'
import { hibcCheckCharacter, strayInHibc } from './check-character'
import { type HibcFound, readSecondary } from './secondary'
import type { HibcLine, HibcStructure } from './structure'

/** What an HIBC says, and whether its check and link characters bear it out. */
export function readStructure(structure: HibcStructure, year: number): Reading {
  const { lines, primary, secondary, mislinkedAt } = structure
  const problems: Problem[] = lines.flatMap((line) => lineProblems(line, primary?.text))
  if (mislinkedAt !== undefined) {
    const message = 'the secondary code belongs to another primary one'
    problems.push(fault('LINK_CHARACTER_MISMATCH', mislinkedAt, message))
  }
  const all: HibcFound = {}
  for (const part of secondary) {
    const { found, problems: own } = readSecondary(part, year)
    problems.push(...own)
    for (const contradicted of contradictions(all, found)) {
      const message = `${contradicted} is stated twice, and differently`
      problems.push(fault('DUPLICATE_ELEMENT', part.at, message))
    }
    Object.assign(all, { ...found, ...all })
  }
  const { serial, lot, manufacturedOn, expiresOn, ...details } = all
  if (primary === undefined) {
    const message = 'a secondary code without its primary one: there is no UDI-DI'
    problems.unshift(doubt('NO_DEVICE_IDENTIFIER', 1, message))
  } else if (serial === undefined) {
    const message = 'no serial: this names a model or a lot, not one unit'
    problems.push(note('NOT_ONE_UNIT', null, message))
  }
  return {
    syntax: 'HIBC',
    agency: 'HIBCC',
    ...(primary !== undefined && { udiDi: primary.text }),
    ...(serial !== undefined && { serial }),
    ...(lot !== undefined && { lot }),
    ...(manufacturedOn !== undefined && { manufacturedOn }),
    ...(expiresOn !== undefined && { expiresOn }),
    details: {
      ...details,
      ...(primary !== undefined && { unitOfMeasure: primary.text.slice(-1) }),
    },
    problems,
    keys: keysOf({ ...all, udiDi: primary?.text ?? null }),
  }
}

function lineProblems({ covered, check, checkAt }: HibcLine, primary = ''): Problem[] {
  const stray = strayInHibc(covered)
  const start = checkAt - covered.length
  if (stray >= 0) {
    const message = `"${covered.charAt(stray)}" may not stand in an HIBC`
    return [fault('INVALID_CHARACTER', start + stray, message)]
  }
  const expected = hibcCheckCharacter(covered)
  if (expected === check) return []
  // The unit of measure is a digit: a letter in its place shows that everything is one too far.
  if (covered === `+${primary}` && !/\d$/.test(primary) && /\d/.test(check)) {
    const meant = `${covered}${check}${hibcCheckCharacter(covered + check) ?? ''}`
    const message = 'the check character is missing'
    return [fault('CHECK_CHARACTER_MISSING', checkAt + 1, message, meant)]
  }
  const message = `check character is "${check}", expected "${expected}"`
  return [fault('BAD_CHECK_CHARACTER', checkAt, message)]
}

function contradictions(before: HibcFound, now: HibcFound): string[] {
  const earlier = new Map(Object.entries(before))
  return Object.entries(now).flatMap(([name, value]) =>
    earlier.has(name) && earlier.get(name) !== value ? [name] : [],
  )
}
