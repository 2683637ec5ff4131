import { plain } from './label'

/** What a lot or serial of a scope names: one text, a pattern of texts, or a range of numbers. */

/** Why a value names nothing that can be looked for; null where it does. */
export type BadTerm = 'WILDCARDS_ONLY' | 'NO_RANGE'

export function badTerm(value: string): BadTerm | null {
  const text = plain(value)
  if (text.includes('..')) return rangeOf(text) === null ? 'NO_RANGE' : null
  const hasWildcard = text.includes('*') || text.includes('?')
  const hasMore = [...text].some((character) => character !== '*' && character !== '?')
  return hasWildcard && !hasMore ? 'WILDCARDS_ONLY' : null
}

/** Whether a text on a label is what a usable value names. */
export function isNamedBy(label: string, value: string): boolean {
  const [text, asked] = [plain(label), plain(value)]
  const range = rangeOf(asked)
  if (range !== null) return numbersOf(range).includes(text)
  return fits([...text], [...asked])
}

/** Without wildcards, the same characters one by one. */
function fits(text: readonly string[], asked: readonly string[]): boolean {
  const [wanted, ...others] = asked
  if (wanted === undefined) return text.length === 0
  if (wanted === '*') return [...text, ''].some((_, skipped) => fits(text.slice(skipped), others))
  const [character, ...left] = text
  if (character === undefined) return false
  return (wanted === '?' || wanted === character) && fits(left, others)
}

interface Range {
  prefix: string
  from: number
  to: number
  width: number
}

export function rangeOf(value: string): Range | null {
  const parts = plain(value).split('..')
  const [from, to] = parts.map((part) => part.trim())
  if (parts.length !== 2 || from === undefined || to === undefined) return null
  const [a, b] = [numberAtEnd(from), numberAtEnd(to)]
  if (a === '' || b === '' || a.length !== b.length || Number(a) > Number(b)) return null
  const prefix = from.slice(0, from.length - a.length)
  if (prefix !== to.slice(0, to.length - b.length)) return null
  if (/[*?]/.test(prefix)) return null
  return { prefix, from: Number(a), to: Number(b), width: a.length }
}

/** Every text in a range, one by one. */
export function numbersOf({ prefix, from, to, width }: Range): string[] {
  const texts: string[] = []
  for (let n = from; n <= to; n++) texts.push(prefix + String(n).padStart(width, '0'))
  return texts
}

function numberAtEnd(text: string): string {
  let digits = ''
  for (const character of [...text].reverse()) {
    if (character < '0' || character > '9') break
    digits = character + digits
  }
  return digits
}
