/**
 * Labels are typed, scanned and copied: keys are what is compared, the text as stated is what is
 * shown.
 */

/**
 * Hyphen, dashes and minus of every script, which typing and word processors put for one another.
 */
const DASHES = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g

/**
 * The form in which lots and serials are compared: compatibility characters folded (NFKC), dashes
 * made one, blanks at the ends dropped, upper case. GS1 lets lower and upper case differ, but
 * people do not: two units that differ only by case are both found, for a missed unit is worse than
 * one too many.
 */
export function textKey(text: string): string {
  return dashed(text.normalize('NFKC')).trim().toUpperCase()
}

/** The text with a plain hyphen for each dash; every other character keeps its place. */
export function dashed(text: string): string {
  return text.replace(DASHES, '-')
}

/**
 * The form in which UDI-DIs are compared. A GTIN of 8, 12, 13 or 14 digits with a right check digit
 * is padded to 14 (GS1 General Specifications, section 3.3); anything else is compared as text.
 */
export function udiDiKey(udiDi: string): string {
  const key = textKey(udiDi)
  return isGtin(key) ? key.padStart(14, '0') : key
}

/** `{UDI-DI}|{serial}`: a serial is unique only within its UDI-DI. */
export function identityKey(udiDi: string, serial: string): string {
  return `${udiDiKey(udiDi)}|${textKey(serial)}`
}

/** Whether a text is a GTIN-8, -12, -13 or -14 with a right check digit. */
export function isGtin(text: string): boolean {
  return /^(\d{8}|\d{12,14})$/.test(text) && gs1CheckDigit(text.slice(0, -1)) === text.slice(-1)
}

/** Modulo-10 check digit of GS1 General Specifications 7.9, for the digits before it. */
export function gs1CheckDigit(digits: string): string {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const weight = (digits.length - i) % 2 === 1 ? 3 : 1
    sum += Number(digits[i]) * weight
  }
  return String((10 - (sum % 10)) % 10)
}
