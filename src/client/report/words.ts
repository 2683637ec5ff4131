/** `unitsEverReceived` as words: `units ever received`. */
export function words(camelCase: string): string {
  return camelCase.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
