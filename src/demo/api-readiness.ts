import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

const answerSchema = z.object({ data: z.object({ indexerStatus: z.object({ height: z.int() }) }) })
const POLL_MS = 250

/**
 * Waits until the API says that everything up to a block is indexed.
 *
 * @param onHeight told of each height on the way, -1 for none
 * @returns false where `timeoutMs` went by first
 */
export async function waitForHeight(
  graphqlUrl: string,
  height: number,
  options: { signal: AbortSignal; timeoutMs: number; onHeight: (height: number) => void },
): Promise<boolean> {
  const { signal, timeoutMs, onHeight } = options
  const deadline = performance.now() + timeoutMs
  while (performance.now() < deadline) {
    signal.throwIfAborted()
    const indexed = await indexedHeight(graphqlUrl)
    if (indexed !== undefined) onHeight(indexed)
    if (indexed !== undefined && indexed >= height) return true
    await sleep(POLL_MS)
  }
  return false
}

async function indexedHeight(graphqlUrl: string): Promise<number | undefined> {
  try {
    const response = await fetch(graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ indexerStatus { height } }' }),
      signal: AbortSignal.timeout(5_000),
    })
    return answerSchema.safeParse(await response.json()).data?.data.indexerStatus.height
  } catch {
    // Not up yet.
    return undefined
  }
}
