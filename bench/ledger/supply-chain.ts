import { Random } from '../random'
import { type ApprovedModel, foundation } from './parties'

/** An event in the words of the ABI. */
export interface EventOfContract {
  readonly event: string
  readonly args: Record<string, unknown>
}

const ZERO = `0x${'0'.repeat(40)}`
const UNITS_OF_MINT_MAX = 5
const UNITS_OF_LOT = 250
/** Units that wait in a hand-off, a listing or a lock before the oldest leaves it. */
const WAITING_MIN = 100

/**
 * How often each kind of transaction is tried. Of 200,000 logs about 100,000 come to be mints,
 * 36,000 hand-offs, 24,000 sales, 20,000 plain moves, 14,000 locks and 6,000 decommissions.
 */
const WEIGHTS = {
  mint: 10,
  move: 20,
  handOff: 12,
  confirm: 12,
  list: 8,
  buy: 8,
  lock: 7,
  unlock: 7,
  decommission: 3,
}
const DRAWS = Object.entries(WEIGHTS).flatMap(([name, weight]) => Array(weight).fill(name))

interface Unit {
  readonly tokenId: bigint
  holder: string
  /** Receiver of the hand-off, or price of the listing, that the unit waits in. */
  receiver: string
  price: bigint
}

/**
 * The life of a supply chain as the reference contract would log it, one transaction at a time, the
 * same for the same seed. Nothing in it is out of order, so it leaves no anomaly.
 */
export class SupplyChain {
  /** Logs to emit before the first transaction, each a transaction of its own. */
  readonly opening: readonly EventOfContract[]
  private readonly random: Random
  private readonly holders: readonly string[]
  private readonly models: readonly ApprovedModel[]
  private readonly idle: Unit[] = []
  private readonly handOffs: Unit[] = []
  private readonly listings: Unit[] = []
  private readonly locks: Unit[] = []
  private minted = 0

  constructor(seed: number) {
    this.random = new Random(seed)
    const { holders, models, logs } = foundation(this.random)
    this.holders = holders
    this.models = models
    this.opening = logs
  }

  /** The logs of the next transaction, at least one and at most `room`. */
  next(room: number): EventOfContract[] {
    for (;;) {
      const logs = this.attempt(String(this.random.pick(DRAWS)), room)
      if (logs.length > 0) return logs
    }
  }

  /** No logs where the transaction is impossible now, or longer than the room. */
  private attempt(name: string, room: number): EventOfContract[] {
    if (name === 'mint') return this.mint(Math.min(UNITS_OF_MINT_MAX, Math.floor(room / 2)))
    if (name === 'confirm' && room >= 2) return this.oldest(this.handOffs, this.confirm)
    if (name === 'buy' && room >= 2) return this.oldest(this.listings, this.buy)
    if (name === 'unlock') return this.oldest(this.locks, this.unlock)
    if (name === 'move') return this.anyIdle(this.move)
    if (name === 'handOff') return this.anyIdle(this.handOff)
    if (name === 'list') return this.anyIdle(this.list)
    if (name === 'lock') return this.anyIdle(this.lock)
    if (name === 'decommission' && room >= 2) return this.anyIdle(this.decommission)
    return []
  }

  private oldest(waiting: Unit[], then: (unit: Unit) => EventOfContract[]): EventOfContract[] {
    const unit = waiting.length > WAITING_MIN ? waiting.shift() : undefined
    return unit === undefined ? [] : then(unit)
  }

  private anyIdle(then: (unit: Unit) => EventOfContract[]): EventOfContract[] {
    if (this.idle.length === 0) return []
    const at = this.random.below(this.idle.length)
    const last = this.idle.pop()
    const unit = this.idle[at] ?? last
    if (unit === undefined || last === undefined) return []
    if (unit !== last) this.idle[at] = last
    return then(unit)
  }

  private mint(count: number): EventOfContract[] {
    const lotNo = Math.floor(this.minted / UNITS_OF_LOT)
    // Each lot is of one model and comes from its manufacturer.
    const model = this.models[lotNo % this.models.length]
    if (model === undefined) return []
    return Array.from({ length: count }, () => this.mintUnit(model, lotNo)).flat()
  }

  private mintUnit({ modelId, manufacturer }: ApprovedModel, lotNo: number): EventOfContract[] {
    this.minted += 1
    const tokenId = BigInt(this.minted)
    this.idle.push({ tokenId, holder: manufacturer, receiver: ZERO, price: 0n })
    const identity = {
      serial: `SN-${String(this.minted).padStart(8, '0')}`,
      lot: `LOT-${String(lotNo).padStart(5, '0')}`,
      manufacturedOn: 20260105,
      expiresOn: 20310105,
      metadataUri: `ipfs://unit/${tokenId}`,
      metadataHash: this.random.hex(32),
    }
    return [
      { event: 'Transfer', args: { from: ZERO, to: manufacturer, tokenId } },
      { event: 'DeviceMinted', args: { tokenId, modelId, manufacturer, ...identity } },
    ]
  }

  private readonly move = (unit: Unit) => {
    this.idle.push(unit)
    return [this.transfer(unit, this.otherHolder(unit))]
  }

  private readonly handOff = (unit: Unit) => {
    unit.receiver = this.otherHolder(unit)
    this.handOffs.push(unit)
    const { tokenId, holder: from, receiver: to } = unit
    return [{ event: 'HandoffStarted', args: { tokenId, from, to } }]
  }

  private readonly confirm = (unit: Unit) => {
    this.idle.push(unit)
    const { tokenId, holder: from, receiver: to } = unit
    return [this.transfer(unit, to), { event: 'HandoffConfirmed', args: { tokenId, from, to } }]
  }

  private readonly list = (unit: Unit) => {
    unit.price = BigInt(1 + this.random.below(1_000_000)) * 10n ** 12n
    this.listings.push(unit)
    const { tokenId, holder: seller, price } = unit
    return [{ event: 'SaleListed', args: { tokenId, seller, price } }]
  }

  private readonly buy = (unit: Unit) => {
    this.idle.push(unit)
    const { tokenId, holder: seller, price } = unit
    const buyer = this.otherHolder(unit)
    const sold = { tokenId, seller, buyer, price, fee: price / 50n }
    return [this.transfer(unit, buyer), { event: 'DeviceSold', args: sold }]
  }

  private readonly lock = (unit: Unit) => {
    this.locks.push(unit)
    return [{ event: 'Locked', args: { tokenId: unit.tokenId } }]
  }

  private readonly unlock = (unit: Unit) => {
    this.idle.push(unit)
    return [{ event: 'Unlocked', args: { tokenId: unit.tokenId } }]
  }

  private readonly decommission = (unit: Unit) => {
    const { tokenId, holder } = unit
    const args = { tokenId, holder, reason: 'end of service life' }
    return [{ event: 'DeviceDecommissioned', args }, this.transfer(unit, ZERO)]
  }

  private transfer(unit: Unit, to: string): EventOfContract {
    const from = unit.holder
    unit.holder = to
    return { event: 'Transfer', args: { from, to, tokenId: unit.tokenId } }
  }

  private otherHolder(unit: Unit): string {
    const other = this.random.pick(this.holders)
    return other === unit.holder ? this.otherHolder(unit) : other
  }
}
