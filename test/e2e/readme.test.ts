import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import bytecodeFile from '../../abi/DeviceNFT.bytecode.json'
import { CONTRACT_ADDRESS, DemoChain } from '../../src/demo/chain/demo-chain'
import type { LocalAnvil } from '../../src/demo/local-anvil'
import { demoScript, GENESIS_TIMESTAMP } from '../../src/demo/story/script'
import { RunningApi } from '../edge/running-api'
import { codeBlocks, section } from '../gates/docs/markdown'
import { startAnvil } from '../support/anvil'
import { IndexedDatabase, IndexerProcess } from './indexer-process'

/**
 * Goal: what the README answers is what the program answers. Method: the demo's script on a real
 * node, the real indexer and API; each query of the README is asked and its printed answer compared
 * to the letter. The demo then goes on trading, so a reader may see other numbers later.
 */

const readme = readFileSync(path.resolve(__dirname, '../../README.md'), 'utf8')
const queries = codeBlocks(section(readme, 'Ask'), 'graphql')
const answers = codeBlocks(section(readme, 'Ask'), 'json')

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

test('every query of the README has its answer', () => {
  expect(queries).toHaveLength(3)
  expect(answers).toHaveLength(3)
})

test.each(queries.map((query, number) => [number + 1, query]))(
  'query %i of the README answers as printed',
  async (number, query) => {
    expect(await api.data(String(query))).toEqual(JSON.parse(answers[Number(number) - 1] ?? ''))
  },
)
