import { callerError, type DeviceTrailError } from '../domain/errors'
import { INDEXED_HEAD, nothingIndexed } from './indexed-head'
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
  /** Nothing was recorded after it: what the record says of the present is true for it too. */
  isHead: boolean
}

/** The row of `answer`. */
export type AnswerRow = { [Name in keyof AnswerBlock]: AnswerBlock[Name] | null } & {
  headHeight: number
  headTimestamp: Date | null
}

/** A point that was checked. */
export type Point =
  | { readonly by: 'head' }
  | { readonly by: 'block'; readonly value: number }
  | { readonly by: 'timestamp'; readonly value: Date }

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
  const point = pointOf(asOf)
  const statement = `WITH ${answerSql(point, 1)} SELECT * FROM answer`
  const [row] = await sql<AnswerRow>(statement, pointParameters(point), 'kept')
  return answerBlock(point, row)
}

/** @throws AS_OF_INVALID */
export function pointOf(asOf?: AsOf | null): Point {
  if (!asOf) return { by: 'head' }
  const block = asOf.block ?? null
  const timestamp = asOf.timestamp ?? null
  if (block !== null && timestamp === null) {
    if (Number.isInteger(block) && block >= 0) return { by: 'block', value: block }
    throw invalid(`asOf.block is ${block}.`, 'Expected a whole number of 0 or more.')
  }
  if (timestamp !== null && block === null) {
    if (!Number.isNaN(timestamp.getTime())) return { by: 'timestamp', value: timestamp }
    const todo = 'Expected ISO 8601 in UTC, such as 2026-01-31T12:00:00Z.'
    throw invalid('asOf.timestamp is no instant.', todo)
  }
  throw invalid(
    `asOf names ${timestamp ? 'both a block and a timestamp' : 'neither a block nor a timestamp'}.`,
    'Give exactly one of the two, or leave asOf out for the head of the record.',
  )
}

/** What `answerSql` takes: one parameter, or none for the head. */
export function pointParameters(point: Point): unknown[] {
  return point.by === 'head' ? [] : [point.value]
}

const BLOCKS = 'SELECT height, hash, "timestamp" FROM block'

const POINTS: Readonly<Record<'block' | 'timestamp', (parameter: number) => string>> = {
  block: (parameter) =>
    `${BLOCKS} WHERE height <= $${parameter}::int8 ORDER BY height DESC LIMIT 1`,
  timestamp: (parameter) => `${BLOCKS} WHERE "timestamp" <= $${parameter}::timestamptz
    ORDER BY "timestamp" DESC, height DESC LIMIT 1`,
}

/**
 * The relation `answer`, one row with the block that the answer is true for, so that a question can
 * be put in the same statement. Its height is null where `answerBlock` throws. Materialized, for
 * the planner would otherwise work it out for every row of the answer.
 *
 * @param parameter number of the one that the point takes
 */
export function answerSql(point: Point, parameter: number): string {
  const isHead = '(SELECT height FROM block ORDER BY height DESC LIMIT 1) <= point.height'
  const [of, from] =
    point.by === 'head'
      ? ['head', 'head.height, head.hash, head."timestamp", true AS "isHead" FROM head']
      : [
          'point',
          `point.*, ${isHead} AS "isHead"
          FROM head LEFT JOIN (${POINTS[point.by](parameter)}) AS point ON true`,
        ]
  return `
  head AS (${INDEXED_HEAD}),
  answer AS MATERIALIZED (
    SELECT head.height AS "headHeight", head."timestamp" AS "headTimestamp",
      ${of}.height <= head."finalizedHeight" AS "finalized", ${from}
  )`
}

/**
 * The block of an answer, from the row of `answer`.
 *
 * @throws AS_OF_NOT_INDEXED, AS_OF_BEFORE_RECORD, NOTHING_INDEXED
 */
export function answerBlock(point: Point, row: AnswerRow | undefined): AnswerBlock {
  if (row === undefined || row.headHeight < 0) throw nothingIndexed()
  const { headHeight, headTimestamp, height, hash, timestamp, finalized, isHead } = row
  if (point.by === 'block' && point.value > headHeight) {
    throw notIndexed(`block ${point.value}`, `block ${headHeight}`)
  }
  if (point.by === 'timestamp' && headTimestamp !== null && point.value > headTimestamp) {
    throw notIndexed(point.value.toISOString(), headTimestamp.toISOString())
  }
  if (height !== null && hash !== null && timestamp !== null) {
    return { height, hash, timestamp, finalized: finalized === true, isHead: isHead === true }
  }
  if (point.by === 'head') throw nothingIndexed()
  throw beforeRecord(point.by === 'block' ? `block ${point.value}` : point.value.toISOString())
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

function beforeRecord(point: string): DeviceTrailError {
  return callerError(
    'AS_OF_BEFORE_RECORD',
    `Nothing is recorded at or before ${point}.`,
    'Ask for a later point: the contracts had not emitted anything by then.',
  )
}
