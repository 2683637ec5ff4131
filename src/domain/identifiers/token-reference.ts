import { toAddress } from '../address'
import { CONTRACT_NAME, deviceId } from '../ids'
import type { IdentifierReader, Reading, ReadingContext } from './identifier'
import { serialOrLotKeys } from './lookup-keys'
import { fault, type ProblemCode } from './problem'
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
      ...serialOrLotKeys(text),
    ],
  }
}

/** A token of the contract at an address, wherever that was written. */
export function ofAddress(contract: string, token: string, { contracts }: ReadingContext): Reading {
  const address = toAddress(contract)
  if (address === undefined) {
    const message = `"${contract}" is no address: expected 0x and 40 hexadecimal digits`
    return unreadable('INVALID_CHARACTER', 1, message)
  }
  if (!isTokenId(token)) {
    const message = `"${token}" is no token id: expected a number from 0 to 2^256-1`
    return unreadable('INVALID_CHARACTER', contract.length + 2, message)
  }
  const name = contracts.get(address)
  if (name === undefined) {
    const known = [...contracts.values()].join(', ') || 'none'
    const message = `contract ${address} is not followed; names of those that are: ${known}`
    return unreadable('CONTRACT_NOT_FOLLOWED', 1, message)
  }
  return {
    syntax: 'TOKEN_REFERENCE',
    problems: [],
    keys: [{ by: 'DEVICE_ID', deviceId: deviceId(name, BigInt(token)) }],
  }
}

function unreadable(code: ProblemCode, at: number, message: string): Reading {
  return { syntax: 'TOKEN_REFERENCE', problems: [fault(code, at, message)], keys: [] }
}
