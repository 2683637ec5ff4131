import { functions } from '../../abi/DeviceNFT'
import { MODELS } from '../story/catalogue'
import { type PartyKey, partyAt } from '../story/parties'
import type { DemoChain } from './demo-chain'

/** What the chain says of a live unit now. */
export interface UnitView {
  readonly tokenId: bigint
  /** Number of its model, from 1. */
  readonly model: number
  readonly manufacturer: PartyKey
  readonly holder: PartyKey
  /** Receiver of an open hand-off. */
  readonly receiver: PartyKey | undefined
  /** Wei; 0 where it is not for sale. */
  readonly price: bigint
  readonly locked: boolean
  readonly recalled: boolean
}

/** Units minted so far; their tokens are 1 to this number. */
export async function unitCount(chain: DemoChain): Promise<number> {
  const answer = await chain.read(functions.unitCount.encode({}))
  return Number(functions.unitCount.decodeResult(answer))
}

/** A unit at the last block; `undefined` where the token is burned or a stranger has it. */
export async function readUnit(chain: DemoChain, tokenId: bigint): Promise<UnitView | undefined> {
  const owner = await chain.read(functions.ownerOf.encode({ tokenId })).catch(() => undefined)
  const holder = owner === undefined ? undefined : partyAt(functions.ownerOf.decodeResult(owner))
  if (holder === undefined) return undefined
  const [unit, receiver, sale, locked, recalled] = await Promise.all([
    chain.read(functions.unitOf.encode({ tokenId })),
    chain.read(functions.handoffOf.encode({ tokenId })),
    chain.read(functions.saleOf.encode({ tokenId })),
    chain.read(functions.locked.encode({ tokenId })),
    chain.read(functions.isRecalled.encode({ tokenId })),
  ])
  const model = Number(functions.unitOf.decodeResult(unit).modelId)
  const manufacturer = MODELS[model - 1]?.manufacturer
  if (manufacturer === undefined) return undefined
  return {
    tokenId,
    model,
    manufacturer,
    holder,
    receiver: partyAt(functions.handoffOf.decodeResult(receiver)),
    price: functions.saleOf.decodeResult(sale).price,
    locked: functions.locked.decodeResult(locked),
    recalled: functions.isRecalled.decodeResult(recalled),
  }
}
