import { Random } from '../../bench/random'
import type { DatabaseServer } from './parts/database-server'
import { Look } from './parts/look'
import { Watch } from './parts/watch'
import { compareWithCleanRun } from './round'
import { World, type WorldOptions } from './world'

/** One thing that goes wrong, always in the same way. */
export interface Scenario {
  /** What goes wrong. */
  name: string
  endpoints: number
  /**
   * Lets it go wrong in a world whose indexer is at the head, and puts an end to it.
   *
   * @returns what was seen meanwhile that must not be
   */
  play(world: World, random: Random): Promise<string[]>
}

/** How a scenario ended. No findings: as it must. */
export interface ScenarioResult {
  findings: string[]
  /** What the indexer printed. */
  log: string
}

/**
 * Plays a scenario in a new world; afterwards the indexer has to come to the head with the ledger
 * of a clean run, and nothing wrong may have been called final meanwhile.
 */
export async function playScenario(
  server: DatabaseServer,
  scenario: Scenario,
  options: Omit<WorldOptions, 'endpoints'>,
): Promise<ScenarioResult> {
  const world = await World.create(server, { ...options, endpoints: scenario.endpoints })
  const look = new Look(world.look.url)
  const watch = new Watch(look, world.histories)
  const findings: string[] = []
  try {
    await world.caughtUp()
    findings.push(...(await scenario.play(world, new Random(options.seed))))
    world.calm()
    await world.caughtUp()
    findings.push(...(await compareWithCleanRun(world)))
  } catch (error) {
    findings.push(error instanceof Error ? error.message : String(error))
  } finally {
    await watch.stop()
    await look.close()
    await world.close()
  }
  return { findings: [...findings, ...watch.violations], log: world.indexer.output }
}
