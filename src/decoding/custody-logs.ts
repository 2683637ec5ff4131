import { events } from '../abi/DeviceNFT'
import { events as erc2309 } from '../abi/ERC2309'
import type { Moved } from '../domain/chain-event'
import { partyOrNobody } from './addresses'
import { type LogContext, type LogReader, logReader } from './log-reader'

/** Ownership comes from these two events alone. */
export const CUSTODY_LOGS: readonly LogReader[] = [
  logReader(events.Transfer, ({ from, to, tokenId }, context) => [
    moved(context, tokenId, from, to),
  ]),
  logReader(erc2309.ConsecutiveTransfer, (range, context, _, allowance) => {
    const { fromTokenId: first, toTokenId: last, fromAddress, toAddress } = range
    if (last < first) throw new RangeError(`the range of tokens ends at ${last}, before ${first}`)
    const excess = allowance.take(last - first + 1n)
    if (excess !== undefined) {
      const message =
        `ConsecutiveTransfer moves ${last - first + 1n} tokens, ${first} to ${last}; ` +
        `${excess}, so none of them is recorded.`
      return [{ ...context, type: 'REJECTED', code: 'RANGE_TOO_LARGE', message }]
    }
    const moves: Moved[] = []
    for (let tokenId = first; tokenId <= last; tokenId++) {
      moves.push(moved(context, tokenId, fromAddress, toAddress))
    }
    return moves
  }),
]

function moved(context: LogContext, tokenId: bigint, fromText: string, toText: string): Moved {
  const from = partyOrNobody('from', fromText)
  const to = partyOrNobody('to', toText)
  const { at, contract } = context
  if (from && to) return { at, contract, type: 'MOVED', tokenId, from, to }
  if (from) return { at, contract, type: 'MOVED', tokenId, from }
  if (to) return { at, contract, type: 'MOVED', tokenId, to }
  throw new RangeError('the token moves from nobody to nobody')
}
