import { isGtin } from '../identity-key'
import { containerProblem } from './container-number'
import { modelNumberProblem } from './gs1/model-number'
import { overlongElement } from './gs1/scan'
import { gtinProblem } from './gtin'
import { doubt, type Problem } from './problem'

/** What a text would be if it were not a plain serial or lot, and what is wrong with it then. */
type Resemblance = (text: string) => Problem | undefined

const RESEMBLANCES: readonly Resemblance[] = [
  lostZeros,
  brokenGtin,
  containerProblem,
  modelNumberProblem,
  vehicleProblem,
  overlongElement,
]

/**
 * Doubts about a text that is taken for a serial or lot: it may be a damaged identifier of another
 * kind. None of them forbids to look it up, for makers number their units as they like.
 */
export function resemblanceProblems(text: string): Problem[] {
  return RESEMBLANCES.flatMap((resembles) => resembles(text) ?? [])
}

/** A spreadsheet drops the zeros in front of a GTIN-12 or -14: eleven digits are left. */
function lostZeros(text: string): Problem | undefined {
  const padded = text.padStart(14, '0')
  if (!/^\d{11}$/.test(text) || !isGtin(padded)) return undefined
  return doubt('LEADING_ZEROS_LOST', 1, 'would be a UDI-DI with its leading zeros', padded)
}

/** Shorter numbers are serials more often than not. */
function brokenGtin(text: string): Problem | undefined {
  if (!/^\d{13,14}$/.test(text)) return undefined
  const message = gtinProblem(text)
  if (message === undefined) return undefined
  return doubt('BAD_CHECK_DIGIT', text.length, `as a UDI-DI: ${message}`)
}

const VEHICLE = /^[1-5][0-9A-HJ-NPR-Z]{12}\d{4}$/
const VEHICLE_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
/** A to H are 1 to 8, J to R 1 to 9, S to Z 2 to 9; I, O and Q are not used. */
const VEHICLE_VALUES = '0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ'
const CHECK_PLACE = 8

/** Vehicles of North America bear a check digit (49 CFR 565.15(c)); those of Europe do not. */
function vehicleProblem(text: string): Problem | undefined {
  if (!VEHICLE.test(text)) return undefined
  const sum = VEHICLE_WEIGHTS.reduce(
    (total, weight, i) => total + weight * (VEHICLE_VALUES.indexOf(text.charAt(i)) % 10),
    0,
  )
  const expected = '0123456789X'.charAt(sum % 11)
  const given = text.charAt(CHECK_PLACE)
  if (given === expected) return undefined
  const message = `as a vehicle number its check digit is ${given}, expected ${expected}`
  return doubt('BAD_CHECK_DIGIT', CHECK_PLACE + 1, message)
}
