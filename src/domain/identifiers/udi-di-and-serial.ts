import { identityKey } from '../identity-key'
import { gtinProblem } from './gtin'
import type { IdentifierReader } from './identifier'

/**
 * UDI-DI and serial with a bar between: `GTIN|serial`, or another agency's UDI-DI in place of the
 * GTIN.
 */
export const readUdiDiAndSerial: IdentifierReader = (text) => {
  const bar = text.indexOf('|')
  if (bar < 0) return undefined
  const udiDi = text.slice(0, bar).trim()
  const serial = text.slice(bar + 1).trim()
  const problems: string[] = []
  if (udiDi === '') problems.push('no UDI-DI before the bar at 1')
  if (serial === '') problems.push(`no serial after the bar at ${bar + 1}`)
  const gtin = gtinProblem(udiDi)
  if (gtin !== undefined) problems.push(`UDI-DI at 1: ${gtin}`)
  return {
    syntax: 'UDI_DI_AND_SERIAL',
    udiDi: udiDi || null,
    serial: serial || null,
    problems,
    keys: problems.length > 0 ? [] : [{ by: 'IDENTITY', identityKey: identityKey(udiDi, serial) }],
  }
}
