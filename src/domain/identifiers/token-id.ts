/** The largest ERC-721 token id, 2^256-1, has 78 digits. */
const MAX_DIGITS = 78
const MAX = 2n ** 256n - 1n

/** Whether a text is the decimal number of an ERC-721 token; leading zeros are allowed. */
export function isTokenId(text: string): boolean {
  return /^\d+$/.test(text) && text.length <= MAX_DIGITS && BigInt(text) <= MAX
}
