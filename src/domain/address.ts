declare const address: unique symbol

/** A 20-byte address, 0x-prefixed and lower case: the one spelling that is stored and compared. */
export type Address = string & { readonly [address]: true }

const ADDRESS = /^0x[0-9a-f]{40}$/
const ZERO = `0x${'0'.repeat(40)}`

/** Whether a text is an address in the spelling that is stored. */
export function isAddress(text: string): text is Address {
  return ADDRESS.test(text)
}

/**
 * The stored spelling of an address in any letter case, or undefined where the text is no address.
 */
export function toAddress(text: string): Address | undefined {
  const lower = text.toLowerCase()
  return isAddress(lower) ? lower : undefined
}

/**
 * An address that can hold something: the zero address is no owner (ERC-721 writes mint and burn
 * with it).
 */
export function toHolder(text: string): Address | undefined {
  const found = toAddress(text)
  return found === ZERO ? undefined : found
}
