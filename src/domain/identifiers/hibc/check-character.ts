/** The 43 characters of HIBC (ANSI/HIBC 2.6, table 1); each weighs its place, counted from 0. */
const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%'

/** The check character of what stands before it, `+` included; undefined for foreign characters. */
export function hibcCheckCharacter(text: string): string | undefined {
  let sum = 0
  for (const character of text) {
    const value = CHARACTERS.indexOf(character)
    if (value < 0) return undefined
    sum += value
  }
  return CHARACTERS.charAt(sum % CHARACTERS.length)
}

/** The place of the first character that HIBC does not have, counted from 0; -1 if it has all. */
export function strayInHibc(text: string): number {
  return text.search(/[^0-9A-Z\-. $/+%]/)
}
