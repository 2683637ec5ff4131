import { identityKey } from '../identity-key'
import { gtinProblem, inFourteenDigits } from './gtin'
import { readHibc } from './hibc/read-hibc'
import type { IdentifierReader, LookupKey, ReadingContext } from './identifier'
import { fault, type Problem } from './problem'

/**
 * UDI-DI and serial with a bar between: `GTIN|serial`, or another agency's UDI-DI in place of the
 * GTIN.
 */
export const readUdiDiAndSerial: IdentifierReader = (text, context) => {
  const bar = text.indexOf('|')
  if (bar < 0) return undefined
  const udiDi = text.slice(0, bar).trim()
  const serial = text.slice(bar + 1).trim()
  const problems: Problem[] = []
  if (udiDi === '') problems.push(fault('NO_DEVICE_IDENTIFIER', 1, 'no UDI-DI before the bar'))
  if (serial === '') problems.push(fault('EMPTY_VALUE', bar + 2, 'no serial after the bar'))
  const gtin = gtinProblem(udiDi)
  if (gtin !== undefined) problems.push(fault('BAD_CHECK_DIGIT', udiDi.length, `UDI-DI: ${gtin}`))
  return {
    syntax: 'UDI_DI_AND_SERIAL',
    udiDi: inFourteenDigits(udiDi) || null,
    serial: serial || null,
    problems,
    keys: identities(udiDi, serial, context),
  }
}

/** As stated, and an HIBC in the form of its scans too. */
function identities(udiDi: string, serial: string, context: ReadingContext): LookupKey[] {
  const hibc = readHibc(udiDi, context, 0)
  const sound = hibc?.problems.every(({ weight }) => weight !== 'FAULT')
  const forms = sound && hibc?.udiDi ? [hibc.udiDi, udiDi] : [udiDi]
  return forms.map((form) => ({ by: 'IDENTITY', identityKey: identityKey(form, serial) }))
}
