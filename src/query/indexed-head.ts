import { callerError } from '../domain/errors'

/** How far the record reaches. */
export interface IndexedHead {
  /** The last block that was read; -1 before the first. */
  height: number
  hash: string
  /** Block time of the head, or null before the first block. */
  timestamp: Date | null
  /** Blocks up to this one can no longer be forked away. */
  finalizedHeight: number
}

/**
 * One row, an `IndexedHead`. The processor's own tables keep no block time: the indexer writes that
 * of the head beside them. It begins every question, so it is written for the planner: a small
 * question costs more to plan than to execute.
 */
export const INDEXED_HEAD = `
  SELECT COALESCE(hot.height, status.height) AS "height",
         COALESCE(hot.hash, status.hash) AS "hash",
         (SELECT head_timestamp FROM squid_processor.chain_state WHERE id = 0) AS "timestamp",
         status.height AS "finalizedHeight"
  FROM squid_processor.status
  LEFT JOIN (
    SELECT height, hash FROM squid_processor.hot_block ORDER BY height DESC LIMIT 1
  ) AS hot ON true
  WHERE status.id = 0`

/** There is no block that an answer could be true for. */
export function nothingIndexed() {
  return callerError(
    'NOTHING_INDEXED',
    'The indexer has not read a block yet, so nothing can be answered.',
    'Start the indexer, or wait until indexerStatus shows a height of 0 or more.',
  )
}
