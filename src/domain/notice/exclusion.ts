import { isGtin } from '../identity-key'
import { affirmationAt } from './affirmation'
import { type Clause, type Clauses, clausesOf, isCode } from './clauses'
import { type ExcludingPhrase, excludingPhraseAt } from './exclusion-phrase'
import { EXCLUDED, EXCLUDED_BEHIND } from './guard'
import type { NoticeText } from './notice-text'
import { OTHERS, RANGE_CONNECTORS } from './words'

/**
 * Marks every stretch of a notice of which it says that it is not affected, before anything is
 * read. Where it is open how far the words reach they reach further, for a wrong lot is worse than
 * one that is left out; what is listed beside them gets a doubt.
 */
export function markExclusions(notice: NoticeText): void {
  const { clauses, labels } = clausesOf(notice)
  const marking = new Marking(notice, labels)
  for (const clause of clauses) marking.clause(clause)
}

class Marking {
  /** Where the subject of a predicate may begin that stands alone in its clause. */
  #open = 0
  /** Where the subject of the next predicate begins. */
  #subject = 0
  /** "Not affected:" at the end of a line holds on the lines below. */
  #heading = false
  /** Where an exclusion begins that goes on to the end of the sentence. */
  #ahead: number | undefined
  /** The same, up to a predicate that says otherwise or the end of the clause. */
  #rest: number | undefined

  constructor(
    private readonly notice: NoticeText,
    private readonly labels: Clauses['labels'],
  ) {}

