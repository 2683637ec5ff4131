import { encodeLog } from '../../../test/support/encode-log'
import { CONTRACT, LOGS_OF_BLOCK } from '../../ledger/raw-batches'
import type { EventOfContract } from '../../ledger/supply-chain'
import { Transactions } from '../../ledger/transactions'
import { shareOf } from './foreign'
import type { LogContent, LogPlace } from './log-text'
import type { ChainNames } from './names'
import { type ChainShape, lastEventHeight } from './shape'

/** A log of ours. */
export interface OwnLog extends LogPlace, LogContent {
  readonly transactionHash: string
}

/** A block with logs of ours; those of others between them are not in here. */
export interface EventBlock {
  readonly height: number
  readonly hash: string
  readonly logs: readonly OwnLog[]
  /** Of ours. */
  readonly transactions: number
}

type Transaction = readonly EventOfContract[]

/** Of a transaction, where blocks are not full anyway. */
const LOGS_OF_TRANSACTION_MAX = 10

/** The blocks that have logs of ours, in order, each made when it is asked for. */
export function* eventBlocks(shape: ChainShape, names: ChainNames): Generator<EventBlock> {
  const source = new Transactions(shape.events, shape.seed)
  const last = lastEventHeight(shape)
  for (let height = 1; height <= last; height++) {
    const transactions: Transaction[] =
      shape.blocks === 'full'
        ? fullBlock(source)
        : untilDue(source, shape.events - Math.ceil((height * shape.events) / last))
    if (transactions.length > 0) yield placed(shape, names, height, transactions)
  }
}

function fullBlock(source: Transactions): Transaction[] {
  const transactions: Transaction[] = []
  for (let room = Math.min(LOGS_OF_BLOCK, source.left); room > 0; ) {
    const next = source.next(room)
    transactions.push(next)
    room -= next.length
  }
  return transactions
}

/** Until no more logs are left than ought to be left after the block. */
function untilDue(source: Transactions, left: number): Transaction[] {
  const transactions: Transaction[] = []
  while (source.left > left) transactions.push(source.next(LOGS_OF_TRANSACTION_MAX))
  return transactions
}

/** Spreads transactions of ours among the foreign logs, each of which is a transaction itself. */
function placed(
  { foreignLogsPerBlock }: ChainShape,
  names: ChainNames,
  height: number,
  transactions: readonly Transaction[],
): EventBlock {
  const hash = names.block(height)
  const share = shareOf(height)
  const logs: OwnLog[] = []
  for (const [n, events] of transactions.entries()) {
    const foreignBefore = Math.floor(
      ((n + share) * (foreignLogsPerBlock + 1)) / transactions.length,
    )
    const transactionIndex = foreignBefore + n
    const transactionHash = names.transaction(hash, transactionIndex)
    for (const { event, args } of events) {
      const logIndex = foreignBefore + logs.length
      const place = { logIndex, transactionIndex, transactionHash, address: CONTRACT }
      logs.push({ ...place, ...encodeLog(event, args) })
    }
  }
  return { height, hash, logs, transactions: transactions.length }
}
