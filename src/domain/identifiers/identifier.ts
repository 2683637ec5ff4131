import type { Address } from '../address'

/** How an identifier was written. Text, not an enum, in the API: more syntaxes follow. */
export type IdentifierSyntax =
  | 'DEVICE_ID'
  | 'TOKEN_REFERENCE'
  | 'GS1_ELEMENT_STRING'
  | 'UDI_DI_AND_SERIAL'
  | 'SERIAL'
  | 'UNREADABLE'

/** What a scanned or typed text says, as it says it. Null where it says nothing. */
export interface ParsedIdentifier {
  readonly input: string
  readonly syntax: IdentifierSyntax
  readonly udiDi: string | null
  readonly serial: string | null
  readonly lot: string | null
  /** YYYY-MM-DD */
  readonly manufacturedOn: string | null
  /** YYYY-MM-DD */
  readonly expiresOn: string | null
  /** What could not be read or was not used, and where in the text, counted from 1. */
  readonly problems: readonly string[]
}

/** What to look up; the keys are normalised as in the record. */
export type LookupKey =
  | { readonly by: 'DEVICE_ID'; readonly deviceId: string }
  | { readonly by: 'IDENTITY'; readonly identityKey: string }
  | { readonly by: 'SERIAL'; readonly serialKey: string }

/**
 * What a reader made of a text. Without a key nothing can be looked up: the identifier is invalid.
 */
export interface Reading extends Partial<Omit<ParsedIdentifier, 'input'>> {
  readonly syntax: IdentifierSyntax
  readonly problems: readonly string[]
  /**
   * One text can be a device id and a serial at once: whatever answers to any key is a candidate.
   */
  readonly keys: readonly LookupKey[]
}

/** What a text alone does not tell. */
export interface ReadingContext {
  /** Configured names of the contracts; empty when they are not known. */
  readonly contracts: ReadonlyMap<Address, string>
  /** The present year, for dates with two digits: that of the block of the answer. */
  readonly year: number
}

/**
 * Reads one syntax. Pure, and never throws.
 *
 * @param text trimmed, not empty, without control characters, compatibility characters folded
 *   (NFKC)
 * @returns undefined where the text is not of this syntax, for the next reader to try
 */
export type IdentifierReader = (text: string, context: ReadingContext) => Reading | undefined
