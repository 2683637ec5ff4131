import { createHash } from 'node:crypto'
import { type ChainShape, headHeight, shapeName } from './shape'

const DIGITS = 52
/** In the place of a transaction's index: a block has no such transaction. */
const NO_INDEX = 'ffff'
const ZERO_HASH = `0x${'0'.repeat(64)}`

/** What a hash of the chain names. */
export interface Named {
  readonly height: number
  /** Undefined where it names the block itself. */
  readonly transaction: number | undefined
}

/**
 * The hashes of a chain. Each ends with the place that it names, so nothing has to be kept to find
 * it again; the digits before depend on the shape, so chains of two shapes share no block.
 */
export class ChainNames {
  private readonly shape: string
  private readonly head: number

  constructor(shape: ChainShape) {
    this.shape = shapeName(shape)
    this.head = headHeight(shape)
  }

  /** 32 bytes in lower case; zeros for the block before the genesis. */
  block(height: number): string {
    return height < 0 ? ZERO_HASH : `0x${this.digits(height)}${NO_INDEX}${hex(height, 8)}`
  }

  /** By the hash of its block, which saves a computation, and its index in there. */
  transaction(blockHash: string, index: number): string {
    return `${blockHash.slice(0, 2 + DIGITS)}${hex(index, 4)}${blockHash.slice(-8)}`
  }

  /** What a hash names; undefined for one that is not of this chain. */
  find(hash: string): Named | undefined {
    const height = Number.parseInt(hash.slice(-8), 16)
    if (!(height <= this.head)) return undefined
    const blockHash = this.block(height)
    if (hash === blockHash) return { height, transaction: undefined }
    const index = Number.parseInt(hash.slice(2 + DIGITS, -8), 16)
    return hash === this.transaction(blockHash, index) ? { height, transaction: index } : undefined
  }

  private digits(height: number): string {
    return createHash('sha256').update(`${this.shape} ${height}`).digest('hex').slice(0, DIGITS)
  }
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}
