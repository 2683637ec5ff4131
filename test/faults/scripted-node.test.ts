import { afterEach, beforeEach, expect, test } from 'vitest'
import { IndexedDatabase, IndexerProcess } from '../e2e/indexer-process'
import { ONE } from '../support/chain'
import { approved, BOB, MAKER, minted, moved, submitted } from '../support/story'
import { ScriptedChain } from './scripted-chain'
import { ScriptedNode } from './scripted-node'

/**
 * Goal: what the fault tests see is the fault and not the scripted node. Method: the real indexer
 * on a scripted chain without any fault, through a fork within finality.
 */

const chain = new ScriptedChain()
let node: ScriptedNode
let database: IndexedDatabase
let indexer: IndexerProcess

beforeEach(async () => {
  node = await ScriptedNode.start(chain)
  database = await IndexedDatabase.create()
  chain.append([submitted(), approved()])
  chain.append(minted(1n))
  for (let i = 0; i < 30; i++) chain.append()
  chain.append([moved(1n, MAKER, BOB)])
  indexer = IndexerProcess.start({
    RPC_URL: node.url,
    CONTRACTS: `one=${ONE}@0`,
    FINALITY_BLOCKS: '5',
    DB_URL: database.url,
  })
})
afterEach(async () => {
  await indexer.killHard()
  await database.close()
  await node.close()
})

test('a scripted chain without faults is indexed like any other, also when it forks', async () => {
  await indexer.caughtUp(database, chain.head)
  const owner = () => database.sql('SELECT id, owner_id, period_count FROM device')
  expect(await owner()).toEqual([{ id: 'one-1', owner_id: BOB, period_count: 2 }])
  chain.fork(2)
  for (let i = 0; i < 3; i++) chain.append()
  await indexer.caughtUp(database, chain.head)
  expect(await owner()).toEqual([{ id: 'one-1', owner_id: MAKER, period_count: 1 }])
  expect(indexer.output).not.toMatch(/WARN|ERROR|FATAL/)
})
