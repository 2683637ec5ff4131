import { bloomOf } from '../../../src/ingest/node-guard/bloom'
import { encodeLog } from '../../../test/support/encode-log'
import { Random } from '../../random'
import type { LogContent } from './log-text'

const TEMPLATES = 48
const SEED = 0x5eed
/** `Swap(address,uint256,uint256,uint256,uint256,address)` of Uniswap V2 and its many copies. */
const SWAP = '0xd78ad95fa46c994b6551d0da85fc275fe613ce37657fb8d5e3d130840159d822'
const ZERO = `0x${'0'.repeat(40)}`
const [TRANSFER = ''] = encodeLog('Transfer', { from: ZERO, to: ZERO, tokenId: 0n }).topics

/**
 * What goes on on the chain beside us. Half are ERC-20 transfers; the others are swaps, and
 * ERC-721 moves of other contracts, which look like ours but for the address.
 */
export const FOREIGN_LOGS: readonly LogContent[] = makeTemplates(new Random(SEED))

/** The bloom filter of each, as bytes. */
export const FOREIGN_BLOOMS: readonly Buffer[] = FOREIGN_LOGS.map((log) =>
  Buffer.from(bloomOf([log]).slice(2), 'hex'),
)

/** Which of `FOREIGN_LOGS` is the n-th foreign log of a block. */
export function foreignAt(height: number, n: number): number {
  return mixed(Math.imul(height, 0x9e3779b1) + n) % TEMPLATES
}

/** From 0 to 1, without 1, drawn by the height. */
export function shareOf(height: number): number {
  return mixed(~height) / 2 ** 32
}

function mixed(value: number): number {
  let bits = Math.imul(value ^ 0x9e3779b9, 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}

function makeTemplates(random: Random): LogContent[] {
  const word = () => random.hex(32)
  const party = () => `0x${'0'.repeat(24)}${random.hex(20).slice(2)}`
  const contracts = Array.from({ length: 12 }, () => random.hex(20))
  const kinds = [
    () => ({ topics: [TRANSFER, party(), party()], data: word() }),
    () => ({ topics: [SWAP, party(), party()], data: `0x${random.hex(128).slice(2)}` }),
    () => ({ topics: [TRANSFER, party(), party()], data: word() }),
    () => ({ topics: [TRANSFER, party(), party(), word()], data: '0x' }),
  ]
  return Array.from({ length: TEMPLATES }, (_, n) => {
    const make = kinds[n % kinds.length]
    const address = contracts[n % contracts.length]
    if (make === undefined || address === undefined) throw new RangeError(`no template ${n}`)
    return { address, ...make() }
  })
}
