import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verdicts } from '../../bench/backfill/bars'
import { MeasuredProcess } from '../../bench/backfill/child-process'
import type { ContestResult } from '../../bench/backfill/contest'
import { growthVerdicts } from '../../bench/backfill/growth'
import type { Run } from '../../bench/backfill/measure'
import { readFacts, readRows, requireAll } from '../../bench/backfill/rows'
import { takeAll } from '../../bench/ledger/contender'
import { requireSame } from '../../bench/ledger/content'
import { DEVICETRAIL } from '../../bench/ledger/devicetrail-contender'
import { rawBatches } from '../../bench/ledger/raw-batches'
import { connectDatabase } from '../../src/persistence/connect'
import { migrate } from '../../src/persistence/migrate'
import { freshDatabase, type TestDatabase } from '../support/postgres'

/**
 * Goal: the bench of backfill does not measure who failed, hung, or wrote something else. Method:
 * its parts on processes and rows that do.
 */

describe('a contender', () => {
  const start = (program: string) =>
    MeasuredProcess.start({ name: 'the contender', script: ['-e', program], env: {} })

  it('that ends before its work is done fails the run, with what it said last', async () => {
    const child = start('console.error("no such table"); process.exitCode = 3')
    const failed = child.until(async () => false, 60_000)
    await expect(failed).rejects.toThrow(/the contender ended with code 3 [\s\S]*no such table/)
  })

  it('that hangs is given up after the limit, and stopped', async () => {
    const child = start('setInterval(() => {}, 1000)')
    const failed = child.until(async () => false, 300)
    await expect(failed).rejects.toThrow(/was not done after 0.005 minutes/)
    await child.stop()
    const after = child.until(async () => false, 60_000)
    await expect(after).rejects.toThrow(/ended with SIGTERM/)
  })

  it('is charged for the memory that it used', async () => {
    const child = start('globalThis.kept = Buffer.alloc(200e6, 1); setInterval(() => {}, 1000)')
    const isLarge = async () => child.usage.peakMemoryBytes > 200e6
    await child.until(process.platform === 'linux' ? isLarge : async () => true, 60_000)
    await child.stop()
  })
})

describe('the rows that a contender left', () => {
  const EVENTS = 1_010
  let database: TestDatabase
  let client: Client

  beforeAll(async () => {
    database = await freshDatabase()
    const source = await connectDatabase(database.url, 1)
    await migrate(source).finally(() => source.destroy())
    const ledger = await DEVICETRAIL.open(database.url)
    await takeAll(ledger, rawBatches(EVENTS, 1)).finally(() => ledger.close())
    client = new Client({ connectionString: database.url })
    await client.connect()
    await client.query('CREATE SCHEMA other')
    for (const { table } of await readRows(client)) {
      await client.query(`CREATE TABLE other."${table}" AS SELECT * FROM "${table}"`)
    }
  })
  afterAll(async () => {
    await client.end()
    await database.drop()
  })

  /** Reads the copy, whose search path finds no other table. */
  async function inOther<T>(read: () => Promise<T>): Promise<T> {
    await client.query('SET search_path = other')
    try {
      return await read()
    } finally {
      await client.query('RESET search_path')
    }
  }

  it('are the same in another schema, without keys, and complete', async () => {
    const rows = await readRows(client)
    expect(rows.map(({ rows: number }) => number > 0)).toEqual(rows.map(() => true))
    requireSame(rows, await inOther(() => readRows(client)), 'other')
    await requireAll(client, EVENTS, 'ours')
    await inOther(() => requireAll(client, EVENTS, 'other'))
  })

  it('differ where one value of one row does', async () => {
    await client.query(`UPDATE other.device SET locked = NOT locked
      WHERE id = (SELECT max(id) FROM other.device)`)
    const rows = await readRows(client)
    const others = await inOther(() => readRows(client))
    expect(() => requireSame(rows, others, 'other')).toThrow(/other left \d+ rows in device /)
  })

  it('are compared up to a height, whatever came later', async () => {
    const facts = await readFacts(client, 10)
    await client.query('DELETE FROM other.device_event WHERE block_height > 10')
    requireSame(facts, await inOther(() => readFacts(client, 10)), 'other')
    await client.query('DELETE FROM other.device_event WHERE block_height = 10')
    const fewer = await inOther(() => readFacts(client, 10))
    expect(() => requireSame(facts, fewer, 'other')).toThrow(/device_event up to 10/)
    await expect(inOther(() => requireAll(client, EVENTS, 'other'))).rejects.toThrow(/of 1010 logs/)
  })
})

describe('the bars', () => {
  const run = (seconds: number, peakMemoryBytes = 100e6): Run => ({
    ...{ seconds, events: 1_000, blocks: 5_000, peakMemoryBytes },
    ...{ clientCpuSeconds: seconds, serverCpuSeconds: seconds, sourceCpuSeconds: 0 },
    ...{ databaseBytes: 1, readModelBytes: 1 },
  })
  const contest = (ways: ContestResult['ways']): ContestResult => ({
    ...{ events: 1_000, blocks: 5_000, sliceBlocks: undefined, ways, rows: [] },
  })

  it('judge the middle run for speed, and the largest for memory', () => {
    const found = verdicts(
      'gateway',
      contest([
        { way: 'devicetrail', runs: [run(2), run(1, 500e6), run(9)] },
        { way: 'stock', runs: [run(6)] },
        { way: 'ponder cached', runs: [run(2.5)] },
        { way: 'copy floor', runs: [run(1)] },
      ]),
    )
    expect(found.map(({ value, isMet }) => [value, isMet])).toEqual([
      [3, true],
      [1.25, false],
      [2, true],
      [500, false],
    ])
  })

  it('take a slice by its rate, from a node', () => {
    const slice = { ...run(10), blocks: 100, events: 20 }
    const found = verdicts(
      'rpc',
      contest([
        { way: 'devicetrail', runs: [run(10)] },
        { way: 'stock', runs: [slice] },
      ]),
    )
    expect(found.map(({ value, isMet }) => [value, isMet])).toEqual([
      [50, true],
      [100, true],
    ])
    expect(found[0]?.cpuRatio).toBe(50)
  })

  it('hold the longest history against the shortest for speed, and the next for memory', () => {
    const size = (events: number, seconds: number, bytes: number) => ({
      ...contest([{ way: 'devicetrail', runs: [{ ...run(seconds, bytes), events }] }]),
      events,
    })
    const [short, middle] = [size(1_000, 1, 100e6), size(2_000, 1, 300e6)]
    const judged = (longest: ContestResult) =>
      growthVerdicts('gateway', [short, longest, middle]).map(({ value, isMet }) => [value, isMet])
    expect(judged(size(10_000, 10, 360e6))).toEqual([
      [1, true],
      [1.2, true],
    ])
    expect(judged(size(10_000, 20, 390e6))).toEqual([
      [0.5, false],
      [1.3, false],
    ])
    expect(growthVerdicts('gateway', [short])).toEqual([])
  })
})
