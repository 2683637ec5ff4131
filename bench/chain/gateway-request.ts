import { wantedFields } from '../../src/ingest/rpc-gateway/archive-block'
import type { ArchiveRequest } from '../../src/ingest/rpc-gateway/archive-request'
import { CONTRACT } from '../ledger/raw-batches'

const BLOCK_FIELDS = ['number', 'hash', 'parentHash', 'timestamp']
const LOG_FIELDS = ['logIndex', 'transactionIndex', 'transactionHash', 'address', 'topics', 'data']

/**
 * Why a request asks for something else than what is stored, which would be answered wrongly:
 * another contract, fewer kinds of events, further fields. Undefined where it does not.
 *
 * @param topics every first topic that a stored log has
 */
export function refusalOf(request: ArchiveRequest, topics: readonly string[]): string | undefined {
  const { block, log } = wantedFields(request)
  const fields = [
    ...block.filter((name) => !BLOCK_FIELDS.includes(name)).map((name) => `block.${name}`),
    ...log.filter((name) => !LOG_FIELDS.includes(name)).map((name) => `log.${name}`),
  ]
  if (fields.length > 0) return `it has no field ${fields.join(', ')}`
  for (const { address, topic0, topic1, topic2, topic3 } of request.logs ?? []) {
    if (address?.length !== 1 || address[0]?.toLowerCase() !== CONTRACT) {
      return `the address must be ${CONTRACT}, not ${JSON.stringify(address)}`
    }
    const missing = topic0 && topics.find((topic) => !topic0.includes(topic))
    if (missing !== undefined) return `topic0 must take every event of ours, also ${missing}`
    if (topic1 ?? topic2 ?? topic3) return 'topic1, topic2 and topic3 must be left out'
  }
  return undefined
}
