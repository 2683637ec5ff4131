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
import { locate, startSql } from './changes/locator'
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
/** Pages of these sizes have one statement each, whose plan is kept; others are planned anew. */
const USUAL_SIZES = [1, 10, 20, 25, 50, 100, 200, 250, 500, 1_000]

// The giver is looked up for the rows of the page only. They come as one value: to read a row of
// columns from the wire takes longer than a row of JSON.
const changesSql = (first: number) => `
  WITH ${answerSql(HEAD, 0)}, ${startSql(1)}, ${feedSql(first + 1)}
  SELECT answer.*, start."undoneAfter", start."hashEnd" AS "startHashEnd", (
    SELECT COALESCE(json_agg(json_build_object(
        'rowId', page.id, 'blockHeight', page.height, 'logIndex', page.log_index,
        'rank', page.rank, 'kind', page.kind, 'timestamp', page."timestamp",
        'txHash', page.tx_hash, 'deviceId', page.device_id,
        'fromId', CASE WHEN page.kind = 'BURN' THEN page.owner_id ELSE giver.owner_id END,
        'toId', CASE WHEN page.kind <> 'BURN' THEN page.owner_id END)
      ORDER BY page.height, page.log_index, page.rank, page.id COLLATE "C"), '[]')
    FROM page LEFT JOIN custody_period AS giver ON giver.device_id = page.device_id
      AND giver.number = page.number - 1 AND NOT giver.ended_by_burn AND page.kind <> 'BURN'
  ) AS "told"
  FROM answer CROSS JOIN start`

const COUNT = `WITH ${startSql(1)} SELECT (${COUNT_OF_FEED})::int AS "count"`

const LAST_BLOCK = `
  SELECT height, right(hash, ${HASH_END_LENGTH}) AS "hashEnd" FROM block
  ORDER BY height DESC LIMIT 1`

interface ToldChange extends Omit<Change, 'timestamp'> {
  timestamp: string
  rank: number
}

type ChangesRow = AnswerRow & {
  undoneAfter: number | null
  startHashEnd: string | null
  told: ToldChange[]
}

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
  const plan = USUAL_SIZES.includes(first) ? 'kept' : undefined
  const [row] = await sql<ChangesRow>(changesSql(first), startParameters(cursor), plan)
  const asOf = answerBlock(HEAD, row)
  const { undoneAfter = null, told = [] } = row ?? {}
  const edges = await edgesOf(sql, told.slice(0, first))
  const restart = async () =>
    undoneAfter === null ? cursor : cursorAfter(sql, undoneAfter, row?.startHashEnd)
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

/**
 * All cursors of a page share their older blocks, those below its last row: one look-up for a page,
 * and the end of the page, where the next poll goes on, knows its own past best.
 */
async function edgesOf(sql: Sql, told: readonly ToldChange[]): Promise<Edge<Change>[]> {
  const last = told.at(-1)
  if (last === undefined) return []
  const heights = told.map(({ blockHeight }) => blockHeight)
  const { older, at: blockAt } = await locate(sql, last.blockHeight, heights)
  return told.map(({ rank, ...row }) => {
    const { kind, blockHeight, logIndex, timestamp, txHash, deviceId, rowId, fromId, toId } = row
    const at = new Date(timestamp)
    const own = blockAt.get(blockHeight)
    if (own?.[0] !== blockHeight) throw new TypeError(`a change of block ${blockHeight} without it`)
    return {
      // Written when it is asked for: most callers take that of the last row only.
      get cursor() {
        const position = { height: blockHeight, logIndex, rank, id: rowId }
        const blocks = [own, ...older.filter(([height]) => height < blockHeight)]
        return writeCursor({ position, blocks })
      },
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
  const blocks: KnownBlock[] = [[height, hashEnd], ...(await locate(sql, height)).older]
  return { position: endOfBlock(height), blocks }
}
