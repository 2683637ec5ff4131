const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu
const HIDDEN_IN_LINES = /[^\n\P{Cc}]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/**
 * Text from a chain or a file, safe to print: control characters (a terminal would obey them),
 * direction marks (they make text read as another) and half characters become `\u{hex}`.
 */
export function visible(text: string): string {
  return text.replace(HIDDEN, escaped)
}

/** The same for text of several lines: line feeds stay. */
export function visibleLines(text: string): string {
  return text.replace(HIDDEN_IN_LINES, escaped)
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`
}
