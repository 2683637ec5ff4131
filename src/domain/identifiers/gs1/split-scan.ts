import { fault, note, type Problem } from '../problem'
import { elementRule, identifierAt } from './application-identifiers'
import type { Gs1Element } from './element'
import { separatorsOf } from './separator'

/** The elements of a scan, as far as they could be told apart. */
export interface SplitScan {
  readonly elements: readonly Gs1Element[]
  readonly problems: readonly Problem[]
  /** An element that is longer than GS1 allows: the separator behind it may have been lost. */
  readonly overlong: Gs1Element | undefined
}

/**
 * Splits the text of a GS1 bar code without brackets. Values of fixed length need no separator
 * behind them; every other one goes on to the next separator (GS1 General Specifications 7.8).
 *
 * @param blanks whether a blank was written for the separator
 */
export function splitScan(text: string, blanks = false): SplitScan {
  const separators = separatorsOf(text, blanks)
  const elements: Gs1Element[] = []
  const problems: Problem[] = []
  // A scanner may send FNC1 in front of the first element as well.
  let index = separators.lengthAt(0)
  while (index < text.length) {
    const needless = separators.lengthAt(index)
    if (needless > 0) {
      problems.push(note('REDUNDANT_SEPARATOR', index + 1, 'a separator that separates nothing'))
      index += needless
      continue
    }
    const ai = identifierAt(text, index)
    const rule = ai === undefined ? undefined : elementRule(ai)
    if (ai === undefined || rule === undefined) {
      const found = `"${text.slice(index, index + 4)}" begins no application identifier of GS1`
      problems.push(fault('UNKNOWN_AI', index + 1, found))
      break
    }
    const start = index + ai.length
    const end = separators.next(start)
    const fixed = rule.min === rule.max
    const value = text.slice(start, fixed ? Math.min(end, start + rule.max) : end)
    const element = { ai, value, at: start + 1 }
    if (ai === '01' && isCutShort(value)) {
      const message = `the UDI-DI "${value}" is cut short: expected 14 digits`
      problems.push(fault('TRUNCATED_DI', element.at, message))
      break
    }
    if (value.length > rule.max) return { elements, problems, overlong: element }
    elements.push(element)
    index = start + value.length
    if (!fixed) index += separators.lengthAt(index)
  }
  return { elements, problems, overlong: undefined }
}

function isCutShort(value: string): boolean {
  return value.length < 14 && /^\d*$/.test(value)
}
