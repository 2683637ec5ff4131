import { randomInt } from 'node:crypto'

/**
 * How often a property is tried, and from which seed. PROPERTY_SEED repeats a run that failed;
 * PROPERTY_RUNS makes it longer or shorter. The seed is printed by fast-check when a run fails.
 */
export function propertySettings(runs: number): { numRuns: number; seed: number } {
  const seed = Number(process.env.PROPERTY_SEED ?? randomInt(2 ** 31))
  return { numRuns: Number(process.env.PROPERTY_RUNS ?? runs), seed }
}
