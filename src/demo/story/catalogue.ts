import { containerCheckDigit, withGs1CheckDigit } from './check-digits'
import type { PartyKey } from './parties'

/** A model that is submitted to the regulator. Model numbers are the places in the list, from 1. */
export interface CatalogueModel {
  readonly name: string
  /** GTIN-14; empty for goods that carry none. */
  readonly udiDi: string
  readonly manufacturer: PartyKey
  readonly metadataUri: string
  /** Why the regulator turned it down; absent for an approved model. */
  readonly rejectedBecause?: string
}

/** Units minted together: one lot of one model. */
export interface CatalogueLot {
  /** Number of the model, from 1. */
  readonly model: number
  /** Empty where the maker numbers no lots. */
  readonly lot: string
  readonly serials: readonly string[]
  /** YYYYMMDD. */
  readonly manufacturedOn: number
  /** YYYYMMDD, 0 for goods that do not expire. */
  readonly expiresOn: number
}

export const PACEMAKER = 1
export const PUMP = 2
export const CONTAINER = 3
export const WATCH = 4

/** Four approved models, one of them a container type and one a watch, and one rejected. */
export const MODELS: readonly CatalogueModel[] = [
  model('Pulsar DR dual-chamber pacemaker', 'helvetic', gtin(101)),
  model('Tidal 3 volumetric infusion pump', 'nordlicht', gtin(202)),
  model('Dry freight container 20 ft, type 22G1', 'boxworks', ''),
  model('Beaumont Réserve 41 automatic watch', 'beaumont', gtin(404)),
  {
    ...model('Pulsar Nano leadless pacemaker', 'helvetic', gtin(105)),
    rejectedBecause: 'Battery longevity is not shown by the bench data submitted',
  },
]

/** All units of the first script: 300 in eleven lots. */
export const LOTS: readonly CatalogueLot[] = [
  lot(PACEMAKER, 'PDR-2501', serials('PDR25', 1, 25), 20250113, 20330112),
  lot(PACEMAKER, 'PDR-2502', serials('PDR25', 26, 25), 20250120, 20330119),
  lot(PACEMAKER, 'PDR-2503', serials('PDR25', 51, 25), 20250203, 20330202),
  // Relabelled stock whose lot was lost: what a lot recall cannot rule out.
  lot(PACEMAKER, '', serials('PDR25', 76, 25), 20250210, 20330209),
  lot(PUMP, 'T3-0125A', serials('T3-', 1001, 30), 20250127, 20350126),
  lot(PUMP, 'T3-0125B', serials('T3-', 1031, 30), 20250129, 20350128),
  lot(PUMP, 'T3-0225A', serials('T3-', 1061, 30), 20250217, 20350216),
  lot(PUMP, 'T3-0225B', serials('T3-', 1091, 30), 20250219, 20350218),
  lot(CONTAINER, '', containerNumbers('DTRU', 410_000, 40), 20250115, 0),
  lot(WATCH, 'R41-I', serials('R41-', 1, 20), 20250221, 0),
  lot(WATCH, 'R41-II', serials('R41-', 21, 20), 20250307, 0),
]

/** Container numbers of ISO 6346 from `first` upwards, without those of doubtful check digit. */
export function containerNumbers(prefix: string, first: number, count: number): string[] {
  const numbers: string[] = []
  for (let number = first; numbers.length < count && number < 1_000_000; number++) {
    const body = `${prefix}${String(number).padStart(6, '0')}`
    const check = containerCheckDigit(body)
    if (check !== undefined) numbers.push(`${body}${check}`)
  }
  return numbers
}

/** The metadata document of a unit; no content-addressed store is in reach of an offline demo. */
export function unitMetadataUri(serial: string, revision = 1): string {
  return `https://metadata.example/units/${encodeURIComponent(serial)}/v${revision}.json`
}

function model(name: string, manufacturer: PartyKey, udiDi: string): CatalogueModel {
  const slug = name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  return { name, manufacturer, udiDi, metadataUri: `https://metadata.example/models/${slug}.json` }
}

// 0952…: the GS1 prefix for demonstrations and examples.
function gtin(item: number): string {
  return withGs1CheckDigit(`0952${String(item).padStart(9, '0')}`)
}

function lot(
  modelNumber: number,
  name: string,
  serialList: readonly string[],
  manufacturedOn: number,
  expiresOn: number,
): CatalogueLot {
  return { model: modelNumber, lot: name, serials: serialList, manufacturedOn, expiresOn }
}

function serials(prefix: string, first: number, count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `${prefix}${String(first + index).padStart(4, '0')}`,
  )
}
