import type { ChainEvent } from '../domain/chain-event'
import { APPROVAL_LOGS } from './approval-logs'
import { CUSTODY_LOGS } from './custody-logs'
import type { LogContext, LogReader } from './log-reader'
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
 * that cannot be read is never passed over; it comes back as rejected.
 *
 * @param contracts name of each followed contract by its address, lower case
 */
export function decodeBlock(block: RawBlock, contracts: ReadonlyMap<string, string>): ChainEvent[] {
  const logs = [...block.logs].sort((a, b) => a.logIndex - b.logIndex)
  return logs.flatMap((log) => {
    const contract = contracts.get(log.address)
    const reader = READERS.get(log.topics[0] ?? '')
    if (contract === undefined || reader === undefined) return []
    const { logIndex, transactionHash: txHash } = log
    const at = { height: block.height, timestamp: block.timestamp, logIndex, txHash }
    return readLog(reader, log, { at, contract })
  })
}

function readLog(reader: LogReader, log: RawLog, context: LogContext): ChainEvent[] {
  try {
    return reader.read(log, context)
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 300) : String(error)
    const message = `The log has the topic of ${reader.signature} but not its form: ${why}.`
    return [{ ...context, type: 'REJECTED', code: 'UNREADABLE_LOG', message }]
  }
}
