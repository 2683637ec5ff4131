import type { IdentifierReader } from './identifier'
import { serialKeys } from './lookup-keys'
import { doubt, type Problem } from './problem'

/** Owner, category, six digits, check digit, as painted; size and type may stand behind. */
const NUMBER = /^([A-Z]{3})([A-Z])[ -]?(\d{6})[ -]?(\d)(?: [0-9A-Z]{4})?$/i
/** U container, J detachable equipment, Z trailer or chassis. */
const CATEGORIES = 'UJZ'

/**
 * Number of a freight container (ISO 6346): `CSQU3054383`, in capitals and without blanks as the
 * key. A text of that shape with another check digit is left to be a serial.
 */
export const readContainerNumber: IdentifierReader = (text) => {
  const [, owner = '', category = '', digits = '', check = ''] =
    NUMBER.exec(text)?.map((part) => part?.toUpperCase()) ?? []
  if (owner === '' || !CATEGORIES.includes(category)) return undefined
  const serial = owner + category + digits + check
  if (containerCheckDigit(owner + category + digits) !== check) return undefined
  return { syntax: 'ISO_6346', serial, problems: [], keys: serialKeys(serial, text) }
}

/** Check digit of the ten characters before it (ISO 6346, annex A); remainder 10 is written 0. */
export function containerCheckDigit(characters: string): string {
  let sum = 0
  for (let i = 0; i < characters.length; i++) sum += weightOf(characters.charAt(i)) * 2 ** i
  return String((sum % 11) % 10)
}

/** Letters count on from 10, but 11, 22 and 33 are left out. */
function weightOf(character: string): number {
  if (/\d/.test(character)) return Number(character)
  const order = character.charCodeAt(0) - 'A'.charCodeAt(0)
  return 10 + order + Math.floor((order + 9) / 10)
}

/** What is wrong with a serial, should it be meant as a container number. */
export function containerProblem(text: string): Problem | undefined {
  const written = text.toUpperCase()
  const [, owner = '', category = '', digits = '', check = ''] = NUMBER.exec(written) ?? []
  if (owner !== '') {
    const expected = containerCheckDigit(owner + category + digits)
    if (!CATEGORIES.includes(category)) {
      const message = `as a container number its fourth letter is ${category}, expected U, J or Z`
      return doubt('BAD_CATEGORY', 4, message)
    }
    if (check === expected) return undefined
    const message = `as a container number its check digit is ${check}, expected ${expected}`
    return doubt('BAD_CHECK_DIGIT', written.lastIndexOf(check) + 1, message)
  }
  const short = /^[A-Z]{3}U\d{6}$/.exec(written)?.[0]
  if (short !== undefined) {
    const message = 'as a container number it lacks its check digit'
    const meant = short + containerCheckDigit(short)
    return doubt('CHECK_DIGIT_MISSING', short.length + 1, message, meant)
  }
  if (!/^[A-Z]{3}U[0-9A-Z]{7}$/.test(written)) return undefined
  const at = written.slice(4).search(/\D/) + 5
  const message = `as a container number it has "${written.charAt(at - 1)}", expected a digit`
  return doubt('SERIAL_NOT_NUMERIC', at, message)
}
