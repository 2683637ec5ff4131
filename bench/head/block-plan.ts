import { type ContractCall, calls } from '../../src/demo/story/contract-calls'
import type { PartyKey } from '../../src/demo/story/parties'

/** Logs in each block of the workload. */
export const EVENTS_OF_BLOCK = 50

const MAKER: PartyKey = 'helvetic'
const DISTRIBUTOR: PartyKey = 'medlogix'
const CARRIER: PartyKey = 'oceanway'
const MODEL = 1
const UNITS = 8
const LOCKS = 2
/** A unit's way from its mint to its lock takes so many blocks: only then is a block full. */
const STEPS = 5

/** The directory and the model, on which the blocks build: one block for each list. */
export const OPENING: readonly (readonly ContractCall[])[] = [
  [
    ...(['regulator', MAKER, DISTRIBUTOR, CARRIER] as const).map((key) => calls.setParty(key)),
    calls.grantRole('REGULATOR_ROLE', 'regulator'),
    calls.grantRole('MANUFACTURER_ROLE', MAKER),
  ],
  [
    calls.submitModel({
      manufacturer: MAKER,
      udiDi: '09506000134352',
      name: 'Pulsar One',
      metadataUri: 'https://metadata.example/models/pulsar-one.json',
    }),
  ],
  [calls.approveModel(BigInt(MODEL))],
]

/** Full blocks begin with this one, from 0. */
export const FIRST_FULL = STEPS - 1

/**
 * The calls of a block: eight units are minted, those of the block before go to the distributor,
 * those before them set out to the carrier, those before them arrive, and two of those before them
 * are locked. 27 transactions with 50 logs, from block `FIRST_FULL` on.
 *
 * @param index of the block after the opening, from 0
 */
export function callsOf(index: number): ContractCall[] {
  const lot = `L-${index}`
  const serials = unitsOf(index).map((tokenId) => `HB-${tokenId}`)
  return [
    calls.mintBatch(MAKER, { model: MODEL, lot, serials, manufacturedOn: 20260101, expiresOn: 0 }),
    ...unitsOf(index - 1).map((unit) => calls.transfer(MAKER, unit, DISTRIBUTOR)),
    ...unitsOf(index - 2).map((unit) => calls.startHandoff(DISTRIBUTOR, unit, CARRIER)),
    ...unitsOf(index - 3).map((unit) => calls.confirmHandoff(CARRIER, unit)),
    ...unitsOf(index - 4)
      .slice(0, LOCKS)
      .map((unit) => calls.lock(MAKER, unit)),
  ]
}

/** Token ids that a block mints: the contract counts from 1. */
function unitsOf(index: number): bigint[] {
  return index < 0 ? [] : Array.from({ length: UNITS }, (_, i) => BigInt(index * UNITS + i + 1))
}
