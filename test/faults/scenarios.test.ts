import { afterAll, beforeAll, expect, test } from 'vitest'
import { DatabaseServer } from './parts/database-server'
import { playScenario } from './scenario'
import { SCENARIOS } from './scenarios'

/**
 * Goal: each fault by itself leaves the ledger of a clean run, and never shows anything wrong as
 * final. Method: the real indexer on scripted nodes, with a Postgres of its own behind a proxy.
 */

let server: DatabaseServer

beforeAll(async () => {
  server = await DatabaseServer.start()
})
afterAll(() => server?.stop())

test.each(SCENARIOS)(
  '$name',
  async (scenario) => {
    const { findings, log } = await playScenario(server, scenario, { seed: 7 })
    expect(findings, log.slice(-4_000)).toEqual([])
  },
  180_000,
)
