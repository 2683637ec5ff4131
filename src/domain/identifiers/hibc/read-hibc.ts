import type { IdentifierReader, Reading } from '../identifier'
import { serialOrLotKeys } from '../lookup-keys'
import { doubt, fault, note, type Problem, shifted } from '../problem'
import { resemblanceProblems } from '../resemblance'
import { hibcCheckCharacter } from './check-character'
import { readStructure } from './read-structure'
import { type HibcStructure, hibcStructure } from './structure'

/** Basic UDI-DI of the EU (HIBCC, Basic UDI-DI format): two plus signs. */
const MODEL_GROUP = /^\+\+[A-Z][0-9A-Z]{3}/i

/**
 * HIBC of the Health Industry Business Communications Council (ANSI/HIBC 2.6), concatenated or as
 * bar codes read one after the other: `+A99912345/$$52001510X3/16D20111212/S77DEFG457`. The last
 * character checks the rest; it may be a blank, which forms like to trim.
 */
export const readHibc: IdentifierReader = (text, { year }, blanksBehind) => {
  if (MODEL_GROUP.test(text)) return readModelGroup()
  if (!text.startsWith('+')) return undefined
  const upper = text.toUpperCase()
  const found = structureOf(upper, blanksBehind)
  if (found === undefined) return undefined
  const { structure, lostBlank, blankIgnored, other } = found
  const whole = readStructure(structure, year)
  const sound = whole.problems.every(({ weight }) => weight !== 'FAULT')
  // What the blank would have checked is not told as read.
  const reading = lostBlank ? readStructure({ ...structure, secondary: [] }, year) : whole
  const problems: Problem[] = [...reading.problems]
  if (lostBlank) {
    const message = 'the check character is a blank, and was trimmed'
    const meant = sound ? `${upper} ` : null
    problems.unshift(fault('BLANK_CHECK_CHARACTER_TRIMMED', text.length + 1, message, meant))
  }
  if (upper !== text) {
    const message = 'HIBC has no lower case'
    const at = text.search(/[a-z]/) + 1
    problems.unshift(fault('LOWER_CASE_HIBC', at, message, sound ? upper : null))
  }
  if (blankIgnored) {
    const message = 'read without the blank behind it: as a check character it does not fit'
    problems.unshift(note('BLANK_IGNORED', text.length + 1, message))
  }
  if (other === undefined) return { ...reading, problems }
  const message = 'the blank behind it may be its check character: looked up in both readings'
  problems.unshift(doubt('BLANK_CHECK_CHARACTER_SUSPECTED', text.length + 1, message))
  return { ...reading, problems, keys: [...reading.keys, ...readStructure(other, year).keys] }
}

/**
 * A primary HIBC whose `+` was left out. One serial in fifty has a right check character by chance,
 * so that it is looked up as a serial and as a lot too.
 */
export const readHibcWithoutPlus: IdentifierReader = (text, { year }) => {
  const structure = hibcStructure(`+${text}`)
  if (structure?.primary === undefined || !isChecked(structure)) return undefined
  if (!/\d$/.test(structure.primary.text)) return undefined
  const reading = readStructure(structure, year)
  if (reading.problems.some(({ weight }) => weight === 'FAULT')) return undefined
  const missing = note('PLUS_MISSING', 1, 'read as an HIBC whose + was left out, and as a serial')
  return {
    ...reading,
    problems: [missing, ...shifted(reading.problems, -1), ...resemblanceProblems(text)],
    keys: [...reading.keys, ...serialOrLotKeys(text)],
  }
}

function readModelGroup(): Reading {
  const message = 'reads as a Basic UDI-DI, which groups models and stands on no label'
  const problems = [fault('BASIC_UDI_DI_NOT_A_DI', 1, message)]
  return { syntax: 'HIBC', agency: 'HIBCC', problems, keys: [] }
}

function isChecked({ lines }: HibcStructure): boolean {
  return lines.every(({ covered, check }) => hibcCheckCharacter(covered) === check)
}

interface Found {
  readonly structure: HibcStructure
  /** The text fits only with a blank behind it that is not there. */
  readonly lostBlank: boolean
  /**
   * The text fits only without the blank that stands behind it. A stray blank is likely, but it can
   * be the check character of a text with a wrong one elsewhere, of which one in 43 fits like this.
   */
  readonly blankIgnored: boolean
  /** The structure with the blanks that are there, which fits by chance or by right as well. */
  readonly other: HibcStructure | undefined
}

/**
 * The structure with as many of the blanks behind the text as belong to it: the check character and
 * the link character can be blanks. One blank more is tried than there are, for it may be lost.
 */
function structureOf(text: string, blanksBehind: number): Found | undefined {
  const blanks = [0, 1, 2].slice(0, Math.max(blanksBehind, 1) + 1)
  const tried = blanks.flatMap((count) => {
    const structure = hibcStructure(text + ' '.repeat(count))
    return structure === undefined ? [] : [{ structure, count }]
  })
  const checked = tried.filter(({ structure }) => isChecked(structure))
  const linked = checked.filter(({ structure }) => structure.mislinkedAt === undefined)
  const best = linked[0] ?? checked[0] ?? tried[0]
  if (best === undefined) return undefined
  const { structure, count } = best
  const other = linked.slice(1).find((one) => one.count <= blanksBehind)?.structure
  const without = count === 0 && blanksBehind > 0 && checked.length > 0
  const blankIgnored = without && other === undefined
  return { structure, lostBlank: count > blanksBehind, blankIgnored, other }
}
