/** Characters that people and readers of print put for one another. */
const LOOK_ALIKES: Readonly<Record<string, string>> = { O: '0', 0: 'O', I: '1', 1: 'I' }
const LOOK_ALIKES_MAX = 6
const ZEROS_MAX = 4

const ALPHABET = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/. ']
const EDITED_MAX = 24

/**
 * Keys that look like a key: letters O and I for digits 0 and 1 or the reverse, and numbers with
 * other leading zeros (spreadsheets drop them). Likeliest first; the key itself is not among them.
 */
export function lookAlikes(key: string): string[] {
  const places = [...key.matchAll(/[O0I1]/g)].map(({ index }) => index).slice(-LOOK_ALIKES_MAX)
  let swapped = [key]
  for (const place of places) swapped = swapped.flatMap((one) => [one, swapAt(one, place)])
  return without(key, [...swapped.slice(1), ...otherZeros(key)])
}

function swapAt(key: string, place: number): string {
  const character = key[place] ?? ''
  return key.slice(0, place) + (LOOK_ALIKES[character] ?? character) + key.slice(place + 1)
}

/** The first and the last number in the key, with other leading zeros. */
function otherZeros(key: string): string[] {
  const numbers = [...key.matchAll(/[0-9]+/g)]
  return [numbers.at(0), numbers.at(-1)].flatMap((found) => {
    if (found === undefined) return []
    const number = found[0].replace(/^0+(?=.)/, '')
    const end = key.slice(found.index + found[0].length)
    return Array.from(
      { length: ZEROS_MAX + 1 },
      (_, zeros) => key.slice(0, found.index) + '0'.repeat(zeros) + number + end,
    )
  })
}

/**
 * Keys that are one edit away: two neighbours in the other order, a character less, a character
 * more, another character. Likeliest first. None for a key longer than `EDITED_MAX`.
 */
export function oneEditAway(key: string): string[] {
  const characters = [...key]
  if (characters.length > EDITED_MAX) return []
  const edited = (at: number, drop: number, put: string) =>
    [...characters.slice(0, at), put, ...characters.slice(at + drop)].join('')
  const places = [...characters.keys()]
  return without(key, [
    ...places.map((at) => edited(at, 2, (characters[at + 1] ?? '') + (characters[at] ?? ''))),
    ...places.map((at) => edited(at, 1, '')),
    ...[...places, characters.length].flatMap((at) => ALPHABET.map((put) => edited(at, 0, put))),
    ...places.flatMap((at) => ALPHABET.map((put) => edited(at, 1, put))),
  ])
}

function without(key: string, keys: readonly string[]): string[] {
  return [...new Set(keys)].filter((one) => one !== key && one.trim() === one && one !== '')
}
