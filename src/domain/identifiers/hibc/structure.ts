/** A part of an HIBC, without check and link characters. */
export interface HibcPart {
  readonly text: string
  /** Where it begins, counted from 1. */
  readonly at: number
}

/** One bar code: what its check character covers, and that character as it stands there. */
export interface HibcLine {
  readonly covered: string
  readonly check: string
  /** Where the check character stands, counted from 1. */
  readonly checkAt: number
}

/** An HIBC taken apart: its bar codes, what they say, and what does not fit. */
export interface HibcStructure {
  readonly lines: readonly HibcLine[]
  /** Labeler, product, unit of measure; undefined where only a secondary code was given. */
  readonly primary: HibcPart | undefined
  readonly secondary: readonly HibcPart[]
  /** A secondary bar code ends with the check character of its primary one, here it does not. */
  readonly mislinkedAt: number | undefined
}

/** `+`, labeler (a letter, three more characters), product, unit of measure, check character. */
const PRIMARY = /^\+[A-Z][0-9A-Z]{3}[0-9A-Z]{2,19}/
/** A `+` right behind the primary code, or behind its check character. */
const NEXT_LINE = /^\+[0-9A-Z]+[^0-9A-Z]?\+/
const SECONDARY = /^\+(?:\$|\d{5})/

/**
 * The structure of an HIBC: one bar code with parts between slashes (concatenated), or a primary
 * bar code with secondary ones behind it, each of which begins with `+`. Undefined for other texts.
 */
export function hibcStructure(text: string): HibcStructure | undefined {
  if (SECONDARY.test(text)) return linesBehind(text, 0, undefined, [], undefined)
  if (!PRIMARY.test(text)) return undefined
  const plus = text.indexOf('+', 1)
  if (!NEXT_LINE.test(text) || plus === text.length - 1) return concatenated(text)
  // `++`: the first one is the check character of the primary code.
  const end = text.charAt(plus + 1) === '+' ? plus + 1 : plus
  const line = lineOf(text, 0, end)
  const primary = { text: line.covered.slice(1), at: 2 }
  return linesBehind(text, end, primary, [line], line.check)
}

function concatenated(text: string): HibcStructure {
  const line = lineOf(text, 0, text.length)
  let at = 2
  const parts = line.covered
    .slice(1)
    .split('/')
    .map((part) => {
      const found = { text: part, at }
      at += part.length + 1
      return found
    })
  const [primary, ...secondary] = parts
  return { lines: [line], primary, secondary, mislinkedAt: undefined }
}

function linesBehind(
  text: string,
  from: number,
  primary: HibcPart | undefined,
  first: readonly HibcLine[],
  link: string | undefined,
): HibcStructure {
  const lines = [...first]
  const secondary: HibcPart[] = []
  let mislinkedAt: number | undefined
  let start = from
  while (start < text.length) {
    const end = endOfLine(text, start)
    const line = lineOf(text, start, end)
    const linkIndex = end - 2
    lines.push(line)
    secondary.push({ text: line.covered.slice(1, -1), at: start + 2 })
    if (link !== undefined && text.charAt(linkIndex) !== link) mislinkedAt ??= linkIndex + 1
    start = end
  }
  return { lines, primary, secondary, mislinkedAt }
}

/**
 * Where a secondary bar code ends. The next `+` behind its flag may begin the next bar code, or be
 * the link or the check character of this one.
 */
function endOfLine(text: string, start: number): number {
  const flag = /\+(?:\$\$?\+?)?/y
  flag.lastIndex = start
  const plus = text.indexOf('+', start + (flag.exec(text)?.[0].length ?? 1))
  if (plus < 0) return text.length
  const endsAt = (end: number): boolean => end === text.length || text.charAt(end) === '+'
  if (endsAt(plus + 2)) return plus + 2
  return endsAt(plus + 1) ? plus + 1 : plus
}

function lineOf(text: string, start: number, end: number): HibcLine {
  return { covered: text.slice(start, end - 1), check: text.charAt(end - 1), checkAt: end }
}
