import { indexedHead } from './indexed-head'
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

interface ChainSeen {
  chainHeight: number | null
  lagSeconds: number | null
}

// Age is judged by the clock of the database, by which the heartbeat was written: one clock, no
// skew.
const CHAIN_SEEN = `
  SELECT chain_height AS "chainHeight",
         CASE WHEN chain_timestamp > head_timestamp
              THEN floor(extract(epoch FROM chain_timestamp - head_timestamp))::int
              WHEN chain_timestamp <= head_timestamp THEN 0 END AS "lagSeconds"
  FROM squid_processor.chain_state
  WHERE id = 0 AND seen_at > clock_timestamp() - make_interval(secs => $1)`

/** Answers in every state of the database, also before the first block. */
export async function indexerStatus(sql: Sql): Promise<IndexerStatus> {
  const head = await indexedHead(sql)
  const [seen] = await sql<ChainSeen>(CHAIN_SEEN, [HEARTBEAT_SECONDS])
  const [count] = await sql<{ anomalies: number }>('SELECT count(*)::int AS anomalies FROM anomaly')
  return {
    chainHeight: chainHeight(seen, head.height),
    height: head.height,
    finalizedHeight: head.finalizedHeight,
    lagSeconds: seen?.lagSeconds ?? null,
    ready: head.height >= 0 && isClose(seen, head.height),
    anomalies: count?.anomalies ?? 0,
  }
}

/** The head is noted every two seconds: a block that was indexed meanwhile is on the chain too. */
function chainHeight(seen: ChainSeen | undefined, indexed: number): number | null {
  return seen?.chainHeight == null ? null : Math.max(seen.chainHeight, indexed)
}

function isClose(seen: ChainSeen | undefined, height: number): boolean {
  if (seen === undefined || seen.chainHeight === null) return false
  const blocksBehind = seen.chainHeight - height
  return blocksBehind <= READY_BLOCKS || (seen.lagSeconds ?? Infinity) <= READY_SECONDS
}
