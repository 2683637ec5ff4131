import { type Label, labelAt } from './labels'
import { type Token, tokenize } from './tokens'

/** Parentheses inside of more than so many others are not entered. */
const DEPTH_MAX = 3

/** A notice in tokens, and what has been made of each: read, refused with a reason, or neither. */
export class NoticeText {
  readonly tokens: readonly Token[]
  /** Index of `(` → index of its `)`. */
  readonly #closing = new Map<number, number>()
  /** Index of `)` → index of its `(`. */
  readonly #opening = new Map<number, number>()
  readonly #read: boolean[] = []
  readonly #reasons = new Map<number, string>()
  readonly #excluded = new Map<number, string>()
  readonly #excludedWords = new Set<string>()
  readonly #doubts = new Map<number, string>()

  constructor(readonly text: string) {
    this.tokens = tokenize(text)
    const open: number[] = []
    this.tokens.forEach(({ text: mark }, index) => {
      if (mark === '(' || mark === '[') open.push(index)
      if (mark !== ')' && mark !== ']') return
      const start = open.pop()
      if (start !== undefined) this.#opening.set(index, start)
      if (start !== undefined && open.length < DEPTH_MAX) this.#closing.set(start, index)
    })
  }

  /** The word at a token in lower case, or the mark; empty after the end. */
  word(index: number): string {
    return this.tokens[index]?.word ?? ''
  }

  /** The text of a token; empty after the end. */
  shown(index: number): string {
    return this.tokens[index]?.text ?? ''
  }

  /** Where the parenthesis that opens at a token is closed. */
  closing(index: number): number | undefined {
    return this.#closing.get(index)
  }

  /** Whether a token closes a parenthesis: the mark of `2)` does not. */
  closes(index: number): boolean {
    return this.#opening.has(index)
  }

  /** Where the parenthesis opens that is closed at a token. */
  opening(index: number): number | undefined {
    return this.#opening.get(index)
  }

  /** The label that begins at a token, if one does. */
  label(index: number): Label | undefined {
    return labelAt(this.tokens, index)
  }

  /** Notes that a stretch of tokens is understood. */
  markRead(first: number, next: number): void {
    for (let index = first; index < next; index++) this.#read[index] = true
  }

  isRead(index: number): boolean {
    return this.#read[index] === true
  }

  /** Notes why a stretch of tokens is left to a person. */
  refuse(first: number, next: number, reason: string): void {
    for (let index = first; index < next; index++) {
      this.#read[index] = false
      this.#reasons.set(index, reason)
    }
  }

  /** Why a token was refused. */
  refusal(index: number): string | undefined {
    return this.#reasons.get(index)
  }

  /** Notes that the notice says of a stretch of tokens that it is not affected. */
  exclude(first: number, next: number, reason: string): void {
    for (let index = first; index < next; index++) {
      this.#excluded.set(index, reason)
      this.#excludedWords.add(this.word(index))
    }
  }

  /** Whether such a stretch names a value, so that the text speaks of it in two ways. */
  isExcludedValue(text: string): boolean {
    return this.#excludedWords.has(text.toLowerCase())
  }

  /** Why nothing at a token may be taken, whatever it is. */
  exclusion(index: number): string | undefined {
    return this.#excluded.get(index)
  }

  /** Why a token is left to a person, if it is. */
  reason(index: number): string | undefined {
    return this.#reasons.get(index) ?? this.#excluded.get(index)
  }

  /** Notes at a token what makes the entry around it doubtful. */
  doubt(index: number, message: string): void {
    this.#doubts.set(index, message)
  }

  doubtAt(index: number): string | undefined {
    return this.#doubts.get(index)
  }

  /** Whether a dash or star at a token marks an entry that has a line of its own. */
  isBullet(index: number): boolean {
    if (this.tokens[index]?.line !== true || this.tokens[index + 1]?.line !== false) return false
    return /^[-–—*·]$/.test(this.shown(index))
  }

  /** The text from a token up to another. */
  between(first: number, next: number): string {
    const start = this.tokens[first]?.at ?? this.text.length
    return this.text.slice(start, this.tokens[next - 1]?.end ?? start)
  }
}
