import { BaseError } from 'viem'
import { DeviceTrailError } from '../../domain/errors'

/** The node does not have the state of a block, or not the block: it may have it later, or never. */
export class StateMissing extends Error {}

/**
 * What geth, Erigon, Nethermind, Besu, Reth, anvil and the large providers say when they cannot
 * answer for a block. There is no code for it.
 */
const STATE_MISSING = [
  /missing trie node|trie node.*not found|state .*(not|isn't|unavailable|pruned)|pruned/i,
  /header (for hash )?not found|unknown block|(block|header)[^.]* not found|BlockOutOfRange/i,
  /historical state|archive|distance to target block|old data not available|no state available/i,
  /required historical|out of range|World ?state/i,
]

/** Whether an error, or what caused it, speaks of a block or state that the node does not have. */
export function isStateMissing(error: unknown): boolean {
  return STATE_MISSING.some((text) => text.test(told(error)))
}

/** The last words of a node that failed, without its URL, which may hold a key. */
export function nodeFailure(error: unknown): unknown {
  if (!(error instanceof BaseError)) return error
  return new DeviceTrailError(
    {
      code: 'NODE_FAILED',
      remedy: 'retry',
      what: `The node did not answer: ${error.shortMessage.replace(/\.?$/, '.')}`,
      todo: 'Try again later, or with another node (RPC_URL).',
    },
    { cause: error },
  )
}

function told(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const details = error instanceof BaseError ? error.details : ''
  return `${details} ${error instanceof BaseError ? error.shortMessage : error.message} ${told(error.cause)}`
}
