import { identityKey, textKey, udiDiKey } from '../identity-key'
import type { LookupKey } from './identifier'

interface Stated {
  readonly udiDi?: string | null
  readonly serial?: string | null
  readonly lot?: string | null
}

/**
 * The one key of what an identifier states: the unit if it names one, else the lot, else the model.
 * The same unit has the same key in whatever syntax it was written.
 */
export function keysOf({ udiDi, serial, lot }: Stated): LookupKey[] {
  if (serial) {
    if (!udiDi) return serialKeys(serial)
    return [{ by: 'IDENTITY', identityKey: identityKey(udiDi, serial) }]
  }
  if (lot) return [{ by: 'LOT', udiDiKey: udiDi ? udiDiKey(udiDi) : null, lotKey: textKey(lot) }]
  return udiDi ? [{ by: 'MODEL', udiDiKey: udiDiKey(udiDi) }] : []
}

/** A serial in any of these spellings. */
export function serialKeys(...spellings: string[]): LookupKey[] {
  const distinct = [...new Set(spellings.map(textKey))].filter((key) => key !== '')
  return distinct.map((serialKey) => ({ by: 'SERIAL', serialKey }))
}

/** A text that does not say what it is: a serial, or a lot. */
export function serialOrLotKeys(text: string): LookupKey[] {
  return [...serialKeys(text), ...keysOf({ lot: text })]
}
