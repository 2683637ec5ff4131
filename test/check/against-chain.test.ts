import { afterAll, beforeAll, expect, test } from 'vitest'
import { IndexedDatabase, IndexerProcess } from '../e2e/indexer-process'
import { LiveChain } from '../e2e/live-chain'
import { runCheckCommand } from './check-command'

/**
 * Goal: the check sees what the chain says otherwise, and takes nothing for a difference that is
 * none. Method: the real command on a real node and database, beside the real indexer.
 */

let chain: LiveChain
let database: IndexedDatabase
let indexer: IndexerProcess

const environment = () => ({ ...chain.environment(3), DB_URL: database.url })

beforeAll(async () => {
  chain = await LiveChain.start()
  database = await IndexedDatabase.create()
  for (let i = 0; i < 8; i++) await chain.live()
  await chain.mintBatch(40)
  indexer = IndexerProcess.start(environment())
  await indexer.caughtUp(database, await chain.head())
})
afterAll(async () => {
  await indexer?.killHard()
  await database?.close()
  await chain?.stop()
})

test('the ledger of a real chain agrees, burned units too, while the indexer runs', async () => {
  const { code, answer, err } = await runCheckCommand(environment(), ['--chain', '--whole'])
  expect(err).toBe('')
  expect(answer?.differences).toEqual([])
  expect(answer?.unchecked).toEqual([])
  expect(answer?.check).toMatchObject({
    verdict: 'all agrees',
    comparedAtBlock: (await chain.head()).height,
  })
  const owners = answer?.rules.find(({ rule }) => rule === 'chain-owners')
  expect(owners).toMatchObject({ checked: 48, differences: 0 })
  const [burned] = await database.sql('SELECT id FROM device WHERE owner_id IS NULL')
  expect(burned).toBeDefined()
  expect(code).toBe(0)
})

test('a holder that the chain does not name is told, with the device and both holders', async () => {
  const [was] = await database.sql<{ id: string; owner: string }>(
    'SELECT id, owner_id AS owner FROM device WHERE owner_id IS NOT NULL ORDER BY id LIMIT 1',
  )
  const other = `0x${'ee'.repeat(20)}`
  await database.sql('UPDATE device SET owner_id = $2 WHERE id = $1', [was?.id, other])
  try {
    const { code, answer } = await runCheckCommand(environment(), ['--chain', '--whole'])
    expect(code).toBe(1)
    expect(answer?.differences).toContainEqual({
      rule: 'chain-owners',
      of: was?.id,
      field: 'ownerOf',
      ledgerSays: other,
      shouldBe: was?.owner,
    })
  } finally {
    await database.sql('UPDATE device SET owner_id = $2 WHERE id = $1', [was?.id, was?.owner])
  }
})

test('a burned unit that the ledger gives a holder is told', async () => {
  const [burned] = await database.sql<{ id: string }>(
    'SELECT id FROM device WHERE owner_id IS NULL LIMIT 1',
  )
  const set = 'UPDATE device SET owner_id = $2 WHERE id = $1'
  await database.sql(set, [burned?.id, `0x${'ee'.repeat(20)}`])
  try {
    const { answer } = await runCheckCommand(environment(), ['--chain', '--whole'])
    const told = answer?.differences.filter(({ rule }) => rule === 'chain-owners')
    expect(told).toMatchObject([{ of: burned?.id, shouldBe: '(nothing)' }])
  } finally {
    await database.sql(set, [burned?.id, null])
  }
})

test('a final block of another history is told', async () => {
  const read = 'SELECT height, hash FROM block WHERE height > 0 ORDER BY height LIMIT 1'
  const [block] = await database.sql<{ height: number; hash: string }>(read)
  const set = 'UPDATE block SET hash = $2 WHERE height = $1'
  await database.sql(set, [block?.height, `0x${'0f'.repeat(32)}`])
  try {
    const { code, answer } = await runCheckCommand(environment(), ['--chain'])
    expect(code).toBe(1)
    expect(answer?.differences).toMatchObject([
      { rule: 'chain-blocks', of: `block ${block?.height}`, shouldBe: block?.hash },
    ])
  } finally {
    await database.sql(set, [block?.height, block?.hash])
  }
})

test('a node of another chain is refused, and nothing is compared with it', async () => {
  const other = await LiveChain.start()
  try {
    const { RPC_URL = '' } = other.environment(3)
    const { code, answer, err } = await runCheckCommand({ ...environment(), RPC_URL }, ['--chain'])
    expect(err).toContain('WRONG_CHAIN')
    expect({ code, answer }).toEqual({ code: 78, answer: undefined })
  } finally {
    await other.stop()
  }
})

test('a node that is away is no difference, and no agreement either', async () => {
  const away = { ...environment(), RPC_URL: 'http://127.0.0.1:1' }
  const { code, err } = await runCheckCommand(away, ['--chain'])
  expect(err).toContain('NODE_FAILED')
  expect(code).toBe(75)
})

test('a head that a fork replaced is no difference: the last final block is compared', async () => {
  await indexer.caughtUp(database, await chain.head())
  expect(await indexer.stop()).toBe(0)
  await chain.fork(2)
  const { code, answer } = await runCheckCommand(environment(), ['--chain', '--whole'])
  const [final] = await database.sql<{ height: number }>(
    'SELECT height FROM squid_processor.status',
  )
  expect(answer?.differences).toEqual([])
  expect(answer?.check.comparedAtBlock).toBe(final?.height)
  expect(code).toBe(0)
})
