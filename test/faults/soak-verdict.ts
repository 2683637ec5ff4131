/** One look at an indexer under load. */
export interface SoakSample {
  /** Seconds since the beginning. */
  at: number
  /** Resident memory in bytes; undefined where the system does not tell. */
  memory: number | undefined
  /** Blocks that the ledger is behind the chain. */
  lag: number
  height: number
}

/** What the first and the last third of the time have in common, and what not. */
export interface SoakVerdict {
  findings: string[]
  memoryMiB: { first: number; last: number }
  lagBlocks: { first: number; last: number }
}

/** Caches fill and code is compiled in this part of the time; it is left out. */
const WARM_UP = 0.2
/** A leak of one log object an event would take more within minutes. */
const MEMORY_GROWTH_MAX = 1.2
const MEMORY_SLACK_MIB = 30
/** One more look of a head poll, at the pace of the soak, is five blocks. */
const LAG_GROWTH_MAX_BLOCKS = 10
const MIB = 2 ** 20

/**
 * Memory is flat and the lag does not grow if the last third of the time is like the first after
 * the warm-up. Medians: one garbage collection or one fork more or less says nothing.
 */
export function judgeSoak(
  samples: readonly SoakSample[],
  lagGrowthMax: number = LAG_GROWTH_MAX_BLOCKS,
): SoakVerdict {
  const warm = samples.slice(Math.floor(samples.length * WARM_UP))
  const third = Math.max(1, Math.floor(warm.length / 3))
  const [first, last] = [warm.slice(0, third), warm.slice(-third)]
  const memory = { first: memoryOf(first), last: memoryOf(last) }
  const lag = { first: median(first.map(lagOf)), last: median(last.map(lagOf)) }
  const findings: string[] = []
  if (memory.last > memory.first * MEMORY_GROWTH_MAX + MEMORY_SLACK_MIB) {
    findings.push(`memory grew from ${memory.first} MiB to ${memory.last} MiB`)
  }
  if (lag.last > lag.first + lagGrowthMax) {
    findings.push(`the lag grew from ${lag.first} to ${lag.last} blocks`)
  }
  return { findings, memoryMiB: memory, lagBlocks: lag }
}

function lagOf({ lag }: SoakSample): number {
  return lag
}

function memoryOf(samples: readonly SoakSample[]): number {
  const known = samples.flatMap(({ memory }) => (memory === undefined ? [] : [memory]))
  return known.length === 0 ? 0 : Math.round(median(known) / MIB)
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
