import type { Hex } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { withGs1CheckDigit } from './check-digits'

/** The numbers of `IDeviceNFT.PartyKind`. */
export const PARTY_KIND = {
  regulator: 1,
  manufacturer: 2,
  distributor: 3,
  carrier: 4,
  hospital: 5,
  retailer: 6,
  owner: 7,
  other: 8,
} as const

/** A party of the demo; all names are invented. */
export interface Party {
  readonly kind: keyof typeof PARTY_KIND
  readonly name: string
  /** GS1 Global Location Number; empty for a private person, who has none. */
  readonly gln: string
  readonly address: Hex
}

/** The phrase that anvil and Hardhat make their accounts from. Public: never send money to it. */
const MNEMONIC = 'test test test test test test test test test test test junk'

/** All parties by the short names that the script calls them, in the order of their accounts. */
export const PARTIES = {
  registry: party(0, 'other', 'DeviceTrail Demo Registry'),
  treasury: party(1, 'other', 'DeviceTrail Demo Treasury'),
  regulator: party(2, 'regulator', 'National Device Authority'),
  helvetic: party(3, 'manufacturer', 'Helvetic Pulse AG'),
  nordlicht: party(4, 'manufacturer', 'Nordlicht Medizintechnik GmbH'),
  beaumont: party(5, 'manufacturer', 'Atelier Beaumont SA'),
  boxworks: party(6, 'manufacturer', 'Harbour Boxworks Ltd'),
  medlogix: party(7, 'distributor', 'MedLogix Europe BV'),
  oceanway: party(8, 'carrier', 'Oceanway Shipping Line'),
  brigid: party(9, 'hospital', 'St Brigid University Hospital'),
  dulac: party(10, 'hospital', 'Clinique du Lac'),
  sanmarco: party(11, 'hospital', 'Ospedale San Marco'),
  kronos: party(12, 'retailer', 'Kronos & Fils Horlogers'),
  collector: party(13, 'owner', 'Private collector 1'),
  heir: party(14, 'owner', 'Private collector 2'),
} as const satisfies Record<string, Party>

/** The short name of a party. */
export type PartyKey = keyof typeof PARTIES

/** The short names, in the order of the accounts. */
export const PARTY_KEYS: readonly PartyKey[] = Object.keys(PARTIES).filter(isPartyKey)

/** The party at an address in any letter case, or `undefined`. */
export function partyAt(address: string): PartyKey | undefined {
  const wanted = address.toLowerCase()
  return PARTY_KEYS.find((key) => PARTIES[key].address.toLowerCase() === wanted)
}

function isPartyKey(key: string): key is PartyKey {
  return key in PARTIES
}

function party(addressIndex: number, kind: Party['kind'], name: string): Party {
  const { address } = mnemonicToAccount(MNEMONIC, { addressIndex })
  return { kind, name, gln: kind === 'owner' ? '' : gln(addressIndex), address }
}

// 952 is the GS1 prefix for demonstrations and examples: no real location has such a number.
function gln(place: number): string {
  return withGs1CheckDigit(`952${String(1_000 + place).padStart(9, '0')}`)
}
