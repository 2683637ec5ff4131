import type { Address } from '../address'
import type { Problem } from './problem'

/** How an identifier was written. Text, not an enum, in the API: more syntaxes may follow. */
export type IdentifierSyntax =
  | 'DEVICE_ID'
  | 'TOKEN_REFERENCE'
  | 'CAIP_19'
  | 'CERTIFICATE_LINK'
  | 'GS1_ELEMENT_STRING'
  | 'GS1_SCAN'
  | 'GS1_DIGITAL_LINK'
  | 'GS1_MODEL_NUMBER'
  | 'EPC_URN'
  | 'GTIN'
  | 'HIBC'
  | 'ICCBBA'
  | 'ISO_6346'
  | 'UDI_DI_AND_SERIAL'
  | 'LABELLED'
  | 'EDITION_NUMBER'
  | 'SERIAL'
  | 'UNREADABLE'

/** What a scanned or typed text says, as it says it. Null where it says nothing. */
export interface ParsedIdentifier {
  readonly input: string
  readonly syntax: IdentifierSyntax
  /**
   * A GTIN in 14 digits. HIBC: labeler, product and unit of measure, without `+` and check
   * character. ICCBBA: the 16 characters behind `=/`. Otherwise as stated.
   */
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

/** The agencies that the FDA accredits to issue UDIs. */
export type Agency = 'GS1' | 'HIBCC' | 'ICCBBA'

/** What else an identifier says. Shown to people; nothing is looked up by it. */
export type Detail =
  | 'assetId'
  | 'bestBefore'
  | 'donationId'
  | 'editionOf'
  | 'expiryHour'
  | 'issuer'
  | 'model'
  | 'quantity'
  | 'thirdPartySerial'
  | 'tokenId'
  | 'unitOfMeasure'
  | 'variant'
  | 'version'
export type Details = Readonly<Partial<Record<Detail, string>>>

/** What to look up; the keys are normalised as in the record. */
export type LookupKey =
  | { readonly by: 'DEVICE_ID'; readonly deviceId: string }
  | { readonly by: 'IDENTITY'; readonly identityKey: string }
  | { readonly by: 'SERIAL'; readonly serialKey: string }
  /** A lot, not one unit; a lot is unique only within its UDI-DI. Null: of whatever model. */
  | { readonly by: 'LOT'; readonly udiDiKey: string | null; readonly lotKey: string }
  /** A model, not one unit. */
  | { readonly by: 'MODEL'; readonly udiDiKey: string }

/** What a reader made of a text. */
export interface Reading extends Partial<Omit<ParsedIdentifier, 'input' | 'problems'>> {
  readonly syntax: IdentifierSyntax
  readonly agency?: Agency
  readonly details?: Details
  readonly problems: readonly Problem[]
  /**
   * One text can be a device id and a serial at once: whatever answers to any key is a candidate.
   * Without a key nothing can be looked up: the identifier is invalid. A problem of weight FAULT
   * takes them all away.
   */
  readonly keys: readonly LookupKey[]
}

/** What a text alone does not tell. */
export interface ReadingContext {
  /** Configured names of the contracts; empty when they are not known. */
  readonly contracts: ReadonlyMap<Address, string>
  /** EIP-155 id of the chain that is followed, decimal; absent when it is not known. */
  readonly chainId?: string
  /** The present year, for dates with two digits: that of the block of the answer. */
  readonly year: number
}

/**
 * Reads one syntax. Pure, and never throws.
 *
 * @param text trimmed, not empty, compatibility characters folded (NFKC), without control
 *   characters but GS (0x1D), which separates the elements of a GS1 scan
 * @param blanksBehind how many blanks were trimmed from its end: in HIBC one can be the check
 *   character
 * @returns undefined where the text is not of this syntax, for the next reader to try
 */
export type IdentifierReader = (
  text: string,
  context: ReadingContext,
  blanksBehind: number,
) => Reading | undefined
