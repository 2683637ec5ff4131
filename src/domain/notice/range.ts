/** Why two values are not the ends of a range that can be proposed. */
export function rangeProblem(from: string, to: string): string | undefined {
  const start = endOf(from)
  const end = endOf(to)
  if (start === undefined || end === undefined) return 'a range whose ends are not numbers'
  if (start.prefix !== end.prefix) return 'a range whose ends begin with different characters'
  if (start.digits.length !== end.digits.length) {
    return 'a range whose ends have different numbers of digits'
  }
  return start.digits > end.digits ? 'a range that ends before it begins' : undefined
}

/** The range as a scope writes it. */
export function rangeText(from: string, to: string): string {
  return `${from}..${to}`
}

/** What stands before the last digits, case aside as in all comparisons, and these digits. */
function endOf(value: string): { prefix: string; digits: string } | undefined {
  const digits = /\d+$/.exec(value)?.[0]
  if (digits === undefined) return undefined
  return { prefix: value.slice(0, -digits.length).toUpperCase(), digits }
}

/** Digits that a hyphenated word must have at both ends to be a range rather than one value. */
const JOINED_DIGITS_MIN = 5

/**
 * The ends of `78012090-78012092` or `A100..A199`, written as one word. `clear` is false where the
 * word may as well be one value: 1155-1174.
 */
export function joinedRange(
  word: string,
): { from: string; to: string; clear: boolean } | undefined {
  const dots = word.split('..')
  if (dots.length === 2) return { from: dots[0] ?? '', to: dots[1] ?? '', clear: true }
  const [from = '', to = '', more] = word.split('-')
  if (more !== undefined || rangeProblem(from, to) !== undefined) return undefined
  return { from, to, clear: (endOf(from)?.digits.length ?? 0) >= JOINED_DIGITS_MIN }
}
