import { shapeOf } from './value'

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

/** What a word may be that joins its parts with hyphens or dots. */
export type JoinedWord =
  | { kind: 'range'; from: string; to: string }
  | { kind: 'value' | 'unclear' | 'doubtful' }

/**
 * Whether a word is a range, `78012090-78012092` or `A100..A199`, or one value, `T3-0125B`.
 *
 * - A range: both ends begin alike and end in equally many digits, at least five, upward.
 * - Unclear: whatever else a careless hand may write for a range. The ends look alike (`C10-D20`,
 *   `12A-14A`), are letters and digits both (`X10-X5`), or the second only says how the first ends
 *   then (`A100-199`, `100060-65`, `1234A-F`).
 * - Doubtful: `T3-0125-0130`, for values of three parts are common and ranges of this form are not.
 * - A value: everything else. The last digits of `12345-01` and `2024-0031` lead back, not on.
 */
export function joinedWord(word: string): JoinedWord {
  const dots = word.split('..')
  if (dots.length === 2) return { kind: 'range', from: dots[0] ?? '', to: dots[1] ?? '' }
  const parts = word.split('-')
  if (parts.length % 2 === 1) return { kind: tailGoesOn(parts) ? 'doubtful' : 'value' }
  const from = parts.slice(0, parts.length / 2).join('-')
  const to = parts.slice(parts.length / 2).join('-')
  const digits = endOf(from)?.digits.length ?? 0
  if (digits >= JOINED_DIGITS_MIN && rangeProblem(from, to) === undefined) {
    return { kind: 'range', from, to }
  }
  return { kind: mayBeEnds(from, to) ? 'unclear' : 'value' }
}

function mayBeEnds(from: string, to: string): boolean {
  if (!/\d/.test(from)) return false
  const [start, end] = [endOf(from), endOf(to)]
  if (start && end && /^\d+$/.test(to)) return goesOn(start, to)
  if (shapeOf(from) === shapeOf(to)) return true
  const letters = /^[A-Za-z]+/
  if (start && end) return letters.test(from) && letters.test(to)
  // 1234A-F
  const last = from.slice(-1).toUpperCase()
  return /^[A-Za-z]$/.test(to) && /[A-Z]/.test(last) && to.toUpperCase() > last
}

/** Whether a number may be the end of a range from digits on, whole or its last digits only. */
function goesOn({ prefix, digits }: { prefix: string; digits: string }, to: string): boolean {
  const zero = to.startsWith('0') && !digits.startsWith('0')
  if (to.length === digits.length) return to >= digits || !zero
  if (to.length > digits.length) return prefix === '' && !to.startsWith('0')
  return to > digits.slice(-to.length)
}

function tailGoesOn(parts: readonly string[]): boolean {
  const [from = '', to = ''] = parts.slice(-2)
  if (parts.length < 3 || !/^\d+$/.test(from) || !/^\d+$/.test(to)) return false
  return from.length === to.length && to > from
}
