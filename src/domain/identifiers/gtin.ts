import { gs1CheckDigit, isGtin } from '../identity-key'
import { fault, note, type Problem } from './problem'

const GTIN_LENGTH = /^(\d{8}|\d{12,14})$/

/**
 * Why a number of GTIN length is no GTIN, or undefined where it is one or does not look like one.
 */
export function gtinProblem(text: string): string | undefined {
  if (!GTIN_LENGTH.test(text) || isGtin(text)) return undefined
  const expected = gs1CheckDigit(text.slice(0, -1))
  return `check digit of ${text} is ${text.slice(-1)}, expected ${expected}`
}

/** A GTIN in 14 digits; any other UDI-DI as it is. */
export function inFourteenDigits(udiDi: string): string {
  return isGtin(udiDi) ? udiDi.padStart(14, '0') : udiDi
}

/**
 * The value of a GS1 element (01), which has 14 digits (GS1 General Specifications 3.3.2). People
 * type shorter GTINs there; with a right check digit they are padded, for no digit can be lacking.
 *
 * @param at where the value begins, counted from 1
 */
export function readGtin(value: string, at: number): { udiDi?: string; problems: Problem[] } {
  const letter = value.search(/\D/)
  if (letter >= 0) {
    const message = `"${value}" is no GTIN: "${value[letter]}" is no digit`
    return { problems: [fault('DI_NOT_NUMERIC', at + letter, message)] }
  }
  if (isGtin(value)) {
    const udiDi = value.padStart(14, '0')
    const message = `GTIN-${value.length} ${value} is read as ${udiDi}`
    const short = value.length < 14
    return { udiDi, problems: short ? [note('ZERO_SUPPRESSED_GTIN', at, message)] : [] }
  }
  if (value.length === 14) {
    const message = gtinProblem(value) ?? `${value} is no GTIN`
    return { udiDi: value, problems: [fault('BAD_CHECK_DIGIT', at + 13, message)] }
  }
  const message = `"${value}" is no GTIN: it has ${value.length} digits, expected 14`
  return { problems: [fault('DI_WRONG_LENGTH', at, message)] }
}
