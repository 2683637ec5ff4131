import type { Logger } from '@subsquid/logger'
import type { NodeClient } from '../ingest/node-client'
import { recordChainHead } from '../persistence/chain-state'
import type { Sql } from '../persistence/sql'

const WATCH_MS = 2_000

/**
 * Notes the head of the chain beside the ledger for as long as the process lives, so that the API
 * can tell how far behind an answer is. A failed look is left out: the age of the last note says so
 * to the reader.
 */
export async function watchChain(
  node: NodeClient,
  sql: Sql,
  log: Logger,
  seen: (height: number) => void,
): Promise<never> {
  for (;;) {
    try {
      const head = await node.head()
      await recordChainHead(sql, head.height, head.timestamp)
      seen(head.height)
    } catch (error) {
      log.warn(`could not note the head of the chain: ${String(error)}`)
    }
    await new Promise((resolve) => setTimeout(resolve, WATCH_MS))
  }
}
