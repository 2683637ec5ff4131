import type { IdentifierReader } from './identifier'
import { fault } from './problem'
import { ofAddress } from './token-reference'

const ASSET = /^eip155:(\d{1,32})\/erc721:(0x[0-9a-z]*)\/([^/]*)$/i

/** An ERC-721 token on any chain (CAIP-19 with CAIP-22): `eip155:1/erc721:0x06…d/771769`. */
export const readCaip19: IdentifierReader = (text, context) => {
  const [, chain, contract, token] = ASSET.exec(text) ?? []
  if (chain === undefined || contract === undefined || token === undefined) return undefined
  if (context.chainId !== undefined && BigInt(chain) !== BigInt(context.chainId)) {
    const message = `chain ${chain} is not followed, but chain ${context.chainId}`
    const problem = fault('CONTRACT_NOT_FOLLOWED', 'eip155:'.length + 1, message)
    return { syntax: 'CAIP_19', problems: [problem], keys: [] }
  }
  const start = text.length - token.length - 1 - contract.length
  const reading = ofAddress(contract, token, context)
  const problems = reading.problems.map((one) => ({ ...one, at: (one.at ?? 1) + start }))
  return { ...reading, syntax: 'CAIP_19', problems }
}
