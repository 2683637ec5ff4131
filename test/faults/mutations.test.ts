import { afterAll, beforeAll, expect, test } from 'vitest'
import { catchMutations, MUTATIONS } from './mutations'
import { DatabaseServer } from './parts/database-server'

/**
 * Goal: a harness that finds nothing finds nothing because nothing is there. Method: bugs are put
 * into copies of the program, and the scenario that is made for each has to catch it. The whole
 * check, all scenarios against all bugs, is `npm run test:faults -- --mutations`.
 */

let server: DatabaseServer

beforeAll(async () => {
  server = await DatabaseServer.start()
})
afterAll(() => server?.stop())

test('each deliberate bug is caught', async () => {
  const caught = await catchMutations(server, { seed: 7, quick: true })
  expect(caught.filter(({ by }) => by.length === 0)).toEqual([])
  expect(caught).toHaveLength(MUTATIONS.length)
}, 600_000)
