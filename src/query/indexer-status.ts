import { INDEXED_HEAD } from './indexed-head'
import type { Sql } from './sql'

/** What is indexed, how far behind the chain it is, and whether it can be trusted. */
export interface IndexerStatus {
  /**
   * Head of the chain as the indexer last saw it; null when that was longer than
   * `HEARTBEAT_SECONDS` ago.
   */
  chainHeight: number | null
  /** The last block that was read; -1 before the first. */
  height: number
  /** Blocks up to this one can no longer be forked away; -1 before the first. */
  finalizedHeight: number
  /** Block time of the chain's head less that of ours; null when either is unknown. */
  lagSeconds: number | null
  /** The indexer lives and is within `READY_BLOCKS` or `READY_SECONDS` of the chain. */
  ready: boolean
  /** Logs that did not fit the record. */
  anomalies: number
}

/** An indexer that has said nothing for so long is taken for dead, and what it said for stale. */
export const HEARTBEAT_SECONDS = 60
const READY_BLOCKS = 5
const READY_SECONDS = 60

interface Seen {
  chainHeight: number | null
  lagSeconds: number | null
}

// Age is judged by the clock of the database, by which the heartbeat was written: one clock, no
// skew. A heartbeat of the future is from before that clock was set back: it tells no age, and a
// dead indexer would look alive until the clock has come to it again.
const STATUS = `
  WITH head AS (${INDEXED_HEAD})
  SELECT head.height, head."finalizedHeight", seen.*,
    (SELECT count(*)::int FROM anomaly) AS "anomalies"
  FROM head LEFT JOIN (
    SELECT chain_height AS "chainHeight",
      CASE WHEN chain_timestamp > head_timestamp
           THEN floor(extract(epoch FROM chain_timestamp - head_timestamp))::int
           WHEN chain_timestamp <= head_timestamp THEN 0 END AS "lagSeconds"
    FROM squid_processor.chain_state
    WHERE id = 0 AND abs(extract(epoch FROM clock_timestamp() - seen_at)) < $1
  ) AS seen ON true`

/** Answers in every state of the database, also before the first block. */
export async function indexerStatus(sql: Sql): Promise<IndexerStatus> {
  const [row] = await sql<Omit<IndexerStatus, 'ready'>>(STATUS, [HEARTBEAT_SECONDS], 'kept')
  const { height, finalizedHeight, anomalies, ...seen } = row ?? NOTHING
  return {
    chainHeight: chainHeight(seen, height),
    height,
    finalizedHeight,
    lagSeconds: seen.lagSeconds,
    ready: height >= 0 && isClose(seen, height),
    anomalies,
  }
}

const NOTHING = {
  chainHeight: null,
  height: -1,
  finalizedHeight: -1,
  lagSeconds: null,
  anomalies: 0,
}

/** The head is noted every two seconds: a block that was indexed meanwhile is on the chain too. */
function chainHeight(seen: Seen, indexed: number): number | null {
  return seen.chainHeight === null ? null : Math.max(seen.chainHeight, indexed)
}

function isClose({ chainHeight, lagSeconds }: Seen, height: number): boolean {
  if (chainHeight === null) return false
  return chainHeight - height <= READY_BLOCKS || (lagSeconds ?? Infinity) <= READY_SECONDS
}
