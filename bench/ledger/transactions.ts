import { type EventOfContract, SupplyChain } from './supply-chain'

/**
 * The transactions of a supply chain until so many logs are out, one at a time: memory grows with
 * the units that are alive, not with the logs.
 */
export class Transactions {
  /** Logs that are still to come. */
  left: number
  private readonly chain: SupplyChain
  private readonly opening: EventOfContract[]

  /** @param logs in all; the chain's opening takes the first ones */
  constructor(logs: number, seed: number) {
    this.left = logs
    this.chain = new SupplyChain(seed)
    this.opening = [...this.chain.opening]
  }

  /** The logs of the next transaction, at least one, and at most `room` or what is left. */
  next(room: number): readonly EventOfContract[] {
    const first = this.opening.shift()
    const logs = first === undefined ? this.chain.next(Math.min(room, this.left)) : [first]
    this.left -= logs.length
    return logs
  }
}
