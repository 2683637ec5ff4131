import { unitMetadataUri } from './catalogue'
import { calls } from './contract-calls'
import type { PartyKey } from './parties'
import type { Random } from './random'
import { range, type ScriptWriter } from './script-writer'

const HOSPITALS: readonly PartyKey[] = ['brigid', 'dulac', 'sanmarco']

/** The unit whose history the screen offers: a pacemaker sold, then handed on. */
export const TOLD_UNIT = 26

/** April to June 2025: hand-offs, sales with fees, plain transfers, locks and new metadata. */
export function writeTrade(writer: ScriptWriter, random: Random): void {
  tradePacemakers(writer, random)
  tradePumps(writer, random)
  tradeContainers(writer)
  tradeWatches(writer)
}

// Tokens 1 to 100; 81 to 100 stay with their maker, 61 to 80 with the distributor.
function tradePacemakers(writer: ScriptWriter, random: Random): void {
  const buyer = (token: number) => (token === TOLD_UNIT ? 'brigid' : random.pick(HOSPITALS))
  writer.at('2025-04-01T08:00:00Z').send(range(1, 80), 'medlogix')
  writer.at('2025-04-03T13:20:00Z').receive(range(1, 80))
  writer.at('2025-04-08T09:00:00Z').sell(range(1, 30), 4_200, buyer)
  writer.at('2025-04-14T09:00:00Z').sell(range(31, 60), 4_350, buyer)
  const moved = [TOLD_UNIT, ...range(1, 40).filter((token) => writer.holder(token) === 'sanmarco')]
  writer.at('2025-04-22T06:30:00Z').send(moved, 'dulac')
  writer.at('2025-04-22T16:10:00Z').receive(moved)
}

// Tokens 101 to 220.
function tradePumps(writer: ScriptWriter, random: Random): void {
  writer.at('2025-05-02T08:00:00Z').transfer(range(101, 190), 'medlogix')
  writer.at('2025-05-07T10:00:00Z').sell(range(101, 170), 650, () => random.pick(HOSPITALS))
  writer.at('2025-05-12T11:00:00Z')
  for (const token of [171, 172, 173]) writer.add(calls.lock('regulator', BigInt(token)))
  writer.at('2025-05-19T11:00:00Z')
  for (const token of [171, 172]) writer.add(calls.unlock('regulator', BigInt(token)))
  writer.at('2025-05-21T17:00:00Z')
  for (const token of range(101, 110)) {
    const uri = unitMetadataUri(`T3-${1001 + token - 101}`, 2)
    writer.add(calls.setMetadata('nordlicht', BigInt(token), uri))
  }
}

// Tokens 221 to 260: sold to a carrier, some carried on to the distributor and back.
function tradeContainers(writer: ScriptWriter): void {
  writer.at('2025-06-02T05:00:00Z').sell(range(221, 250), 900, () => 'oceanway')
  writer.at('2025-06-05T05:00:00Z').send(range(221, 230), 'medlogix')
  writer.at('2025-06-11T19:00:00Z').receive(range(221, 230))
  writer.at('2025-06-13T05:00:00Z').send(range(221, 225), 'oceanway')
  writer.at('2025-06-17T19:00:00Z').receive(range(221, 225))
}

// Tokens 261 to 300: maker, shop, collector, and a few resold.
function tradeWatches(writer: ScriptWriter): void {
  writer.at('2025-06-18T10:00:00Z').send(range(261, 290), 'kronos')
  writer.at('2025-06-19T10:00:00Z').receive(range(261, 290))
  writer.at('2025-06-24T14:00:00Z').sell(range(261, 278), 11_500, () => 'collector')
  writer.at('2025-06-28T18:00:00Z').sell(range(261, 264), 14_000, () => 'heir')
  const price = 12_000n * 10n ** 15n
  writer.at('2025-06-29T10:00:00Z')
  for (const token of range(279, 282)) writer.add(calls.list('kronos', BigInt(token), price))
  writer.at('2025-06-30T10:00:00Z').add(calls.delist('kronos', 282n))
}
