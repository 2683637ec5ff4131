import { callerError } from '../../domain/errors'
import { INSTANT_FORM, readInstant } from '../../domain/instant'
import type { AsOf } from './pinned-block'

const BLOCK = /^\d{1,10}$/

/**
 * The point that `--as-of` names: a block number, or an instant with its time zone. A date alone
 * would be another instant in each time zone, so it is refused.
 *
 * @throws USAGE
 */
export function readAsOf(text: string | undefined): AsOf {
  if (text === undefined) return null
  if (BLOCK.test(text)) return { block: Number(text) }
  const instant = readInstant(text)
  if (instant !== undefined) return { timestamp: instant.toISOString() }
  throw callerError(
    'USAGE',
    `--as-of is "${text}".`,
    `Expected a block number, or ${INSTANT_FORM}.`,
  )
}
