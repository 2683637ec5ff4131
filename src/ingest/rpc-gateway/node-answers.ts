import { DeviceTrailError } from '../../domain/errors'

/** A log as a node gives it. */
export interface NodeLog {
  address: string
  topics: string[]
  data: string
  blockNumber: string
  blockHash: string
  transactionHash: string
  transactionIndex: string
  logIndex: string
  removed?: boolean
}

/** A header as a node gives it; fields beside these are text too. */
export interface NodeHeader {
  number: string
  hash: string
  parentHash: string
  timestamp: string
  [field: string]: unknown
}

const LOG_FIELDS = [
  'address',
  'data',
  'blockNumber',
  'blockHash',
  'transactionHash',
  'transactionIndex',
  'logIndex',
] as const

/** @throws DeviceTrailError NODE_INCONSISTENT */
export function readLogs(answer: unknown): NodeLog[] {
  if (!Array.isArray(answer)) throw inconsistent(`eth_getLogs answered ${shown(answer)}`)
  for (const log of answer) {
    const whole =
      isObject(log) && LOG_FIELDS.every((field) => typeof log[field] === 'string') && hasTopics(log)
    if (!whole) throw inconsistent(`eth_getLogs answered with a log ${shown(log)}`)
  }
  return answer
}

/** @throws DeviceTrailError NODE_INCONSISTENT a block that must exist is missing, or another */
export function readHeader(answer: unknown, height: number): NodeHeader {
  const whole =
    isObject(answer) &&
    ['number', 'hash', 'parentHash', 'timestamp'].every((name) => typeof answer[name] === 'string')
  if (!whole) throw inconsistent(`block ${height} was answered as ${shown(answer)}`)
  const header = answer as NodeHeader
  if (Number(header.number) !== height) {
    throw inconsistent(`block ${height} was answered with block ${Number(header.number)}`)
  }
  return header
}

/** The node contradicts itself: another try, or another node, may not. */
export function inconsistent(what: string): DeviceTrailError {
  return new DeviceTrailError({
    code: 'NODE_INCONSISTENT',
    remedy: 'retry',
    what: `The node contradicts itself: ${what}.`,
    todo: 'It is asked again. If that goes on, use another node.',
  })
}

function hasTopics({ topics }: Record<string, unknown>): boolean {
  return Array.isArray(topics) && topics.every((topic) => typeof topic === 'string')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 200)
}