  clause(clause: Clause): void {
    const { first, next, after, labelled } = clause
    if (after === 'paragraph') this.#heading = false
    if (after !== 'mark') this.#ahead = undefined
    if (after === 'paragraph' || labelled) this.#open = first
    if (this.#heading) this.#ahead = first
    this.#rest = undefined
    this.#subject = first
    const excluding = this.#ahead !== undefined
    this.events(first, next, clause)
    this.close(next)
    const headed = this.#ahead !== undefined && !excluding && this.notice.word(next - 1) === ':'
    this.#heading ||= headed
    if (this.#ahead !== undefined) this.#ahead = next
  }

  /** Excludes what is open up to a token. */
  private close(next: number): void {
    const from = this.#ahead ?? this.#rest
    if (from !== undefined) this.notice.exclude(from, next, EXCLUDED)
  }

  private events(first: number, next: number, clause: Clause): void {
    for (let index = first; index < next; ) {
      const close = this.notice.closing(index)
      if (close !== undefined && close < next) {
        this.parentheses(index, close)
        index = close + 1
      } else index = this.event(index, clause)
    }
  }

  private event(index: number, clause: Clause): number {
    const phrase = excludingPhraseAt(this.notice, index)
    if (phrase !== undefined) {
      this.phrase(phrase, clause)
      return phrase.next
    }
    const affirmed = affirmationAt(this.notice, index, this.#subject)
    if (affirmed === undefined) return index + 1
    if (affirmed.denied) {
      const denied = { first: index, next: affirmed.next, ahead: false, predicate: true }
      this.phrase(denied, clause)
    } else {
      if (affirmed.heading) {
        this.close(index)
        this.#ahead = undefined
        this.#heading = false
      }
      this.#rest = undefined
      this.#subject = affirmed.next
      this.#open = affirmed.next
    }
    return affirmed.next
  }

  private phrase(phrase: ExcludingPhrase, { first, next: end }: Clause): void {
    const { notice } = this
    const { next, predicate } = phrase
    const wholeClause = phrase.first - (predicate ? 1 : 0) <= first
    const subject = wholeClause || this.goesOn(phrase, first) ? this.#open : this.#subject
    const listed = this.hasCode(subject, phrase.first)
    if (this.ofOthers(subject, phrase.first)) {
      if (listed) this.doubt(phrase)
      this.#subject = next
      return
    }
    this.doubt(phrase)
    const ahead = phrase.ahead || this.isHeading(phrase)
    if (ahead) this.#ahead ??= next
    else {
      if (predicate || listed) notice.exclude(subject, next, EXCLUDED_BEHIND)
      if (listed) this.#rest ??= next
      else this.#ahead ??= next
      // A line of these words alone may be the end of one list or the head of another.
      if (wholeClause && next >= end && !predicate) this.#heading = true
    }
    notice.exclude(phrase.first, next, ahead ? EXCLUDED : EXCLUDED_BEHIND)
    this.#subject = next
    this.#open = next
  }

  /** "Unaffected lots", "Not affected:"; right behind a value it may as well be said of that. */
  private isHeading({ first, next, predicate }: ExcludingPhrase): boolean {
    const colon = this.notice.word(next) === ':'
    if (predicate || !(colon || this.labels[next] !== undefined)) return false
    return !isCode(this.notice, first - 1) || (colon && /^[A-Z]/.test(this.notice.shown(first)))
  }

  /** `A1⏎A2 are not affected`: the plural is of a list that begins on a line above. */
  private goesOn({ first, predicate }: ExcludingPhrase, start: number): boolean {
    const verb = `${this.notice.word(first - 1)} ${this.notice.word(first)}`
    if (!predicate || !/\b(are|were)(n['’]t)?\b/.test(verb)) return false
    return isCode(this.notice, start) && first - start <= 2
  }

  /** "All other lots are not affected" says nothing of the lots that are listed. */
  private ofOthers(subject: number, end: number): boolean {
    for (let index = end - 1; index >= subject; index--) {
      if (isCode(this.notice, index) && this.labels[index] === undefined) return false
      const word = this.notice.word(index)
      if (word === 'other' && this.notice.word(index + 1) === 'than') return false
      if (OTHERS.has(word)) return !/^(and|or|&)$/.test(this.notice.word(index - 1))
    }
    return false
  }

  private hasCode(first: number, next: number): boolean {
    for (let index = first; index < next; index++) {
      if (isCode(this.notice, index)) return true
    }
    return false
  }

  private parentheses(open: number, close: number): void {
    const { notice } = this
    const within = open + 1
    if (this.hasLabelledCode(within, close)) {
      const inner = new Marking(notice, this.labels)
      inner.clause({ first: within, next: close, after: 'paragraph', labelled: true })
      return
    }
    for (let index = within; index < close; index++) {
      const phrase = this.phraseWithin(index, within)
      if (phrase === undefined) continue
      notice.exclude(phrase.first, close, EXCLUDED)
      if (this.ofOthers(within, phrase.first)) return
      this.doubt(phrase)
      if (!phrase.ahead) this.behind(open, close)
      return
    }
  }

  private phraseWithin(index: number, first: number): ExcludingPhrase | undefined {
    const phrase = excludingPhraseAt(this.notice, index)
    if (phrase !== undefined) return phrase
    const affirmed = affirmationAt(this.notice, index, first)
    return affirmed?.denied
      ? { first, next: affirmed.next, ahead: false, predicate: true }
      : undefined
  }

  private hasLabelledCode(first: number, close: number): boolean {
    for (let index = first; index < close; index++) {
      const field = this.notice.label(index)?.field
      const names = field !== undefined && field !== 'expiry' && field !== 'made'
      if (names && field !== 'other') return this.hasCode(index + 1, close)
    }
    return false
  }

  /** What `(not affected)` is said of: the value before it, or the list that its label begins. */
  private behind(open: number, close: number): void {
    const { notice } = this
    const all = /^(all|both|none|neither|each|these)$/.test(notice.word(open + 1))
    let last = open - 1
    for (let start = notice.opening(last); start !== undefined; start = notice.opening(last)) {
      last = start - 1
    }
    if (this.labels[last] !== undefined) {
      this.#ahead ??= close + 1
      return
    }
    const range = RANGE_CONNECTORS.has(notice.word(last - 1)) && isCode(notice, last - 2)
    const one = !all && isCode(notice, last)
    notice.exclude(one ? last - (range ? 2 : 0) : this.#subject, close + 1, EXCLUDED_BEHIND)
    // The lots behind a UDI-DI are of the same product.
    if (one && isGtin(notice.shown(last))) this.#rest ??= close + 1
  }

  private doubt({ first, next }: ExcludingPhrase): void {
    const words = this.notice.between(first, next).replace(/\s+/g, ' ')
    this.notice.doubt(
      first,
      `Words that exclude stand in or beside this entry ("${words}"): see which values they mean.`,
    )
  }
}
