import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import bytecodeFile from '../../abi/DeviceNFT.bytecode.json'
import { CONTRACT_ADDRESS, DemoChain } from '../../src/demo/chain/demo-chain'
import type { LocalAnvil } from '../../src/demo/local-anvil'
import { demoScript, GENESIS_TIMESTAMP } from '../../src/demo/story/script'
import { RunningApi } from '../edge/running-api'
import { codeBlocks } from '../gates/docs/markdown'
import { startAnvil } from '../support/anvil'
import { IndexedDatabase, IndexerProcess } from './indexer-process'

/**
 * Goal: what the documents answer is what the program answers. Method: the demo's script on a real
 * node, the real indexer and API; each query of the documents is asked and the answer printed below
 * it compared to the letter. The demo then goes on trading, so a reader may see other numbers.
 */

const DOCUMENTS = ['README.md', 'docs/queries.md']

const printed = DOCUMENTS.flatMap((file) => {
  const text = readFileSync(path.resolve(__dirname, '../..', file), 'utf8')
  const answers = codeBlocks(text, 'json')
  return codeBlocks(text, 'graphql').map((query, n) => ({
    place: `${file}, query ${n + 1}`,
    query,
    answer: answers[n] ?? 'no answer is printed',
  }))
})

let node: LocalAnvil
let database: IndexedDatabase
let indexer: IndexerProcess
let api: RunningApi

beforeAll(async () => {
  node = await startAnvil({ mining: 'manual', accounts: 20, genesisTimestamp: GENESIS_TIMESTAMP })
  const chain = new DemoChain(node.url)
  await chain.deploy(`0x${bytecodeFile.bytecode.slice(2)}`, GENESIS_TIMESTAMP + 12)
  for (const block of demoScript().blocks) await chain.play(block)
  database = await IndexedDatabase.create()
  indexer = IndexerProcess.start({
    RPC_URL: node.url,
    CONTRACTS: `demo=${CONTRACT_ADDRESS}@0`,
    FINALITY_BLOCKS: '5',
    DB_URL: database.url,
  })
  await indexer.reached(database, (await chain.head()).height)
  api = await RunningApi.start(database.url)
})
afterAll(async () => {
  await api?.close()
  await indexer?.killHard()
  await database?.close()
  await node?.stop()
})

test('the documents show every question', () => {
  const contract = readFileSync(path.resolve(__dirname, '../fixtures/api.graphql'), 'utf8')
  const fields = parse(contract).definitions.flatMap((type) =>
    type.kind === 'ObjectTypeDefinition' && type.name.value === 'Query'
      ? (type.fields ?? []).map(({ name }) => name.value)
      : [],
  )
  expect(fields.length).toBeGreaterThan(0)
  const asked = printed.map(({ query }) => query).join()
  expect(fields.filter((field) => !asked.includes(field))).toEqual([])
})

test.each(printed)('$place answers as printed', async ({ query, answer }) => {
  expect(await api.data(query)).toEqual(JSON.parse(answer))
})
