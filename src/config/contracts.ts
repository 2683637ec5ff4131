import { type Address, toAddress } from '../domain/address'
import { CONTRACT_NAME } from '../domain/ids'

/** A device-NFT contract to follow. */
export interface FollowedContract {
  /** First part of every id of its devices. */
  name: string
  address: Address
  /** Block of its deployment; nothing before it is read. */
  startBlock: number
}

const ENTRY = /^([^=]+)=(0x[0-9a-fA-F]{40})@(\d{1,9})$/

/**
 * Reads `name=0xaddress@startBlock`, comma separated.
 *
 * @returns the contracts, or what is wrong with the first entry that cannot be read
 */
export function parseContracts(text: string): FollowedContract[] | string {
  const contracts: FollowedContract[] = []
  for (const entry of text.split(',').map((part) => part.trim())) {
    const [, name, addressText, startBlock] = ENTRY.exec(entry) ?? []
    const address = toAddress(addressText ?? '')
    if (!name || !address) return `"${entry}" is not name=0xaddress@startBlock`
    if (!CONTRACT_NAME.test(name)) {
      return `the name "${name}" is not 1 to 32 lower-case letters and digits, a letter first`
    }
    if (contracts.some((other) => other.name === name || other.address === address)) {
      return `"${entry}" repeats a name or an address`
    }
    contracts.push({ name, address, startBlock: Number(startBlock) })
  }
  return contracts
}

/** One spelling for one set of contracts: sorted by name. */
export function formatContracts(contracts: readonly FollowedContract[]): string {
  return contracts
    .map(({ name, address, startBlock }) => `${name}=${address}@${startBlock}`)
    .sort()
    .join(',')
}
