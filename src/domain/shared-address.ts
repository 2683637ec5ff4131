import type { Address } from './address'

/** Bounded, like all that grows with the chain. */
const KNOWN_MAX = 20_000

const known = new Map<Address, Address>()

/**
 * The same address, in the text that was used for it lately: rows that share one text take less
 * memory than rows that bring a copy each, and are found faster.
 */
export function sharedAddress(address: Address): Address {
  const before = known.get(address)
  if (before !== undefined) return before
  if (known.size >= KNOWN_MAX) known.clear()
  known.set(address, address)
  return address
}
