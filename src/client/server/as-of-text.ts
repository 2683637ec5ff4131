import { callerError } from '../../domain/errors'
import type { AsOf } from './pinned-block'

const BLOCK = /^\d{1,10}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/

/**
 * The point that `--as-of` names: a block number, or an instant with its time zone. A date alone
 * would be another instant in each time zone, so it is refused.
 *
 * @throws USAGE
 */
export function readAsOf(text: string | undefined): AsOf {
  if (text === undefined) return null
  if (BLOCK.test(text)) return { block: Number(text) }
  if (INSTANT.test(text) && !Number.isNaN(Date.parse(text))) return { timestamp: text }
  throw callerError(
    'USAGE',
    `--as-of is "${text}".`,
    'Expected a block number, or an instant with time zone such as 2026-01-31T12:00:00Z.',
  )
}
