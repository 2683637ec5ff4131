import { Random } from '../../bench/random'
import type { DatabaseServer } from './parts/database-server'
import { keepLog } from './parts/kept-log'
import { playRound, type RoundResult } from './round'
import { planRound } from './round-plan'
import { World, type WorldOptions } from './world'

/** Rounds that one world lives through: ledgers with a past break differently from new ones. */
export const ROUNDS_OF_WORLD = 5

export interface RoundsOptions {
  rounds: number
  seed: number
  /** Folder of the compiled program, where it is not the project's own. */
  lib?: string
  /** End at the first round that fails. */
  stopAtFailure?: boolean
  /** Told of each round when it is over. */
  played?: (round: PlayedRound) => void
}

/** A round with its place in the run. */
export interface PlayedRound extends RoundResult {
  /** From 1. */
  number: number
  /** The one command that plays it again. */
  replay: string
  /** Where the log of the indexer is, if the round failed. */
  logFile?: string
}

/**
 * Plays rounds, several in each world. Everything follows from the seed but for the moment at which
 * the processes get to run. A world ends with its first round that fails.
 */
export async function playRounds(
  server: DatabaseServer,
  options: RoundsOptions,
): Promise<PlayedRound[]> {
  const played: PlayedRound[] = []
  for (let worldNo = 0; played.length < options.rounds; worldNo++) {
    const wanted = Math.min(ROUNDS_OF_WORLD, options.rounds - played.length)
    const seed = worldSeed(options.seed, worldNo)
    await playWorld(server, { seed, ...(options.lib && { lib: options.lib }) }, wanted, (round) => {
      const numbered = { ...round, number: played.length + 1 }
      played.push(numbered)
      options.played?.(numbered)
    })
    if (options.stopAtFailure && played.some(({ findings }) => findings.length > 0)) break
  }
  return played
}

/** The first world of a run has the seed of the run, so that its seed alone repeats it. */
function worldSeed(seed: number, worldNo: number): number {
  return worldNo === 0 ? seed : new Random(seed * 1_000 + worldNo).uint32()
}

async function playWorld(
  server: DatabaseServer,
  options: WorldOptions,
  rounds: number,
  played: (round: Omit<PlayedRound, 'number'>) => void,
): Promise<void> {
  const world = await World.create(server, options)
  try {
    const seeds = new Random(options.seed ^ 0x5eed)
    for (let n = 1; n <= rounds; n++) {
      const plan = planRound(seeds.uint32(), world.endpoints.length)
      const result = await playRound(world, plan)
      const replay = `npm run test:faults -- --seed ${options.seed} --rounds ${n}`
      const failed = result.findings.length > 0
      played({
        ...result,
        replay,
        ...(failed && {
          logFile: keepLog(world.indexer.output, `round-${world.seed}-${plan.seed}`),
        }),
      })
      if (failed) return
    }
  } finally {
    await world.close()
  }
}
