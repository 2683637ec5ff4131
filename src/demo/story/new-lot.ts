import {
  type CatalogueLot,
  CONTAINER,
  containerNumbers,
  MODELS,
  PACEMAKER,
  PUMP,
  WATCH,
} from './catalogue'
import type { PartyKey } from './parties'
import type { Random } from './random'

const PREFIXES: Readonly<Record<number, string>> = {
  [PACEMAKER]: 'PDR',
  [PUMP]: 'T3',
  [WATCH]: 'R41',
}
const SERVICE_LIFE_YEARS: Readonly<Record<number, number>> = { [PACEMAKER]: 8, [PUMP]: 10 }

/** A small lot that a maker adds while the demo runs. */
export interface NewLot {
  readonly maker: PartyKey
  readonly lot: CatalogueLot
}

/**
 * Two to four units of some approved model. Serials are built from the token number, so that no
 * identity is ever minted twice, also after the demo went on from an older state of its chain.
 *
 * @param firstToken number that the first unit will get
 * @param timestamp Unix time in seconds of the day of manufacture
 */
export function newLot(firstToken: number, timestamp: number, random: Random): NewLot {
  const model = random.pick([PACEMAKER, PUMP, CONTAINER, WATCH])
  const count = 2 + random.whole(3)
  const maker = MODELS[model - 1]?.manufacturer
  const prefix = PREFIXES[model]
  if (maker === undefined) throw new RangeError(`no model ${model} in the catalogue`)
  const manufacturedOn = yyyymmdd(timestamp)
  const life = SERVICE_LIFE_YEARS[model]
  const lot: CatalogueLot = {
    model,
    lot: prefix === undefined ? '' : `${prefix}-N${firstToken}`,
    serials: serialsOf(prefix, firstToken, count),
    manufacturedOn,
    expiresOn: life === undefined ? 0 : yearsLater(timestamp, life),
  }
  return { maker, lot }
}

// Two numbers are kept free a unit, for those whose check digit ISO 6346 advises against.
function serialsOf(prefix: string | undefined, firstToken: number, count: number): string[] {
  if (prefix === undefined) return containerNumbers('DTRU', 500_000 + firstToken * 2, count)
  return Array.from({ length: count }, (_, index) => `${prefix}-N${firstToken + index}`)
}

// The first of the month: it exists in every year, the 29th of February does not.
function yearsLater(timestamp: number, years: number): number {
  const monthStart = Math.floor(yyyymmdd(timestamp) / 100) * 100 + 1
  return monthStart + years * 10_000
}

function yyyymmdd(timestamp: number): number {
  return Number(new Date(timestamp * 1000).toISOString().slice(0, 10).replaceAll('-', ''))
}
