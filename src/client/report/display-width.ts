const SCRIPTS = ['Han', 'Hiragana', 'Katakana', 'Hangul'].map((name) => `\\p{Script=${name}}`)
/** With the punctuation of those scripts, and the full-width forms of ASCII. */
const WIDE = new RegExp(
  `[${SCRIPTS.join('')}\\p{Emoji_Presentation}\\u3000-\\u303f\\uff01-\\uff60\\uffe0-\\uffe6]`,
  'u',
)
const COMBINING = /^\p{M}$/u

/** Columns that a text takes on a terminal: East Asian characters and emoji take two each. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) {
    if (COMBINING.test(character)) continue
    width += WIDE.test(character) ? 2 : 1
  }
  return width
}

/** A text with blanks up to a width, after it or, for numbers, before it. */
export function padded(text: string, width: number, side: 'end' | 'start'): string {
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return side === 'end' ? text + blanks : blanks + text
}
