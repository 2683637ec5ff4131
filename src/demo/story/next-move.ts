import type { UnitView } from '../chain/unit-view'
import { CONTAINER, PACEMAKER, PUMP, WATCH } from './catalogue'
import { type ContractCall, calls } from './contract-calls'
import { PARTIES, type PartyKey } from './parties'
import type { Random } from './random'
import { OPEN_RECALL } from './recalls'

/** Something that may happen to a unit next, and how the screen tells it. */
export interface Move {
  readonly calls: readonly ContractCall[]
  /** Without the unit's name, such as `Clinique du Lac takes in`. */
  readonly story: string
}

// To whom goods of a model go from each holder. Nobody else passes them on.
const ROUTES: Readonly<Record<number, Partial<Record<PartyKey, readonly PartyKey[]>>>> = {
  [PACEMAKER]: medicalRoutes('helvetic'),
  [PUMP]: medicalRoutes('nordlicht'),
  [CONTAINER]: { boxworks: ['oceanway'], oceanway: ['medlogix', 'kronos'], medlogix: ['oceanway'] },
  [WATCH]: {
    beaumont: ['kronos'],
    kronos: ['collector', 'heir'],
    collector: ['heir'],
    heir: ['kronos'],
  },
}
const PRICE_UNIT = 10n ** 16n

/** A lawful next step for a unit, or `undefined` where it rests. The same for the same `random`. */
export function nextMove(unit: UnitView, random: Random): Move | undefined {
  const { tokenId, holder, receiver, price, locked, recalled } = unit
  if (receiver !== undefined) return settleHandoff(unit, receiver, random)
  if (locked) return told('regulator', 'unlocks', calls.unlock('regulator', tokenId))
  if (recalled) return answerRecall(unit, random)
  const next = ROUTES[unit.model]?.[holder]
  if (next === undefined) return undefined
  const to = random.pick(next)
  if (price > 0n) return told(to, 'buys', calls.buy(to, tokenId, price))
  return passOn(unit, to, random)
}

function settleHandoff({ tokenId, holder }: UnitView, receiver: PartyKey, random: Random): Move {
  if (random.whole(6) > 0)
    return told(receiver, 'takes in', calls.confirmHandoff(receiver, tokenId))
  return told(holder, 'calls off the hand-off of', calls.cancelHandoff(holder, tokenId))
}

function answerRecall(unit: UnitView, random: Random): Move | undefined {
  const { tokenId, holder, manufacturer } = unit
  if (holder === manufacturer) return undefined
  if (random.whole(2) === 0) {
    const note = 'Quarantined'
    const call = calls.resolveRecalledUnit(holder, OPEN_RECALL, tokenId, 'acknowledged', note)
    return told(holder, 'acknowledges the recall of', call)
  }
  const back = calls.returnToManufacturer(holder, tokenId, 'Class I recall')
  const note = 'Received and quarantined'
  const resolved = calls.resolveRecalledUnit(manufacturer, OPEN_RECALL, tokenId, 'returned', note)
  return told(holder, 'returns under the recall', back, resolved)
}

function passOn({ tokenId, holder }: UnitView, to: PartyKey, random: Random): Move {
  const chance = random.whole(20)
  if (chance === 0)
    return told(holder, 'decommissions', calls.decommission(holder, tokenId, 'Worn out'))
  if (chance < 4)
    return told(holder, `transfers to ${PARTIES[to].name}`, calls.transfer(holder, tokenId, to))
  if (chance < 12) {
    const price = PRICE_UNIT * BigInt(20 + random.whole(400))
    return told(holder, 'offers for sale', calls.list(holder, tokenId, price))
  }
  return told(holder, `sends to ${PARTIES[to].name}`, calls.startHandoff(holder, tokenId, to))
}

function told(who: PartyKey, does: string, ...made: readonly ContractCall[]): Move {
  return { calls: made, story: `${PARTIES[who].name} ${does}` }
}

function medicalRoutes(maker: PartyKey): Partial<Record<PartyKey, readonly PartyKey[]>> {
  return {
    [maker]: ['medlogix'],
    medlogix: ['brigid', 'dulac', 'sanmarco'],
    brigid: ['dulac', 'sanmarco'],
    dulac: ['brigid', 'sanmarco'],
    sanmarco: ['brigid', 'dulac'],
  }
}
