import { callerError, type DeviceTrailError } from '../domain/errors'
import { type IndexedHead, indexedHead, nothingIndexed } from './indexed-head'
import type { Sql } from './sql'

/** A point on the chain: exactly one of the two. */
export interface AsOf {
  /** End of this block. */
  block?: number | null | undefined
  /** Last block whose timestamp is at or before this instant. */
  timestamp?: Date | null | undefined
}

/** The block that an answer is true for. */
export interface AnswerBlock {
  height: number
  hash: string
  timestamp: Date
  finalized: boolean
}

type RecordedBlock = Omit<AnswerBlock, 'finalized'>

/**
 * Finds the block that an answer is true for: without a point the head of the record, else the last
 * block at or before the point that carried a log of ours. Nothing was recorded between that block
 * and the point.
 *
 * @throws AS_OF_INVALID both or none of the two, or a value that is no height or instant
 * @throws AS_OF_NOT_INDEXED the point lies after the head: what happens until then is not known
 * @throws AS_OF_BEFORE_RECORD nothing is recorded at or before the point
 * @throws NOTHING_INDEXED no block was read yet
 */
export async function resolveAsOf(sql: Sql, asOf?: AsOf | null): Promise<AnswerBlock> {
  const head = await indexedHead(sql)
  if (head.height < 0) throw nothingIndexed()
  const block = asOf ? await blockAt(sql, asOf, head) : await blockOfHead(sql, head)
  return { ...block, finalized: block.height <= head.finalizedHeight }
}

async function blockOfHead(sql: Sql, head: IndexedHead): Promise<RecordedBlock> {
  const { height, hash, timestamp } = head
  if (timestamp !== null) return { height, hash, timestamp }
  const last = await blockAtHeight(sql, height)
  if (last === undefined) throw nothingIndexed()
  return last
}

async function blockAt(sql: Sql, asOf: AsOf, head: IndexedHead): Promise<RecordedBlock> {
  const { block, timestamp } = asOf
  if (typeof block === 'number' && !timestamp) {
    checkHeight(block, head)
    return (await blockAtHeight(sql, block)) ?? beforeRecord(`block ${block}`)
  }
  if (timestamp && typeof block !== 'number') {
    checkInstant(timestamp, head)
    return (await blockAtInstant(sql, timestamp)) ?? beforeRecord(timestamp.toISOString())
  }
  throw invalid(
    `asOf names ${timestamp ? 'both a block and a timestamp' : 'neither a block nor a timestamp'}.`,
    'Give exactly one of the two, or leave asOf out for the head of the record.',
  )
}

function checkHeight(block: number, head: IndexedHead): void {
  if (!Number.isInteger(block) || block < 0) {
    throw invalid(`asOf.block is ${block}.`, 'Expected a whole number of 0 or more.')
  }
  if (block > head.height) throw notIndexed(`block ${block}`, `block ${head.height}`)
}

function checkInstant(timestamp: Date, head: IndexedHead): void {
  if (Number.isNaN(timestamp.getTime())) {
    throw invalid(
      'asOf.timestamp is no instant.',
      'Expected ISO 8601 in UTC, such as 2026-01-31T12:00:00Z.',
    )
  }
  if (head.timestamp !== null && timestamp > head.timestamp) {
    throw notIndexed(timestamp.toISOString(), head.timestamp.toISOString())
  }
}

async function blockAtHeight(sql: Sql, height: number): Promise<RecordedBlock | undefined> {
  const [block] = await sql<RecordedBlock>(
    'SELECT height, hash, "timestamp" FROM block WHERE height <= $1 ORDER BY height DESC LIMIT 1',
    [height],
  )
  return block
}

async function blockAtInstant(sql: Sql, timestamp: Date): Promise<RecordedBlock | undefined> {
  const [block] = await sql<RecordedBlock>(
    `SELECT height, hash, "timestamp" FROM block WHERE "timestamp" <= $1
     ORDER BY "timestamp" DESC, height DESC LIMIT 1`,
    [timestamp],
  )
  return block
}

function invalid(what: string, todo: string): DeviceTrailError {
  return callerError('AS_OF_INVALID', what, todo)
}

function notIndexed(point: string, head: string): DeviceTrailError {
  return callerError(
    'AS_OF_NOT_INDEXED',
    `asOf names ${point}, but the record reaches only to ${head}.`,
    'Leave asOf out for the head of the record, or wait until indexerStatus has passed the point.',
  )
}

function beforeRecord(point: string): never {
  throw callerError(
    'AS_OF_BEFORE_RECORD',
    `Nothing is recorded at or before ${point}.`,
    'Ask for a later point: the contracts had not emitted anything by then.',
  )
}
