import { toAddress } from '../../domain/address'
import { gtinProblem } from '../../domain/identifiers/gtin'
import { textKey, udiDiKey } from '../../domain/identity-key'
import { checkDate, checkText } from '../arguments'
import type { UnitEvidence } from './evidence'
import { type Finding, finding } from './finding'

/** What the label or the seller says. Null and absent mean that nothing is claimed. */
export interface DeviceClaims {
  udiDi?: string | null | undefined
  serial?: string | null | undefined
  lot?: string | null | undefined
  /** YYYY-MM-DD */
  manufacturedOn?: string | null | undefined
  /** YYYY-MM-DD */
  expiresOn?: string | null | undefined
  /** Address, or name in the directory. */
  holder?: string | null | undefined
}

type Field = keyof DeviceClaims

/** What is compared: the text to show, and its normal form. */
interface Recorded {
  text: string
  key: string
}

interface Comparison {
  name: string
  /** Code of the reason when the claim differs. */
  code: string
  keyOf(claim: string): string
  recorded(unit: UnitEvidence, claim: string): Recorded | null
}

const COMPARISONS: Readonly<Record<Field, Comparison>> = {
  udiDi: {
    name: 'UDI-DI',
    code: 'UDI_DI_DIFFERS',
    keyOf: udiDiKey,
    recorded: ({ udiDi }) => known(udiDi, udiDiKey),
  },
  serial: {
    name: 'Serial',
    code: 'SERIAL_DIFFERS',
    keyOf: textKey,
    recorded: ({ serial }) => known(serial, textKey),
  },
  lot: {
    name: 'Lot',
    code: 'LOT_DIFFERS',
    keyOf: textKey,
    recorded: ({ lot }) => known(lot, textKey),
  },
  manufacturedOn: {
    name: 'Date of manufacture',
    code: 'MANUFACTURED_ON_DIFFERS',
    keyOf: textKey,
    recorded: ({ manufacturedOn }) => known(manufacturedOn, textKey),
  },
  expiresOn: {
    name: 'Expiry date',
    code: 'EXPIRES_ON_DIFFERS',
    keyOf: textKey,
    recorded: ({ expiresOn }) => known(expiresOn, textKey),
  },
  holder: { name: 'Holder', code: 'HOLDER_DIFFERS', keyOf: textKey, recorded: recordedHolder },
}

/**
 * A claim must be text that can be compared.
 *
 * @throws ARGUMENT_UNREADABLE names the claim
 */
export function checkClaims(claims: DeviceClaims): void {
  for (const [field, value] of stated(claims)) {
    checkText(`claims.${field}`, value)
    if (field === 'manufacturedOn' || field === 'expiresOn') checkDate(`claims.${field}`, value)
  }
}

/**
 * Compares what is claimed with the record, in normal form. A claim on something that the record
 * lacks can be neither confirmed nor refuted: it is reported, and weighs nothing.
 *
 * @param source where the claims come from, for the message
 */
export function compareClaims(claims: DeviceClaims, unit: UnitEvidence, source: string): Finding[] {
  return stated(claims).map(([field, claim]) => {
    const { name, code, keyOf, recorded } = COMPARISONS[field]
    const record = recorded(unit, claim)
    if (record === null) {
      const message = `${name} "${claim}" ${source} cannot be checked: the record has none.`
      return finding('CLAIM_NOT_ON_RECORD', message)
    }
    if (keyOf(claim) === record.key) {
      return finding('CLAIM_CONFIRMED', `${name} "${claim}" ${source} is that of the record.`)
    }
    const gtin = field === 'udiDi' ? gtinProblem(claim.trim()) : undefined
    const hint = gtin === undefined ? '' : ` (${gtin})`
    const message = `${name} is "${claim}" ${source}${hint}, but "${record.text}" on record.`
    return finding(code, message, { asksFor: 'MISMATCH', at: unit.mint })
  })
}

/** Forms send empty text for what was not filled in: it claims nothing. */
function stated(claims: DeviceClaims): [Field, string][] {
  return FIELDS.flatMap((field): [Field, string][] => {
    const value = claims[field]
    return value == null || value.trim() === '' ? [] : [[field, value]]
  })
}

const FIELDS: readonly Field[] = ['udiDi', 'serial', 'lot', 'manufacturedOn', 'expiresOn', 'holder']

function known(text: string | null, keyOf: (text: string) => string): Recorded | null {
  return text?.trim() ? { text, key: keyOf(text) } : null
}

function recordedHolder(unit: UnitEvidence, claim: string): Recorded | null {
  if (unit.burn !== null) return { text: 'nobody: it is decommissioned', key: '' }
  const claimsAddress = toAddress(claim.trim()) !== undefined
  return known(claimsAddress ? unit.ownerId : unit.ownerName, textKey)
}
