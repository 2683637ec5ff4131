import type { Logger } from '@subsquid/logger'
import type { ChainPoint } from './common-ancestor'

/** What each node that answers has at a height now. */
export type Witnesses = (height: number) => Promise<readonly { endpoint: string; hash: string }[]>

const LOOK_MS_MAX = 1_000
const MESSAGE_MS = 10_000

/**
 * Whether a final block is really gone: for a whole hold time, every node that answers has the same
 * other block in its place. As long as one of them still has it while others have not, this waits,
 * for as long as it takes: the nodes contradict each other, and giving up something final on the
 * word of a broken node would be worse than standing still.
 *
 * @returns false when the block is there after all
 */
export async function confirmLoss(
  lost: ChainPoint,
  witnesses: Witnesses,
  holdMs: number,
  log: Logger,
): Promise<boolean> {
  let agreed: { hash: string; since: number } | undefined
  let present: number | undefined
  let saidAt = Number.NEGATIVE_INFINITY
  for (;;) {
    const said = await witnesses(lost.height)
    const now = performance.now()
    const [hash, ...others] = new Set(said.map((one) => one.hash))
    const unanimous = hash !== undefined && others.length === 0
    if (unanimous && hash !== lost.hash) {
      present = undefined
      if (agreed?.hash !== hash) agreed = { hash, since: now }
      if (now - agreed.since >= holdMs) return true
    } else {
      agreed = undefined
      present = unanimous ? (present ?? now) : undefined
      if (present !== undefined && now - present >= holdMs) return false
    }
    if (now - saidAt >= MESSAGE_MS) {
      saidAt = now
      log.warn(
        `final block ${lost.height} (${lost.hash}) is not on the chain of a node. ` +
          `Asking for ${holdMs} ms before anything is given up. ${told(said)}`,
      )
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(LOOK_MS_MAX, holdMs / 10)))
  }
}

function told(said: readonly { endpoint: string; hash: string }[]): string {
  if (said.length === 0) return 'No node has a block there now.'
  return said.map(({ endpoint, hash }) => `${endpoint} has ${hash}.`).join(' ')
}
