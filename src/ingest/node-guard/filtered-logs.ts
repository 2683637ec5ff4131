import type { LogFilter } from '../rpc-gateway/archive-request'
import type { NodeLog } from '../rpc-gateway/final-blocks'
import type { BlockRange } from '../rpc-gateway/read-ahead'
import { bloomAllows } from './bloom'
import { type Header, isHash, isQuantity, quantity } from './chain-block'
import { EndpointFault } from './faults'
import { foreign, type PlacedLog, readLog } from './logs-check'
import type { Call } from './transport'

/** A log of old blocks, with what the gateway needs of it. */
export interface HistoryLog extends PlacedLog {
  log: NodeLog
}

/** Whether a log is asked for by at least one of the filters. */
export type Matches = (log: { address: string; topics: readonly string[] }) => boolean

export function matcherOf(filters: readonly LogFilter[]): Matches {
  const sets = filters.map(({ address, topics }) => ({
    address: address && new Set(address),
    topics: topics.map((topic) => topic && new Set(topic)),
  }))
  return (log) =>
    sets.some(
      ({ address, topics }) =>
        (address === undefined || address.has(log.address)) &&
        topics.every((wanted, at) => wanted === null || wanted.has(log.topics[at] ?? '')),
    )
}

export function logsCall({ address, topics }: LogFilter, { from, to }: BlockRange): Call {
  const range = { fromBlock: quantity(from), toBlock: quantity(to) }
  return { method: 'eth_getLogs', params: [{ ...range, ...(address && { address }), topics }] }
}

/**
 * The logs of some filters over one range, in chain order; a log that two filters found comes once.
 * Nothing here shows whether one is missing, nor whether it is of the right block.
 *
 * @param answers one for each filter
 * @throws EndpointFault malformed, logs_foreign
 */
export function readFilteredLogs(
  answers: readonly unknown[],
  filters: readonly LogFilter[],
  { from, to }: BlockRange,
): HistoryLog[] {
  const answered = answers.map((answer, i) => {
    const filter = filters[i]
    const matches = matcherOf(filter === undefined ? [] : [filter])
    const logs = readLogs(answer)
    logs.forEach((log, at) => {
      const { block, index } = log
      if (block < from || block > to) foreign(block, 'it was not asked for')
      if (!matches(log)) foreign(block, `log ${index} does not match the filter`)
      if (isSamePlace(log, logs[at - 1])) foreign(block, `log ${index} comes twice`)
    })
    return logs
  })
  const [only = [], ...others] = answered
  if (others.length === 0) return only
  const merged = answered.flat().sort(byPlace)
  return merged.filter((log, at) => {
    const before = merged[at - 1]
    if (!isSamePlace(log, before)) return true
    if (!isSame(log, before)) foreign(log.block, `two logs have index ${log.index}`)
    return false
  })
}

/** @throws EndpointFault malformed, logs_foreign */
export function readLogs(answer: unknown): HistoryLog[] {
  if (!Array.isArray(answer)) throw new EndpointFault('malformed', 'the answer is no list of logs')
  return answer.map(readHistoryLog).sort(byPlace)
}

/**
 * Each log must be of the block that was handed out, and the bloom of that block must allow it.
 *
 * @throws EndpointFault logs_foreign
 */
export function checkPlaces(
  logs: readonly HistoryLog[],
  headers: ReadonlyMap<number, Header>,
  blooms: boolean,
): void {
  for (const log of logs) {
    const header = headers.get(log.block)
    if (header?.hash !== log.blockHash) {
      foreign(log.block, `of ${log.blockHash}, but that block is ${header?.hash}`)
    }
    if (blooms && !bloomAllows(header.logsBloom, log)) {
      foreign(log.block, `the bloom rules out log ${log.index}`)
    }
  }
}

/** Heights at which two answers to the same question are not the same. Both are in chain order. */
export function differingBlocks(one: readonly HistoryLog[], two: readonly HistoryLog[]): number[] {
  const heights = new Set<number>()
  for (let a = 0, b = 0; a < one.length || b < two.length; ) {
    const [left, right] = [one[a], two[b]]
    const order = left && right ? byPlace(left, right) : left ? -1 : 1
    if (order === 0 && isSame(left, right)) {
      a++
      b++
      continue
    }
    const height = Math.min(left?.block ?? Infinity, right?.block ?? Infinity)
    heights.add(height)
    while (one[a]?.block === height) a++
    while (two[b]?.block === height) b++
  }
  return [...heights]
}

/** Whether two lists have the same logs, in the same order. */
export function areSame(one: readonly HistoryLog[], two: readonly HistoryLog[]): boolean {
  return one.length === two.length && one.every((log, at) => isSame(log, two[at]))
}

function readHistoryLog(value: unknown): HistoryLog {
  const placed = readLog(value)
  const { transactionHash, transactionIndex, data, blockNumber, logIndex } = Object(value)
  if (!isHash(transactionHash) || !isQuantity(transactionIndex)) {
    throw new EndpointFault('malformed', 'the answer has a log of no transaction')
  }
  const { address, topics, blockHash, block, index } = placed
  const place = { blockNumber, blockHash, transactionHash, transactionIndex, logIndex }
  const log = { address, topics, data, ...place }
  return { block, blockHash, index, address, topics, passed: log, log }
}

function byPlace(a: PlacedLog, b: PlacedLog): number {
  return a.block - b.block || a.index - b.index
}

function isSamePlace(a: PlacedLog, b: PlacedLog | undefined): boolean {
  return a.block === b?.block && a.index === b.index
}

function isSame(a: HistoryLog | undefined, b: HistoryLog | undefined): boolean {
  return (
    a !== undefined &&
    b !== undefined &&
    isSamePlace(a, b) &&
    a.blockHash === b.blockHash &&
    a.address === b.address &&
    a.log.transactionHash === b.log.transactionHash &&
    a.log.data === b.log.data &&
    a.topics.length === b.topics.length &&
    a.topics.every((topic, at) => topic === b.topics[at])
  )
}
