import { isGtin, udiDiKey } from '../identity-key'
import type { IdentifierReader } from './identifier'
import { serialOrLotKeys } from './lookup-keys'
import { note } from './problem'

/**
 * A GTIN-8, -12, -13 or -14 alone names a model. One number in ten is a GTIN by chance, so that it
 * is looked up as a serial and as a lot too.
 */
export const readGtinAlone: IdentifierReader = (text) => {
  if (!isGtin(text)) return undefined
  const udiDi = udiDiKey(text)
  const message = `reads as UDI-DI ${udiDi}, which names a model, not a unit; read as a serial too`
  const problems = [note('NOT_ONE_UNIT', null, message)]
  if (text.length < 14) {
    const padded = `GTIN-${text.length} ${text} is read as ${udiDi}`
    problems.push(note('ZERO_SUPPRESSED_GTIN', 1, padded))
  }
  return {
    syntax: 'GTIN',
    agency: 'GS1',
    udiDi,
    problems,
    keys: [{ by: 'MODEL', udiDiKey: udiDi }, ...serialOrLotKeys(text)],
  }
}
