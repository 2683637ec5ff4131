import { LABEL_BEGINNINGS } from './label-table'

/** A word or a mark of a notice, with its place. */
export interface Token {
  kind: 'word' | 'mark'
  text: string
  /** The word in lower case: what tables are looked up with. */
  word: string
  /** Offset of the first character, in UTF-16 units from 0. */
  at: number
  /** Offset after the last character. */
  end: number
  /** No blank stands before it. */
  tight: boolean
  /** More than one blank, a tab or a line end stands before it: a column or a row may begin. */
  wide: boolean
  /** A line end stands before it. */
  line: boolean
}

/** Each alternative begins with another character, so that the work is linear. */
const PIECE = /[\s\p{Cc}]+|[,;:()[\]{}#&="“”|•–—]|[^\s\p{Cc},;:()[\]{}#&="“”|•–—]+/gu
const BLANK = /^[\s\p{Cc}]/u
const ONE_MARK = new Set(',;:()[]{}#&="“”|•–—-/')

/** Cuts a notice into words and marks. Blanks and control characters only separate. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let blank = ''
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    if (BLANK.test(piece)) {
      blank = piece
      continue
    }
    if (ONE_MARK.has(piece)) tokens.push(token(piece, 'mark', index, blank, index > 0))
    else addWords(tokens, piece, index, blank)
    blank = ''
  }
  return tokens
}

function addWords(tokens: Token[], piece: string, index: number, blank: string): void {
  let at = index
  for (const part of partsOf(piece)) {
    const kind = ONE_MARK.has(part) || /^\.+$/.test(part) ? 'mark' : 'word'
    tokens.push(token(part, kind, at, at === index ? blank : '', at > 0))
    at += part.length
  }
}

function token(
  text: string,
  kind: Token['kind'],
  at: number,
  blank: string,
  inside: boolean,
): Token {
  const tight = inside && blank === ''
  const line = blank.includes('\n') || blank.includes('\r')
  const wide = blank.length > 1 || line || blank === '\t'
  return { kind, text, word: text.toLowerCase(), at, end: at + text.length, tight, wide, line }
}

/** `Exp.05/2020`, `No.123`: a short form that was written together with its value. */
const SHORT_FORM = /^(exp|no|nos|lot|ref|ser|cat|mfg|sn|pn)(\.)(.+)$/i

/** Takes full stops off the end, short forms off the front, and parts words at label slashes. */
function partsOf(piece: string): string[] {
  const stops = /\.{1,3}$/.exec(piece)?.[0] ?? ''
  const body = piece.slice(0, piece.length - stops.length)
  const short = SHORT_FORM.exec(body)
  const [head, rest] = short ? [[short[1] ?? '', '.'], short[3] ?? ''] : [[], body]
  const words = atLabelSlashes(rest).flatMap(atOuterHyphens)
  return [...head, ...words, stops].filter((part) => part !== '')
}

/** The hyphen of `A100 -A199` joins two words; that of `T3-0125B` is of the word. */
function atOuterHyphens(word: string): string[] {
  const before = /^-[A-Za-z0-9]/.test(word) ? '-' : ''
  const after = /[A-Za-z0-9]-$/.test(word) ? '-' : ''
  return [before, word.slice(before.length, word.length - after.length), after]
}

/**
 * `K6870/Lot` is a value and a label, `Lot/Batch` are two labels; `P/N` and `15-2979/02` are one
 * word.
 */
function atLabelSlashes(word: string): string[] {
  if (!word.includes('/') || LABEL_BEGINNINGS.has(word.toLowerCase())) return [word]
  const parts = word.split('/')
  if (!parts.some((part) => LABEL_BEGINNINGS.has(part.toLowerCase()))) return [word]
  return parts.flatMap((part, index) => (index === 0 ? [part] : ['/', part]))
}
