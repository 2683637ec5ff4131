import { bloomAllows, bloomOf } from './bloom'
import { type Header, isHash, isQuantity } from './chain-block'
import { EndpointFault } from './faults'

const ADDRESS = /^0x[0-9a-fA-F]{40}$/
const TOPIC = /^0x[0-9a-fA-F]{64}$/
// Digits one by one: a group that repeats exhausts the stack on a log of some megabytes.
const DATA = /^0x[0-9a-fA-F]*$/

/** A log and where it is. */
export interface PlacedLog {
  block: number
  blockHash: string
  index: number
  address: string
  topics: string[]
  /** The log as it is passed on. */
  passed: object
}

export interface LogsQuestion {
  /** Headers that were handed out, one for each block of the range, in order. */
  headers: readonly Header[]
  /** Whether only some logs were asked for. */
  filtered: boolean
  /** Whether the chain fills in the blooms of its headers. */
  blooms: boolean
}

/**
 * Logs of an answer in chain order, addresses and topics in lower case, as the processor compares
 * them.
 *
 * Without a filter the answer must be whole: in each block the indexes run from 0 without a gap and
 * the bloom made from the logs is the header's. With a filter nothing can prove that a log is
 * missing; what the bloom rules out is still foreign.
 *
 * @throws EndpointFault malformed, logs_foreign, logs_incomplete
 */
export function checkLogs(answer: unknown, question: LogsQuestion): object[] {
  if (!Array.isArray(answer)) throw new EndpointFault('malformed', 'the answer is no list of logs')
  const logs = answer.map(readLog).sort((a, b) => a.block - b.block || a.index - b.index)
  const byBlock = new Map<number, PlacedLog[]>(question.headers.map(({ number }) => [number, []]))
  for (const log of logs) {
    const ofBlock = byBlock.get(log.block)
    if (ofBlock === undefined) foreign(log.block, 'it was not asked for')
    if (ofBlock.at(-1)?.index === log.index) foreign(log.block, `log ${log.index} comes twice`)
    ofBlock.push(log)
  }
  for (const header of question.headers) {
    checkBlock(header, byBlock.get(header.number) ?? [], question)
  }
  return logs.map(({ passed }) => passed)
}

/**
 * A receipt as it is passed on. Its logs must make its own bloom; whether its block has other
 * receipts it cannot tell.
 *
 * @param header of its block, as far as it was handed out
 * @throws EndpointFault malformed, logs_foreign, logs_incomplete
 */
export function checkReceipt(
  answer: object,
  hash: string,
  header: Header | undefined,
  blooms: boolean,
): object {
  const receipt = Object(answer)
  if (!Array.isArray(receipt.logs)) throw new EndpointFault('malformed', 'a receipt without logs')
  const logs: PlacedLog[] = receipt.logs.map(readLog)
  const block = Number(receipt.blockNumber)
  if (receipt.transactionHash !== hash) foreign(block, `its receipt is not that of ${hash}`)
  const blockHash = header?.hash ?? receipt.blockHash
  if (logs.some((log) => log.blockHash !== blockHash)) foreign(block, `it is not of ${blockHash}`)
  if (blooms && bloomOf(logs) !== receipt.logsBloom) {
    throw new EndpointFault('logs_incomplete', `the logs of receipt ${hash} do not make its bloom`)
  }
  return { ...receipt, logs: logs.map(({ passed }) => passed) }
}

function checkBlock(header: Header, logs: readonly PlacedLog[], question: LogsQuestion): void {
  for (const { blockHash, block } of logs) {
    if (blockHash !== header.hash)
      foreign(block, `of ${blockHash}, but that block is ${header.hash}`)
  }
  if (question.filtered) {
    const ruledOut = question.blooms && logs.find((log) => !bloomAllows(header.logsBloom, log))
    if (ruledOut) foreign(ruledOut.block, `the bloom rules out log ${ruledOut.index}`)
    return
  }
  const gap = logs.findIndex(({ index }, position) => index !== position)
  if (gap >= 0) incomplete(header, `log ${gap} is missing`)
  if (question.blooms && bloomOf(logs) !== header.logsBloom) {
    incomplete(
      header,
      `its ${logs.length} logs do not make the bloom of its header ` +
        '(a chain that leaves blooms empty or incomplete needs LOGS_BLOOM=off)',
    )
  }
}

/** @throws EndpointFault malformed, logs_foreign */
export function readLog(value: unknown): PlacedLog {
  const { blockNumber, blockHash, logIndex, address, topics, data, removed } = Object(value)
  const isLog =
    isQuantity(blockNumber) &&
    isHash(blockHash) &&
    isQuantity(logIndex) &&
    ADDRESS.test(address) &&
    typeof data === 'string' &&
    data.length % 2 === 0 &&
    DATA.test(data) &&
    isTopics(topics)
  if (!isLog) throw new EndpointFault('malformed', 'the answer has a log that is none')
  const block = Number(blockNumber)
  if (removed === true) foreign(block, 'it is marked as removed')
  const lower = { address: address.toLowerCase(), topics: topics.map((t) => t.toLowerCase()) }
  const passed = { ...Object(value), ...lower }
  return { block, blockHash, index: Number(logIndex), ...lower, passed }
}

function isTopics(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= 4 && value.every((topic) => TOPIC.test(topic))
}

/** @throws EndpointFault logs_foreign */
export function foreign(block: number, why: string): never {
  throw new EndpointFault('logs_foreign', `a log of block ${block} does not belong: ${why}`)
}

function incomplete(header: Header, why: string): never {
  throw new EndpointFault(
    'logs_incomplete',
    `the logs of block ${header.number} (${header.hash}) are not right: ${why}`,
  )
}
