import { type ContractCall, calls } from './contract-calls'
import type { PartyKey } from './parties'

/** Calls that are mined into one block, in this order. */
export interface ScriptBlock {
  /** Unix time in seconds of the block. */
  readonly timestamp: number
  readonly calls: readonly ContractCall[]
}

const WEI_PER_ETHER = 10n ** 18n
/** Fits into a block of 30 million gas with room to spare. */
const CALLS_PER_BLOCK = 40

/**
 * Writes a history block by block and keeps the books of who holds which token, so that a chapter
 * says only what happens, and the sender of each call is right.
 */
export class ScriptWriter {
  readonly #blocks: { timestamp: number; calls: ContractCall[] }[] = []
  readonly #holders = new Map<number, PartyKey>()
  readonly #receivers = new Map<number, PartyKey>()
  #nextToken = 1

  /** The history so far. */
  get blocks(): readonly ScriptBlock[] {
    return this.#blocks
  }

  /** Tokens in transit now. */
  get inTransit(): readonly number[] {
    return [...this.#receivers.keys()]
  }

  /** Opens a block at an instant, which must be later than the last block. */
  at(instant: string): this {
    const timestamp = Date.parse(instant) / 1000
    const last = this.#blocks.at(-1)?.timestamp ?? 0
    if (!(timestamp > last)) throw new RangeError(`${instant} is not after the block at ${last}`)
    this.#blocks.push({ timestamp, calls: [] })
    return this
  }

  /** Adds calls to the open block; a full block is followed by one twelve seconds later. */
  add(...added: readonly ContractCall[]): this {
    for (const call of added) {
      const open = this.#blocks.at(-1)
      if (open === undefined) throw new RangeError('at() must open a block first')
      if (open.calls.length < CALLS_PER_BLOCK) open.calls.push(call)
      else this.#blocks.push({ timestamp: open.timestamp + 12, calls: [call] })
    }
    return this
  }

  /** Books units just minted to `holder`; returns their token numbers. */
  minted(count: number, holder: PartyKey): readonly number[] {
    const tokens = range(this.#nextToken, this.#nextToken + count - 1)
    this.#nextToken += count
    for (const token of tokens) this.#holders.set(token, holder)
    return tokens
  }

  /** Who holds a token now. */
  holder(token: number): PartyKey {
    const holder = this.#holders.get(token)
    if (holder === undefined) throw new RangeError(`token ${token} has no holder in the script`)
    return holder
  }

  /** Sends units on their way to `to`. */
  send(tokens: readonly number[], to: PartyKey): this {
    for (const token of tokens) {
      this.add(calls.startHandoff(this.holder(token), BigInt(token), to))
      this.#receivers.set(token, to)
    }
    return this
  }

  /** The receivers take units in. */
  receive(tokens: readonly number[]): this {
    for (const token of tokens) {
      const receiver = this.#receivers.get(token)
      if (receiver === undefined) throw new RangeError(`token ${token} is not in transit`)
      this.add(calls.confirmHandoff(receiver, BigInt(token)))
      this.#receivers.delete(token)
      this.#holders.set(token, receiver)
    }
    return this
  }

  /** The holders call a hand-off off. */
  callOff(tokens: readonly number[]): this {
    for (const token of tokens) {
      this.add(calls.cancelHandoff(this.holder(token), BigInt(token)))
      this.#receivers.delete(token)
    }
    return this
  }

  /** Plain ERC-721 transfers. */
  transfer(tokens: readonly number[], to: PartyKey): this {
    for (const token of tokens) {
      this.add(calls.transfer(this.holder(token), BigInt(token), to))
      this.#holders.set(token, to)
    }
    return this
  }

  /** Units are listed and bought at a price in thousandths of an ether. */
  sell(
    tokens: readonly number[],
    priceMilliEther: number,
    buyer: (token: number) => PartyKey,
  ): this {
    const price = (BigInt(priceMilliEther) * WEI_PER_ETHER) / 1000n
    for (const token of tokens) {
      const to = buyer(token)
      this.add(calls.list(this.holder(token), BigInt(token), price))
      this.add(calls.buy(to, BigInt(token), price))
      this.#holders.set(token, to)
    }
    return this
  }

  /** The holders give units back to their manufacturer. */
  giveBack(tokens: readonly number[], manufacturer: PartyKey, reason: string): this {
    for (const token of tokens) {
      this.add(calls.returnToManufacturer(this.holder(token), BigInt(token), reason))
      this.#holders.set(token, manufacturer)
    }
    return this
  }

  /** The holders take units out of use. */
  decommission(tokens: readonly number[], reason: string): this {
    for (const token of tokens) {
      this.add(calls.decommission(this.holder(token), BigInt(token), reason))
      this.#holders.delete(token)
    }
    return this
  }
}

/** The whole numbers from `first` to `last`, both included. */
export function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
