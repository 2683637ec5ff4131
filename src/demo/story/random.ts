/** Numbers that look random and are the same for the same seed, on every machine. */
export interface Random {
  /** A whole number from 0 to `below` - 1. */
  whole(below: number): number
  /** One of the values; `values` must not be empty. */
  pick<T>(values: readonly T[]): T
}

/** The generator mulberry32: 32 bits of state, enough for a demo, never for a secret. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const whole = (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
  const pick = <T>(values: readonly T[]): T => {
    const value = values[whole(values.length)]
    if (value === undefined) throw new RangeError('pick() was given an empty list')
    return value
  }
  return { whole, pick }
}
