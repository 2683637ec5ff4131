/**
 * A GS1 key with its check digit appended: GTIN-14 from 13 digits, GLN from 12 (GS1 General
 * Specifications 7.9: weights 3 and 1 from the right, up to the next ten).
 */
export function withGs1CheckDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    return total + Number(digit) * (index % 2 === 0 ? 3 : 1)
  }, 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

/**
 * The check digit of a container number (ISO 6346 annex A) from owner code, category and six
 * digits, such as `CSQU305438`; `undefined` where the remainder is 10, which the standard advises
 * against giving out because it shares the digit 0.
 */
export function containerCheckDigit(prefix: string): number | undefined {
  const sum = [...prefix].reduce((total, sign, index) => total + signValue(sign) * 2 ** index, 0)
  const remainder = sum % 11
  return remainder === 10 ? undefined : remainder
}

// Letters count from A = 10 upwards and leave out the multiples of 11.
function signValue(sign: string): number {
  if (/\d/.test(sign)) return Number(sign)
  const place = sign.charCodeAt(0) - 'A'.charCodeAt(0)
  const plain = place + 10
  return plain + Math.floor((plain - 1) / 10)
}
