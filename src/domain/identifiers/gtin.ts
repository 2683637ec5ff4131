import { gs1CheckDigit, isGtin } from '../identity-key'

const GTIN_LENGTH = /^(\d{8}|\d{12,14})$/

/**
 * Why a number of GTIN length is no GTIN, or undefined where it is one or does not look like one.
 */
export function gtinProblem(text: string): string | undefined {
  if (!GTIN_LENGTH.test(text) || isGtin(text)) return undefined
  const expected = gs1CheckDigit(text.slice(0, -1))
  return `check digit of ${text} is ${text.slice(-1)}, expected ${expected}`
}
