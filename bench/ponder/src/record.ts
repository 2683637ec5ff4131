import type { Context, Event, EventNames } from 'ponder:registry'
import { block, deviceEvent, owner } from 'ponder:schema'
import type { Hex } from 'viem'
import { heightKey, positionKey } from '../../../src/domain/position'

/** Name of the contract in CONTRACTS, the first part of the ids. */
export const CONTRACT = 'dev'

/** What every row made from one log repeats. */
export interface LogPlace {
  readonly height: number
  readonly logIndex: number
  readonly timestamp: Date
  readonly txHash: Hex
}

/** Reads the place of a log, and adds the row of its block where it is the first one there. */
export async function placeOf(
  { db }: Context,
  event: Pick<Event<EventNames>, 'block' | 'log' | 'transaction'>,
): Promise<LogPlace> {
  const height = Number(event.block.number)
  const timestamp = new Date(Number(event.block.timestamp) * 1000)
  await db
    .insert(block)
    .values({ id: heightKey(height), height, hash: event.block.hash, timestamp })
    .onConflictDoNothing()
  return { height, logIndex: event.log.logIndex, timestamp, txHash: event.transaction.hash }
}

/** Where and when a row was first seen, in the columns that the tables share. */
export function firstSeen({ height, logIndex, timestamp }: LogPlace) {
  return { blockHeight: height, logIndex, timestamp }
}

/** Makes sure that an owner has a row; its address in lower case. */
export async function meetOwner({ db }: Context, address: Hex, at: LogPlace): Promise<Hex> {
  const id = lowerHex(address)
  await db
    .insert(owner)
    .values({ id, listed: false, devicesHeld: 0, ...firstSeen(at) })
    .onConflictDoNothing()
  return id
}

export interface Recorded {
  readonly kind: string
  readonly deviceId?: string
  readonly modelId?: string
  readonly party?: Hex
  readonly counterparty?: Hex
  readonly detail?: object
}

/** Adds the row of an event that is no move. */
export async function record(context: Context, at: LogPlace, event: Recorded): Promise<void> {
  const { kind, deviceId, modelId, party, counterparty, detail = {} } = event
  await context.db.insert(deviceEvent).values({
    id: positionKey({ height: at.height, logIndex: at.logIndex }),
    kind,
    contract: CONTRACT,
    deviceId: deviceId ?? null,
    modelId: modelId ?? null,
    partyId: party ? await meetOwner(context, party, at) : null,
    counterpartyId: counterparty ? await meetOwner(context, counterparty, at) : null,
    detail,
    ...firstSeen(at),
    txHash: at.txHash,
  })
}

/** viem writes addresses in mixed case. */
function lowerHex(text: Hex): Hex {
  return `0x${text.slice(2).toLowerCase()}`
}
