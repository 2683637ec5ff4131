import type { NoticeText } from './notice-text'
import { AUXILIARIES, EXCLUSIONS, MISSING, NEGATORS } from './words'

/** Words that say which units a recall is not about. */
export interface ExcludingPhrase {
  first: number
  next: number
  /** It speaks of what follows it, as "except" does; others may speak of what stands before. */
  ahead: boolean
  /** It is the predicate of a clause: "are not affected". */
  predicate: boolean
}

/** After "not": what is not affected. */
const PASSIVE = words(
  'affected impacted included concerned subject part involved recalled covered implicated scope' +
    ' defective faulty exhibit require requires required need needs needed',
)

/** After "does not": what the recall does not reach is named behind. */
const ACTIVE = words(
  'affect affects include includes including apply applies concern concerns cover covers involve' +
    ' involves impact impacts extend extends',
)

/** Words between "not" and what it negates. */
const NEGATED_WITHIN = 5

/** After "not": something else is negated than that the units are affected. */
const OTHERWISE_NEGATED = words('limited only just on use')

const ALONE = words(
  'unaffected non-affected nonaffected unimpacted non-impacted excluded excepted exempt exempted' +
    ' out-of-scope',
)

const AHEAD_PHRASES = phrases('other than|apart from|aside from|instead of|exception of')

const PHRASES = phrases(
  'may be used|may still be used|can be used|can still be used|may continue|can continue' +
    '|may remain|can remain|may safely|can safely|can safely be used|safe to use|ok to use' +
    '|okay to use|suitable for use|fit for use|no action|out of scope|outside scope' +
    '|outside the scope|outside of the scope|previous recall|earlier recall|prior recall' +
    '|recalled previously|recalled earlier|recalled before|recalled already|remain available' +
    '|remain on the market|remains available|passed inspection|passed testing',
)

const EARLIER = words('previously already formerly earlier')
const DEALT_WITH = words(
  'recalled corrected returned removed announced notified reported withdrawn addressed repaired' +
    ' communicated destroyed',
)

/** Before "safe", where it is said of units. */
const SAFE_AFTER = words('( and considered deemed as - – — :')

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}

function phrases(text: string): ReadonlyMap<string, readonly (readonly string[])[]> {
  const found = new Map<string, (readonly string[])[]>()
  for (const phrase of text.split('|')) {
    const parts = phrase.split(' ')
    const head = parts[0] ?? ''
    found.set(head, [...(found.get(head) ?? []), parts])
  }
  return found
}

/** The words that exclude that begin at a token, if some do. Looks at a few tokens only. */
export function excludingPhraseAt(notice: NoticeText, first: number): ExcludingPhrase | undefined {
  const ahead = aheadEnd(notice, first)
  if (ahead !== undefined) return { first, next: ahead, ahead: true, predicate: false }
  const negated = negatedAt(notice, first)
  if (negated !== undefined) return negated
  const next = positiveEnd(notice, first)
  if (next === undefined || negatedBefore(notice, first)) return undefined
  return { first, next, ahead: false, predicate: isPredicate(notice, first) }
}

function aheadEnd(notice: NoticeText, first: number): number | undefined {
  if (EXCLUSIONS.has(notice.word(first))) return first + 1
  return phraseEnd(notice, first, AHEAD_PHRASES)
}

/** "not affected", "is no longer included", "does not apply to"; "is not" where a clause ends. */
function negatedAt(notice: NoticeText, first: number): ExcludingPhrase | undefined {
  const start = negatorEnd(notice, first)
  if (start === undefined) return undefined
  const predicate = isPredicate(notice, first) || /n['’]t$/.test(notice.word(first))
  if (MISSING.has(notice.word(start)) || OTHERWISE_NEGATED.has(notice.word(start))) {
    return undefined
  }
  for (let next = start; next < start + NEGATED_WITHIN; next++) {
    const word = notice.word(next)
    if (PASSIVE.has(word)) return { first, next: next + 1, ahead: false, predicate }
    if (ACTIVE.has(word)) return { first, next: next + 1, ahead: true, predicate }
    const ends = next === start && predicate && /^[.,;)]?$|^but$/.test(word)
    if (ends && first > 0) return { first, next: start, ahead: false, predicate }
    const other = notice.tokens[next]
    if (other?.kind !== 'word' || other.line || /\d/.test(word)) return undefined
    const turned = EARLIER.has(word) || negatorEnd(notice, next) !== undefined
    if (turned || notice.label(next)) return undefined
  }
  return undefined
}

function negatorEnd(notice: NoticeText, first: number): number | undefined {
  const word = notice.word(first).replace('’', "'")
  if (NEGATORS.has(word)) return first + 1
  if (word === 'no' && notice.word(first + 1) === 'longer') return first + 2
  const hyphened = word === 'non' && notice.word(first + 1) === '-'
  return word === 'non' ? first + (hyphened ? 2 : 1) : undefined
}

function positiveEnd(notice: NoticeText, first: number): number | undefined {
  const word = notice.word(first)
  if (ALONE.has(word)) return first + 1
  if (EARLIER.has(word)) {
    for (let next = first + 1; next <= first + 3; next++) {
      if (DEALT_WITH.has(notice.word(next))) return next + 1
    }
  }
  const safe = word === 'safe' && notice.word(first + 1) !== 'to'
  const before = notice.word(first - 1)
  if (safe && (SAFE_AFTER.has(before) || AUXILIARIES.has(before))) return first + 1
  return phraseEnd(notice, first, PHRASES)
}

function phraseEnd(
  notice: NoticeText,
  first: number,
  known: ReadonlyMap<string, readonly (readonly string[])[]>,
): number | undefined {
  for (const parts of known.get(notice.word(first)) ?? []) {
    if (parts.every((part, index) => notice.word(first + index) === part)) {
      return first + parts.length
    }
  }
  return undefined
}

function isPredicate(notice: NoticeText, first: number): boolean {
  return AUXILIARIES.has(notice.word(first - 1)) || AUXILIARIES.has(notice.word(first))
}

/** "cannot be considered safe", "not previously recalled". */
function negatedBefore(notice: NoticeText, first: number): boolean {
  for (let index = first - 1; index >= first - 3; index--) {
    if (notice.tokens[index]?.kind !== 'word') return false
    if (negatorEnd(notice, index) !== undefined) return true
    if (notice.tokens[index]?.line) return false
  }
  return false
}
