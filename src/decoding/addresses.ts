import { type Address, toAddress, toHolder } from '../domain/address'

/**
 * Addresses that were named lately, bounded like all that grows with the chain. Rows that share one
 * text take less memory than rows that bring a copy each, and are found faster.
 */
const known = new Map<string, Address>()
const KNOWN_MAX = 20_000

/**
 * An address out of a log. A topic has 32 bytes and the generated decoder keeps them all, so a
 * value that is no address (an old NFT with other indexed arguments under Transfer's topic) is
 * longer and is refused here.
 */
export function party(field: string, text: string): Address {
  const before = known.get(text)
  if (before !== undefined) return before
  const address = toAddress(text)
  if (address === undefined) throw new RangeError(`${field} is ${text}, which is no address`)
  if (known.size >= KNOWN_MAX) known.clear()
  known.set(address, address)
  return address
}

/** The same where the zero address stands for nobody: the far side of a mint or a burn. */
export function partyOrNobody(field: string, text: string): Address | undefined {
  return toHolder(party(field, text))
}
