/** The characters of lots and serials, in the order of GS1 General Specifications, 7.11. */
export const CHARACTER_SET_82 =
  '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'

/** The first character that no GS1 text may hold, and its place counted from 0. */
export function strayCharacter(text: string): { character: string; index: number } | undefined {
  let index = 0
  for (const character of text) {
    if (!CHARACTER_SET_82.includes(character)) return { character, index }
    index += character.length
  }
  return undefined
}
