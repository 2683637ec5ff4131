import { HEARTBEAT_SECONDS, indexerStatus } from '../../../src/query/indexer-status'
import type { Question } from '../question'
import { SQL_BAR } from '../question'

const BY_HAND = `
  SELECT COALESCE((SELECT max(height) FROM squid_processor.hot_block), status.height) AS height,
    status.height AS "finalizedHeight", seen.height AS "chainHeight", seen.lag AS "lagSeconds",
    (SELECT count(*)::int FROM anomaly) AS anomalies
  FROM squid_processor.status LEFT JOIN (
    SELECT chain_height AS height,
      GREATEST(0, floor(extract(epoch FROM chain_timestamp - head_timestamp)))::int AS lag
    FROM squid_processor.chain_state WHERE seen_at > clock_timestamp() - $1 * interval '1 s'
  ) AS seen ON true`

export const INDEXER_STATUS: Question = {
  name: 'indexerStatus',
  bar: SQL_BAR,
  rounds: 200,
  prepare: async () => () => ({
    async ours(sql) {
      const { ready: _, ...status } = await indexerStatus(sql)
      return () => status
    },
    async byHand(sql) {
      const [row] = await sql<object>(BY_HAND, [HEARTBEAT_SECONDS])
      return () => row
    },
    request: { query: '{ indexerStatus { height finalizedHeight anomalies } }', variables: {} },
  }),
}
