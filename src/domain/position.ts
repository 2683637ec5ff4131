/**
 * Widths with room: 10 digits hold every int4 height, 6 digits more logs than a block can carry.
 */
const HEIGHT_DIGITS = 10
const LOG_INDEX_DIGITS = 6

/** A place in the log of the chain. The order of facts is the order of positions. */
export interface Position {
  /** Block height. */
  height: number
  /** Index of the log within its block, over all contracts. */
  logIndex: number
}

/** Where a log stands, with what every row made from it repeats. */
export interface LogRef extends Position {
  /** Block time in milliseconds since 1970. */
  timestamp: number
  /** 0x-prefixed. */
  txHash: string
}

/** A block as the ledger knows it. */
export interface BlockRef {
  height: number
  hash: string
  /** Block time in milliseconds since 1970. */
  timestamp: number
}

/** Negative, zero or positive, as for `Array.sort`. */
export function comparePositions(a: Position, b: Position): number {
  return a.height - b.height || a.logIndex - b.logIndex
}

/** Fixed-width text whose order is the order of positions, in TypeScript and in SQL. */
export function positionKey({ height, logIndex }: Position): string {
  return `${heightKey(height)}-${digits(logIndex, LOG_INDEX_DIGITS)}`
}

/** Fixed-width text whose order is the order of heights. */
export function heightKey(height: number): string {
  return digits(height, HEIGHT_DIGITS)
}

function digits(value: number, width: number): string {
  const text = String(value)
  if (!Number.isSafeInteger(value) || value < 0 || text.length > width) {
    throw new RangeError(`position ${value} is not a whole number of at most ${width} digits`)
  }
  return text.padStart(width, '0')
}
