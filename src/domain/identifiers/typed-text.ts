import { note, type Problem } from './problem'

/** A text in the form that the readers expect, and the way back to the text as it came. */
export interface TypedText {
  readonly text: string
  /** Blanks that were trimmed from its end. */
  readonly blanksBehind: number
  readonly notes: readonly Problem[]
  /** The place in the text as it came, for one in the text as it is read; both counted from 1. */
  placeOf(at: number): number
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: GS is no text, and is read
const PLAIN = /^[\u0020-\u007e\u001d]*$/

/**
 * Folds compatibility characters (NFKC), trims blanks and takes off what spreadsheets put around a
 * text to keep it one: `'0123`, `"0123"`, `="0123"`.
 */
export function typedText(input: string): TypedText {
  const { text: folded, places } = PLAIN.test(input) ? { text: input, places: null } : fold(input)
  const notes: Problem[] = []
  if (folded !== input) {
    const first = [...input].find((character) => character.normalize('NFKC') !== character) ?? ''
    const message = 'characters of other width or form are read as the usual ones'
    notes.push(note('UNICODE_NORMALISED', input.indexOf(first) + 1, message))
  }
  const trimmed = folded.trim()
  const lead = folded.length - folded.trimStart().length
  const [, before = '', quoted] = /^(=?")([^"]*)"$/.exec(trimmed) ?? []
  const apostrophe = /^'[^']*$/.test(trimmed) ? 1 : 0
  const offset = lead + before.length + apostrophe
  if (quoted !== undefined) {
    notes.push(note('QUOTES_REMOVED', lead + 1, 'quotes around it are left out'))
  } else if (apostrophe > 0) {
    notes.push(note('APOSTROPHE_REMOVED', lead + 1, 'an apostrophe in front is left out'))
  }
  const text = (quoted ?? trimmed.slice(apostrophe)).trim()
  return {
    text,
    blanksBehind: folded.length - lead - trimmed.length,
    notes,
    placeOf: (at) =>
      places === null ? at + offset : (places[at - 1 + offset] ?? input.length) + 1,
  }
}

/** Character by character, so that each keeps its place. */
function fold(input: string): { text: string; places: number[] } {
  const places: number[] = []
  let text = ''
  let index = 0
  for (const character of input) {
    const one = character.normalize('NFKC')
    for (let i = 0; i < one.length; i++) places.push(index)
    text += one
    index += character.length
  }
  return { text, places }
}
