import { callerError } from '../domain/errors'
import { checkPageSize } from './arguments'
import {
  type AnswerBlock,
  type AnswerRow,
  answerBlock,
  answerSql,
  type Point,
  resolveAsOf,
} from './as-of'
import {
  type ChangesCursor,
  endOfBlock,
  HASH_END_LENGTH,
  type KnownBlock,
  readCursor,
  START,
  writeCursor,
} from './changes/cursor'
import { COUNT_OF_FEED, feedSql } from './changes/feed'
import { blocksBelow, startSql } from './changes/locator'
import type { Edge, Page, PageRequest } from './page'
import type { Sql } from './sql'

/** Moves say which; EVENT and ANOMALY name a row that says more. */
export type ChangeKind = 'MINT' | 'MOVE' | 'BURN' | 'EVENT' | 'ANOMALY'

/** One thing that a log says. */
export interface Change {
  kind: ChangeKind
  blockHeight: number
  logIndex: number
  timestamp: Date
  txHash: string
  /** Null where it is about no device. */
  deviceId: string | null
  /** The event or the anomaly; of a move the period that it begins, of a burn the one it ends. */
  rowId: string
  /** Of a move: who held the device until then; null where nobody did. */
  fromId: string | null
  /** Of a move: who holds it from then on; null for a burn. */
  toId: string | null
}

/** One page of what happened. */
export interface Changes extends Page<Change> {
  /** The head of the record: there is nothing after it. */
  asOf: AnswerBlock
  /** Where the next poll goes on; also given by a page without rows. */
  endCursor: string
  /**
   * A fork undid blocks that an earlier page may have told of: what was told of blocks after this
   * height no longer holds (-1: nothing does), and this page begins after it. Null normally.
   */
  undoneAfter: number | null
}

export interface ChangesRequest extends PageRequest {
  /** Begin after what is on record now: no rows, and the cursor for the first poll. */
  fromHead?: boolean | null | undefined
}

const HEAD: Point = { by: 'head' }
const LIMIT = 6

// The giver is looked up for the rows of the page only.
const CHANGES = `
  WITH ${answerSql(HEAD, 0)}, ${startSql(1)}, ${feedSql(LIMIT)}
  SELECT answer.*, start."undoneAfter", start."hashEnd" AS "startHashEnd", page.id AS "rowId",
    page.height AS "blockHeight", page.log_index AS "logIndex", page.rank, page.kind,
    page."timestamp" AS "at", page.tx_hash AS "txHash", page.device_id AS "deviceId",
    CASE WHEN page.kind = 'BURN' THEN page.owner_id ELSE giver.owner_id END AS "fromId",
    CASE WHEN page.kind <> 'BURN' THEN page.owner_id END AS "toId",
    (SELECT right(hash, ${HASH_END_LENGTH}) FROM block WHERE height = page.height) AS "hashEnd"
  FROM answer CROSS JOIN start LEFT JOIN page ON true
  LEFT JOIN custody_period AS giver ON giver.device_id = page.device_id
    AND giver.number = page.number - 1 AND NOT giver.ended_by_burn AND page.kind <> 'BURN'
  ORDER BY page.height, page.log_index, page.rank, page.id COLLATE "C"`

const COUNT = `WITH ${startSql(1)} SELECT (${COUNT_OF_FEED})::int AS "count"`

const LAST_BLOCK = `
  SELECT height, right(hash, ${HASH_END_LENGTH}) AS "hashEnd" FROM block
  ORDER BY height DESC LIMIT 1`

interface ChangeRow extends Omit<Change, 'timestamp'> {
  at: Date
  rank: number
  hashEnd: string
}

type ChangesRow = AnswerRow & {
  undoneAfter: number | null
  startHashEnd: string | null
} & (ChangeRow | { [Name in keyof ChangeRow]: null })

/**
 * Everything that happened after a cursor, oldest first, in one total order. A poll that finds
 * nothing is one statement of a few index look-ups. Nothing is skipped; nothing is told twice but
 * what a fork makes doubtful, and then `undoneAfter` says from where on.
 *
 * @throws ARGUMENT_OUT_OF_RANGE, CURSOR_INVALID, NOTHING_INDEXED
 * @throws ARGUMENTS_CONFLICT both `after` and `fromHead`
 */
