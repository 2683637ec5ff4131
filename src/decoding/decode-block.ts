import { storableTime } from '../domain/block-time'
import type { ChainEvent, Rejected } from '../domain/chain-event'
import { APPROVAL_LOGS } from './approval-logs'
import { CUSTODY_LOGS } from './custody-logs'
import type { LogContext, LogReader } from './log-reader'
import { RangeAllowance } from './range-allowance'
import type { RawBlock, RawLog } from './raw-log'
import { RECALL_LOGS } from './recall-logs'
import { TRADE_LOGS } from './trade-logs'
import { UNIT_LOGS } from './unit-logs'

const READERS: ReadonlyMap<string, LogReader> = new Map(
  [...CUSTODY_LOGS, ...APPROVAL_LOGS, ...UNIT_LOGS, ...TRADE_LOGS, ...RECALL_LOGS].map((reader) => [
    reader.topic,
    reader,
  ]),
)

/** topic0 of every event that is indexed. */
export const TOPICS: readonly string[] = [...READERS.keys()]

/**
 * The events of one block in log order. A log of a contract that is not ours, or of a topic that we
 * do not follow, is passed over: the source may hand over more than was asked for. A log of ours
 * that cannot be read is never passed over; it comes back as rejected. So does a block time that
 * cannot be shown, before the first event.
 *
 * @param contracts name of each followed contract by its address, lower case
 */
export function decodeBlock(block: RawBlock, contracts: ReadonlyMap<string, string>): ChainEvent[] {
  const logs = [...block.logs].sort((a, b) => a.logIndex - b.logIndex)
  const allowance = new RangeAllowance()
  const timestamp = storableTime(block.timestamp)
  const events: ChainEvent[] = []
  for (const log of logs) {
    const contract = contracts.get(log.address)
    const reader = READERS.get(log.topics[0] ?? '')
    if (contract === undefined || reader === undefined) continue
    const { logIndex, transactionHash: txHash } = log
    const at = { height: block.height, timestamp, logIndex, txHash }
    // Not spread into `push`: one log may become more events than a call takes arguments.
    for (const event of readLog(reader, log, { at, contract }, allowance)) events.push(event)
  }
  return [...timeFlaw(block, events[0]), ...events]
}

function timeFlaw({ timestamp }: RawBlock, first: ChainEvent | undefined): Rejected[] {
  if (first === undefined || storableTime(timestamp) === timestamp) return []
  const { at, contract } = first
  const message =
    `The block is of second ${timestamp / 1000}, after the year 9999; ` +
    'its time is kept as the last second of that year.'
  return [{ at, contract, type: 'REJECTED', code: 'TIME_OUT_OF_RANGE', message }]
}

function readLog(
  reader: LogReader,
  log: RawLog,
  context: LogContext,
  allowance: RangeAllowance,
): ChainEvent[] {
  try {
    return reader.read(log, context, allowance)
  } catch (error) {
    const why = error instanceof Error ? reasonOf(error) : String(error)
    const message = `The log has the topic of ${reader.signature} but not its form: ${why}.`
    return [{ ...context, type: 'REJECTED', code: 'UNREADABLE_LOG', message }]
  }
}

/** The generated decoder puts all data of the log before its reason. */
function reasonOf({ message }: Error): string {
  return (message.split('\n\n').at(-1) ?? message).slice(0, 300)
}
