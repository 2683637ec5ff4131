import { type Context, ponder } from 'ponder:registry'
import { custodyPeriod, device, owner } from 'ponder:schema'
import { type Hex, zeroAddress } from 'viem'
import { deviceId, periodId } from '../../../src/domain/ids'
import { changeDevice } from './devices'
import { CONTRACT, firstSeen, type LogPlace, meetOwner, placeOf } from './record'

/** A token changed hands: ends the period of the sender, begins that of the receiver. */
ponder.on('DeviceNFT:Transfer', async ({ event, context }) => {
  const at = await placeOf(context, event)
  const { from, to, tokenId } = event.args
  const id = deviceId(CONTRACT, tokenId)
  const isMint = from === zeroAddress
  const receiver = to === zeroAddress ? null : await meetOwner(context, to, at)
  if (isMint) await addDevice(context, id, tokenId, at)
  const before = await context.db.find(device, { id })
  if (before === null) throw new Error(`device ${id} moves before its mint`)
  if (!isMint) await endPeriod(context, periodId(id, before.periodCount - 1), at, receiver === null)
  if (before.ownerId) await holdMore(context, before.ownerId, -1)
  if (receiver) {
    const period = { number: before.periodCount, ownerId: receiver, isMint }
    await beginPeriod(context, id, period, at)
    await holdMore(context, receiver, 1)
  }
  await changeDevice(context, id, ({ periodCount }) => ({
    ownerId: receiver,
    periodCount: periodCount + (receiver ? 1 : 0),
    inTransitToId: null,
    salePrice: null,
  }))
})

async function addDevice({ db }: Context, id: string, tokenId: bigint, at: LogPlace) {
  await db.insert(device).values({
    id,
    contract: CONTRACT,
    tokenId,
    periodCount: 0,
    locked: false,
    disposition: 'IN_FIELD',
    ...firstSeen(at),
  })
}

async function holdMore({ db }: Context, id: Hex, more: number) {
  await db.update(owner, { id }).set((row) => ({ devicesHeld: row.devicesHeld + more }))
}

async function endPeriod({ db }: Context, id: string, at: LogPlace, endedByBurn: boolean) {
  await db.update(custodyPeriod, { id }).set({
    untilBlock: at.height,
    untilLogIndex: at.logIndex,
    until: at.timestamp,
    untilTxHash: at.txHash,
    endedByBurn,
  })
}

interface Period {
  readonly number: number
  readonly ownerId: Hex
  readonly isMint: boolean
}

async function beginPeriod({ db }: Context, id: string, period: Period, at: LogPlace) {
  const { number, ownerId, isMint } = period
  await db.insert(custodyPeriod).values({
    id: periodId(id, number),
    deviceId: id,
    number,
    ownerId,
    startedBy: isMint ? 'MINT' : 'MOVE',
    blockHeight: at.height,
    logIndex: at.logIndex,
    since: at.timestamp,
    txHash: at.txHash,
    endedByBurn: false,
  })
}
