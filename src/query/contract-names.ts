import { type Address, toAddress } from '../domain/address'

const NAME_AND_ADDRESS = /([a-z][a-z0-9]{0,31})=(0x[0-9a-f]{40})(?![0-9a-f])/gi

/**
 * Names of the contracts that the indexer follows, by address. The indexer writes them beside its
 * state, so that the API cannot be configured with others than those the record was made from.
 *
 * @param stored `name=0xaddress` for each; null until the indexer has run
 */
export function contractNames(stored: string | null): ReadonlyMap<Address, string> {
  const names = new Map<Address, string>()
  for (const [, name, text] of (stored ?? '').matchAll(NAME_AND_ADDRESS)) {
    const address = text === undefined ? undefined : toAddress(text)
    if (name !== undefined && address !== undefined) names.set(address, name)
  }
  return names
}
