import { type Label, labelAt } from './labels'
import { type Token, tokenize } from './tokens'

/** Parentheses inside of more than so many others are not entered. */
const DEPTH_MAX = 3

/** A notice in tokens, and what has been made of each: read, refused with a reason, or neither. */
export class NoticeText {
  readonly tokens: readonly Token[]
  /** Index of `(` → index of its `)`. */
  readonly #closing = new Map<number, number>()
  readonly #closes = new Set<number>()
  readonly #read: boolean[] = []
  readonly #reasons = new Map<number, string>()

  constructor(readonly text: string) {
    this.tokens = tokenize(text)
    const open: number[] = []
    this.tokens.forEach(({ text: mark }, index) => {
      if (mark === '(' || mark === '[') open.push(index)
      if (mark !== ')' && mark !== ']') return
      const start = open.pop()
      if (start !== undefined) this.#closes.add(index)
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
    return this.#closes.has(index)
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

  reason(index: number): string | undefined {
    return this.#reasons.get(index)
  }

  /** The text from a token up to another. */
  between(first: number, next: number): string {
    const start = this.tokens[first]?.at ?? this.text.length
    return this.text.slice(start, this.tokens[next - 1]?.end ?? start)
  }
}
