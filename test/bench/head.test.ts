import { expect, test } from 'vitest'
import { devicetrail } from '../../bench/head/devicetrail'
import { measure } from '../../bench/head/measure'
import { asText, percentile, reportOf } from '../../bench/head/report'
import { surroundings } from '../../bench/surroundings'
import { connectDatabase } from '../../src/persistence/connect'
import { migrate } from '../../src/persistence/migrate'
import { freshDatabase } from '../support/postgres'

/**
 * Goal: the bench measures every block that it mines, on a real chain through the real programs.
 * How long they take is not looked at: that is for the bench, on a machine that is idle.
 */

const BLOCKS = 3

/** An empty database with the schema, on the server of the tests. */
async function withDatabase<T>(use: (url: string) => Promise<T>): Promise<T> {
  const fresh = await freshDatabase()
  try {
    const database = await connectDatabase(fresh.url, 1)
    await migrate(database).finally(() => database.destroy())
    return await use(fresh.url)
  } finally {
    await fresh.drop()
  }
}

test('each block that was mined has its measurement', async () => {
  const measured = await measure({ withDatabase }, devicetrail('ws'), BLOCKS)
  const heights = measured.delays.map(({ height }) => height)
  const first = heights[0] ?? 0
  expect(heights).toEqual(Array.from({ length: BLOCKS }, (_, i) => first + i))
  for (const { ms, minedInMs } of measured.delays) {
    expect(Number.isFinite(ms)).toBe(true)
    expect(minedInMs).toBeGreaterThan(0)
  }
  expect(measured.asked).toBeGreaterThanOrEqual(BLOCKS)

  const report = reportOf({ blocks: BLOCKS, runs: 1 }, surroundings('17'), [measured])
  expect(asText(report)).toMatch(/^DeviceTrail, ws +\d+ +\d+ +\d+ +\d+ +150 +(met|MISSED) +\d+$/m)
}, 120_000)

test('one slow turn of three is not taken for the contender, but is told', () => {
  const contender = devicetrail('http')
  const turnOf = (ms: number) => ({
    contender,
    delays: [10, ms].map((each) => ({ ms: each, height: 1, minedInMs: 1 })),
    asked: 2,
  })
  const turns = [turnOf(100), turnOf(9_000), turnOf(120)]
  const [result] = reportOf({ blocks: 2, runs: 3 }, surroundings('17'), turns).results
  expect(result).toMatchObject({ p50: 10, p99: 120, max: 9_000, met: true })
})

test('percentiles are those of the nearest rank', () => {
  const values = Array.from({ length: 200 }, (_, i) => 200 - i)
  expect([50, 95, 99, 100].map((percent) => percentile(values, percent))).toEqual([
    100, 190, 198, 200,
  ])
  expect(percentile([], 50)).toBeNaN()
})
