import { callerError } from '../../domain/errors'
import { TEXT_LENGTH_MAX, textProblem } from '../arguments'

/** A block by its height and the end of its hash: enough to tell it from the one of a fork. */
export type KnownBlock = readonly [height: number, hashEnd: string]

/** A place in the total order of changes. */
export interface PollPosition {
  height: number
  logIndex: number
  /** Of the changes of one log, custody comes first, then its event, then its anomalies. */
  rank: number
  /** Id of the row; moves of one log stand in the order of their periods' ids (by code point). */
  id: string
}

/** Where a poll goes on, and by which blocks it knows that the chain is still the same. */
export interface ChangesCursor {
  position: PollPosition
  /** The block of the position first, then older ones at growing distances; none at the start. */
  blocks: readonly KnownBlock[]
}

export const HASH_END_LENGTH = 16
const INT_MAX = 2 ** 31 - 1
const RANK_MAX = 9
const BLOCKS_MAX = 32
const CURSOR_LENGTH_MAX = 4_096
const HASH_END = new RegExp(`^[0-9a-z]{1,${HASH_END_LENGTH}}$`)

/** Before everything that can be on record. */
export const START: ChangesCursor = { position: endOfBlock(-1), blocks: [] }

/** After everything in a block. */
export function endOfBlock(height: number): PollPosition {
  return { height, logIndex: INT_MAX, rank: RANK_MAX, id: '' }
}

export function writeCursor({ position, blocks }: ChangesCursor): string {
  const { height, logIndex, rank, id } = position
  const text = JSON.stringify(['change', height, logIndex, rank, id, ...blocks.flat()])
  return Buffer.from(text).toString('base64url')
}

/** @throws CURSOR_INVALID */
export function readCursor(cursor: string): ChangesCursor {
  const read = cursor.length > CURSOR_LENGTH_MAX ? undefined : parsed(cursor)
  if (read !== undefined && writeCursor(read) === cursor) return read
  throw callerError(
    'CURSOR_INVALID',
    `after is "${cursor.slice(0, 100)}", which is no cursor of this list.`,
    'Give the endCursor of the page before, or leave it out to begin with the first change.',
  )
}

function parsed(cursor: string): ChangesCursor | undefined {
  const parts = jsonArray(Buffer.from(cursor, 'base64url').toString())
  const [kind, height, logIndex, rank, id, ...rest] = parts
  if (kind !== 'change' || !isWhole(height, -1, INT_MAX) || !isWhole(logIndex, 0, INT_MAX)) return
  if (!isWhole(rank, 0, RANK_MAX) || typeof id !== 'string') return
  if (id.length > TEXT_LENGTH_MAX || textProblem(id) !== undefined) return
  const blocks = knownBlocks(rest)
  // A cursor of the start knows no block, every other one knows its own.
  if (blocks === undefined || (blocks[0]?.[0] ?? -1) !== height) return
  return { position: { height, logIndex, rank, id }, blocks }
}

function knownBlocks(parts: readonly unknown[]): KnownBlock[] | undefined {
  if (parts.length % 2 !== 0 || parts.length > 2 * BLOCKS_MAX) return undefined
  const blocks: KnownBlock[] = []
  for (let at = 0; at < parts.length; at += 2) {
    const [height, hashEnd] = parts.slice(at, at + 2)
    if (!isWhole(height, 0, (blocks.at(-1)?.[0] ?? INT_MAX + 1) - 1)) return undefined
    if (typeof hashEnd !== 'string' || !HASH_END.test(hashEnd)) return undefined
    blocks.push([height, hashEnd])
  }
  return blocks
}

function jsonArray(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

function isWhole(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
}
