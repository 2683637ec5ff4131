import { toAddress } from '../address'
import { textKey } from '../identity-key'
import { CONTRACT_NAME, deviceId } from '../ids'
import type { IdentifierReader, Reading, ReadingContext } from './identifier'
import { isTokenId } from './token-id'

/** A token of a contract, `contract/tokenId`; the contract is a configured name or an address. */
export const readTokenReference: IdentifierReader = (text, context) => {
  const [contract, token, ...more] = text.split('/').map((part) => part.trim())
  if (contract === undefined || token === undefined || more.length > 0) return undefined
  if (/^0x/i.test(contract)) return ofAddress(contract, token, context)
  if (!CONTRACT_NAME.test(contract) || !isTokenId(token)) return undefined
  return {
    syntax: 'TOKEN_REFERENCE',
    problems: [],
    keys: [
      { by: 'DEVICE_ID', deviceId: deviceId(contract, BigInt(token)) },
      { by: 'SERIAL', serialKey: textKey(text) },
    ],
  }
}

function ofAddress(contract: string, token: string, { contracts }: ReadingContext): Reading {
  const address = toAddress(contract)
  if (address === undefined) {
    return unreadable(`"${contract}" at 1 is no address: expected 0x and 40 hexadecimal digits`)
  }
  if (!isTokenId(token)) {
    const at = contract.length + 2
    return unreadable(`"${token}" at ${at} is no token id: expected a number from 0 to 2^256-1`)
  }
  const name = contracts.get(address)
  if (name === undefined) {
    const known = [...contracts.values()].join(', ') || 'none'
    return unreadable(`contract ${address} at 1 is not followed; names of those that are: ${known}`)
  }
  return {
    syntax: 'TOKEN_REFERENCE',
    problems: [],
    keys: [{ by: 'DEVICE_ID', deviceId: deviceId(name, BigInt(token)) }],
  }
}

function unreadable(problem: string): Reading {
  return { syntax: 'TOKEN_REFERENCE', problems: [problem], keys: [] }
}