export async function changes(sql: Sql, request: ChangesRequest): Promise<Changes> {
  const { first, after } = request
  checkPageSize('first', first)
  const cursor = cursorOf(request)
  if (request.fromHead === true) return fromHead(sql)
  const rows = await sql<ChangesRow>(CHANGES, [...startParameters(cursor), first + 1])
  const asOf = answerBlock(HEAD, rows[0])
  const undoneAfter = rows[0]?.undoneAfter ?? null
  const told = rows.filter(isChange)
  const edges = await edgesOf(sql, told.slice(0, first))
  const restart = async () =>
    undoneAfter === null ? cursor : cursorAfter(sql, undoneAfter, rows[0]?.startHashEnd)
  return {
    asOf,
    edges,
    hasNextPage: told.length > first,
    hasPreviousPage: after != null,
    endCursor: edges.at(-1)?.cursor ?? writeCursor(await restart()),
    undoneAfter,
  }
}

/**
 * How many changes come after the cursor of a request, all pages together. The cost grows with
 * their number.
 */
export async function countChanges(sql: Sql, request: ChangesRequest): Promise<number> {
  if (request.fromHead === true) return 0
  const [row] = await sql<{ count: number }>(COUNT, startParameters(cursorOf(request)))
  return row?.count ?? 0
}

function cursorOf({ after, fromHead }: ChangesRequest): ChangesCursor {
  if (after == null) return START
  if (fromHead !== true) return readCursor(after)
  throw callerError(
    'ARGUMENTS_CONFLICT',
    'changes is given both after and fromHead.',
    'Give fromHead for the first poll only, and after for all that follow.',
  )
}

/** What `startSql` takes. */
function startParameters({ position, blocks }: ChangesCursor): unknown[] {
  const { logIndex, rank, id } = position
  return [blocks.map(([height]) => height), blocks.map(([, hash]) => hash), logIndex, rank, id]
}

function isChange(row: ChangesRow): row is ChangesRow & ChangeRow {
  return row.rowId !== null
}

/**
 * All cursors of a page share their older blocks, those below its last row: one look-up for a page,
 * and the end of the page, where the next poll goes on, knows its own past best.
 */
async function edgesOf(
  sql: Sql,
  rows: readonly (ChangesRow & ChangeRow)[],
): Promise<Edge<Change>[]> {
  const last = rows.at(-1)
  if (last === undefined) return []
  const older = await blocksBelow(sql, last.blockHeight)
  return rows.map(({ rank, hashEnd, at, ...row }) => {
    const { kind, blockHeight, logIndex, txHash, deviceId, rowId, fromId, toId } = row
    const position = { height: blockHeight, logIndex, rank, id: rowId }
    const own: KnownBlock = [blockHeight, hashEnd]
    const blocks = [own, ...older.filter(([height]) => height < blockHeight)]
    return {
      cursor: writeCursor({ position, blocks }),
      node: { kind, blockHeight, logIndex, timestamp: at, txHash, deviceId, rowId, fromId, toId },
    }
  })
}

async function fromHead(sql: Sql): Promise<Changes> {
  const asOf = await resolveAsOf(sql)
  const [last] = await sql<{ height: number; hashEnd: string }>(LAST_BLOCK)
  const cursor = last === undefined ? START : await cursorAfter(sql, last.height, last.hashEnd)
  const endCursor = writeCursor(cursor)
  const empty = { edges: [], hasNextPage: false, hasPreviousPage: false }
  return { asOf, ...empty, endCursor, undoneAfter: null }
}

/** The cursor of the end of a recorded block. */
async function cursorAfter(
  sql: Sql,
  height: number,
  hashEnd: string | null | undefined,
): Promise<ChangesCursor> {
  if (hashEnd == null) return START
  const blocks: KnownBlock[] = [[height, hashEnd], ...(await blocksBelow(sql, height))]
  return { position: endOfBlock(height), blocks }
}
