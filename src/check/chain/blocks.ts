import type { NodeClient } from '../../ingest/node-client'
import type { Sql } from '../../persistence/sql'
import { inPages } from '../cursor'
import { Differences, type Found } from '../difference'
import { type Sample, sampledBlocks } from './sample'

/** Blocks that are asked for at the same time. */
const AT_ONCE = 8
/** A block says as much of the chain below it as of itself, so few of them are many. */
const BLOCKS_MAX = 200

interface Known {
  height: number
  hash: string
}

/**
 * Whether the final blocks on record are blocks of the chain: the last one, and some of those that
 * carry facts.
 *
 * @param snapshot in which the ledger is checked
 * @param now the ledger as it goes on: what it has corrected meanwhile is no difference
 */
export async function checkBlocks(
  snapshot: Sql,
  now: Sql,
  node: NodeClient,
  sample: Sample,
): Promise<Found & { unchecked: string | null }> {
  const found = new Differences()
  const size = sample.size === 'all' ? BLOCKS_MAX : Math.min(sample.size, BLOCKS_MAX)
  let checked = 0
  let behind: number | undefined
  const look = async (known: Known) => {
    const onChain = await node.blockAt(known.height)
    if (onChain === undefined) {
      behind = Math.max(behind ?? 0, known.height)
      return
    }
    checked++
    if (onChain.hash === known.hash || !(await isStillOnRecord(now, known))) return
    const { height, hash } = known
    found.add({
      subject: `block ${height}`,
      field: 'hash',
      recorded: hash,
      expected: onChain.hash,
    })
  }
  const query = sampledBlocks({ ...sample, size })
  for await (const blocks of inPages<Known>(snapshot, query, AT_ONCE)) {
    await Promise.all(blocks.map(look))
  }
  const unchecked =
    behind === undefined
      ? null
      : `The node has no block ${behind}, which the ledger has as final. Wait until it has caught ` +
        'up, or use another node (RPC_URL).'
  return { checked, count: found.count, first: found.first, unchecked }
}

async function isStillOnRecord(now: Sql, { height, hash }: Known): Promise<boolean> {
  const rows = await now(
    `SELECT 1 FROM block WHERE height = $1 AND hash = $2
     UNION ALL SELECT 1 FROM squid_processor.status WHERE height = $1 AND hash = $2`,
    [height, hash],
  )
  return rows.length > 0
}
