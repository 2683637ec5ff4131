import { type Address, toAddress, toHolder } from '../domain/address'
import { sharedAddress } from '../domain/shared-address'

/**
 * An address out of a log. A topic has 32 bytes and the generated decoder keeps them all, so a
 * value that is no address (an old NFT with other indexed arguments under Transfer's topic) is
 * longer and is refused here.
 */
export function party(field: string, text: string): Address {
  const address = toAddress(text)
  if (address === undefined) throw new RangeError(`${field} is ${text}, which is no address`)
  return sharedAddress(address)
}

/** The same where the zero address stands for nobody: the far side of a mint or a burn. */
export function partyOrNobody(field: string, text: string): Address | undefined {
  return toHolder(party(field, text))
}
