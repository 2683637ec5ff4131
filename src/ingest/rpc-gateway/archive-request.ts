import { z } from 'zod'

const hexList = z
  .array(
    z
      .string()
      .regex(/^0x[0-9a-fA-F]*$/)
      .toLowerCase(),
  )
  .optional()
/** A relation that is asked with each log: only `false` can be answered. */
const no = z.literal(false).optional()
const none = z.array(z.never()).optional()

const logRequest = z.strictObject({
  address: hexList,
  topic0: hexList,
  topic1: hexList,
  topic2: hexList,
  topic3: hexList,
  transaction: no,
  transactionTraces: no,
  transactionLogs: no,
  transactionStateDiffs: no,
})

const archiveRequest = z.looseObject({
  fromBlock: z.int().min(0),
  toBlock: z.int().min(0).optional(),
  includeAllBlocks: z.boolean().optional(),
  logs: z.array(logRequest).optional(),
  transactions: none,
  traces: none,
  stateDiffs: none,
})

/** What a processor asks of a gateway, as far as logs can answer it. */
export type ArchiveRequest = z.infer<typeof archiveRequest>

/**
 * Reads the body of a request. Transactions, traces and state differences are not read over plain
 * JSON-RPC here: a request for them is refused and never answered in part.
 *
 * @returns the request, or what is wrong with it
 */
export function readArchiveRequest(body: unknown): ArchiveRequest | string {
  const read = archiveRequest.safeParse(body)
  return read.success ? read.data : z.prettifyError(read.error)
}

/** A filter of `eth_getLogs`, in lower case; null stands for any topic. */
export interface LogFilter {
  address?: readonly string[]
  topics: readonly (readonly string[] | null)[]
}

/**
 * The filters that together find what is asked. Requests with the same topics share one: contracts
 * of one kind cost one call. An empty list matches nothing, as in the gateway protocol; an absent
 * one matches anything.
 */
export function logFilters({ logs = [] }: ArchiveRequest): LogFilter[] {
  const byTopics = new Map<string, LogFilter>()
  for (const { address, topic0, topic1, topic2, topic3 } of logs) {
    const wanted = [topic0, topic1, topic2, topic3]
    if ([address, ...wanted].some((list) => list?.length === 0)) continue
    const last = wanted.findLastIndex((topic) => topic !== undefined)
    const topics = wanted.slice(0, last + 1).map((topic) => topic ?? null)
    const key = JSON.stringify(topics)
    const same = byTopics.get(key)
    const anywhere = address === undefined || (same !== undefined && same.address === undefined)
    const addresses = new Set([...(same?.address ?? []), ...(address ?? [])])
    byTopics.set(key, anywhere ? { topics } : { topics, address: [...addresses] })
  }
  return [...byTopics.values()]
}
