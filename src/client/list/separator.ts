/** What separates the cells of a line. */
export const SEPARATORS = [',', ';', '\t'] as const

/** So much of the input is looked at. */
const LOOK_AHEAD = 64 * 1024

/**
 * The separator of a list, from its first line: the one that occurs most often outside quotes.
 *
 * @returns null where none occurs: each line is one cell, whatever later lines hold
 */
export function separatorOf(beginning: string): string | null {
  const counts = new Map<string, number>()
  let isQuoted = false
  for (const character of beginning) {
    if (character === '"') isQuoted = !isQuoted
    if (isQuoted) continue
    if (character === '\n' || character === '\r') break
    counts.set(character, (counts.get(character) ?? 0) + 1)
  }
  const found = SEPARATORS.filter((separator) => counts.has(separator))
  const ranked = found.sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))
  return ranked[0] ?? null
}

/** The beginning of a text, enough to hold its first line, and the whole text again. */
export async function lookAhead(
  text: AsyncIterable<string>,
): Promise<{ beginning: string; whole: AsyncGenerator<string> }> {
  const iterator = text[Symbol.asyncIterator]()
  let beginning = ''
  let isDone = false
  while (!isDone && beginning.length < LOOK_AHEAD && !/[\r\n]/.test(beginning)) {
    const next = await iterator.next()
    isDone = next.done === true
    if (next.done !== true) beginning += next.value
  }
  return { beginning, whole: rejoined(beginning, iterator) }
}

async function* rejoined(beginning: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield beginning
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}
