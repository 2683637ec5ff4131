/** Numbers that look random and are the same for the same seed on every machine. */
export class Random {
  private state: number

  /** @param seed a whole number; its low 32 bits count */
  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** A whole number from 0 to 2^32 - 1: mulberry32 of Tommy Ettinger, public domain. */
  uint32(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = this.state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  /** From 0 to 1, without 1. */
  share(): number {
    return this.uint32() / 2 ** 32
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return this.uint32() % limit
  }

  /** One of some values, which must not be empty. */
  pick<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)]
    if (value === undefined) throw new RangeError('nothing to pick from: the list is empty')
    return value
  }

  /** Hex digits with 0x: what a hash or an address looks like to a database. */
  hex(bytes: number): string {
    let digits = ''
    while (digits.length < bytes * 2) digits += this.uint32().toString(16).padStart(8, '0')
    return `0x${digits.slice(0, bytes * 2)}`
  }
}
