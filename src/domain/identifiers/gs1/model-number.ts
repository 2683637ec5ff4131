import { doubt, type Problem } from '../problem'
import { CHARACTER_SET_82 } from './character-set'

/** Primes by which the characters weigh, the last character before the pair by 2. */
const WEIGHTS = [
  83, 79, 73, 71, 67, 61, 59, 53, 47, 43, 41, 37, 31, 29, 23, 19, 17, 13, 11, 7, 5, 3, 2,
]
/** Letters and digits that are not taken for one another. */
const CHARACTER_SET_32 = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const LENGTH_MAX = 25
/** Shorter texts with a right pair by chance are serials. */
const LENGTH_MIN = 12
/** A GS1 serial has 20 characters at most; what is longer was not meant as one. */
const SERIAL_LENGTH_MAX = 20

/** The two check characters of a Global Model Number (GS1 General Specifications 7.9.5). */
export function checkPair(model: string): string | undefined {
  let sum = 0
  for (let i = 0; i < model.length; i++) {
    const value = CHARACTER_SET_82.indexOf(model.charAt(i))
    const weight = WEIGHTS[WEIGHTS.length - model.length + i]
    if (value < 0 || weight === undefined) return undefined
    sum += value * weight
  }
  const pair = sum % 1021
  return CHARACTER_SET_32.charAt(pair >> 5) + CHARACTER_SET_32.charAt(pair & 31)
}

/**
 * Whether a text looks like a Global Model Number, which is the Basic UDI-DI of the EU: recall
 * notices print it under "UDI-DI", and no label bears it. One serial in a thousand has a right pair
 * by chance.
 */
export function modelNumberProblem(text: string): Problem | undefined {
  if (text.length < LENGTH_MIN || text.length > LENGTH_MAX) return undefined
  if (!/^\d{6}/.test(text) || !/[A-Za-z]/.test(text)) return undefined
  const [model, given] = [text.slice(0, -2), text.slice(-2)]
  const expected = checkPair(model)
  if (expected === undefined) return undefined
  if (expected === given) {
    const message = 'reads as a Basic UDI-DI, which groups models and stands on no label'
    return doubt('BASIC_UDI_DI_NOT_A_DI', 1, message)
  }
  if (text.length <= SERIAL_LENGTH_MAX) return undefined
  const message = `as a Basic UDI-DI its check pair is ${given}, expected ${expected}`
  return doubt('BAD_CHECK_PAIR', text.length - 1, message, model + expected)
}
