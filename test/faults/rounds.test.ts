import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DatabaseServer } from './parts/database-server'
import { playRounds } from './rounds'
import { soak } from './soak'

/**
 * Goal: whatever fails around the indexer and however often, its ledger becomes that of a clean
 * run. Method: a short version of `npm run test:faults`, from a fresh seed.
 */

/** The fourth fork is a deep one: it comes, and is repaired, in the middle third of the time. */
const SOAK_SECONDS = 40
const FORK_EVERY_SECONDS = 5.5
/** Blocks in 3 s: other tests make the machine busy. At half its pace the lag grows by 170. */
const LAG_GROWTH_MAX = 50

let server: DatabaseServer

beforeAll(async () => {
  server = await DatabaseServer.start()
})
afterAll(() => server?.stop())

test('rounds of random life under random faults leave the ledger of a clean run', async () => {
  const seed = Number(process.env.PROPERTY_SEED ?? randomInt(2 ** 31))
  const played = await playRounds(server, { rounds: 5, seed })
  const failed = played.filter(({ findings }) => findings.length > 0)
  expect(failed, `seed ${seed}`).toEqual([])
  console.log(`faults: ${played.length} rounds, seed ${seed}`)
}, 600_000)

test('traffic with forks: memory does not grow, nor the lag, and nothing is lost', async () => {
  const seed = randomInt(2 ** 31)
  const options = {
    seconds: SOAK_SECONDS,
    forkEverySeconds: FORK_EVERY_SECONDS,
    lagGrowthMax: LAG_GROWTH_MAX,
    seed,
  }
  const { findings, forks, log } = await soak(server, options)
  expect(findings, `seed ${seed}\n${log.slice(-4_000)}`).toEqual([])
  expect(forks).toBeGreaterThan(4)
}, 300_000)
