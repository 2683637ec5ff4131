import { createRequire } from 'node:module'
import path from 'node:path'
import type { Hex } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { IndexedDatabase, IndexerProcess } from '../e2e/indexer-process'
import { LiveChain } from '../e2e/live-chain'
import { runCheckCommand } from './check-command'
import { type Fault, ProxiedNode } from './proxied-node'

/**
 * Goal: what a node cannot answer is neither a difference nor an agreement, and every way to ask
 * gives the same. Method: a real node behind a proxy that answers some requests as others would.
 */

const UNITS = 130
const FINALITY = 3
const MULTICALL3 = '0xca11bde05977b3631167028862be2a173976ca11'

let chain: LiveChain
let database: IndexedDatabase
let node: ProxiedNode

beforeAll(async () => {
  chain = await LiveChain.start()
  database = await IndexedDatabase.create()
  for (let i = 0; i < 4; i++) await chain.live()
  for (let i = 0; i < 3; i++) await chain.mintBatch((UNITS - 4) / 3)
  const indexer = IndexerProcess.start({ ...chain.environment(FINALITY), DB_URL: database.url })
  await indexer.caughtUp(database, await chain.head())
  await indexer.stop()
  node = await ProxiedNode.start(chain.environment(FINALITY).RPC_URL ?? '')
})
afterAll(async () => {
  await node?.stop()
  await database?.close()
  await chain?.stop()
})

function check(fault?: Fault) {
  node.reset(fault)
  const environment = { ...chain.environment(FINALITY), RPC_URL: node.url, DB_URL: database.url }
  return runCheckCommand(environment, ['--chain', '--whole'])
}

async function expectAgreement(fault?: Fault): Promise<void> {
  const { code, answer, err } = await check(fault)
  expect(err).toBe('')
  expect(answer?.differences).toEqual([])
  const owners = answer?.rules.find(({ rule }) => rule === 'chain-owners')
  expect(owners?.checked).toBe(UNITS)
  expect(code).toBe(0)
}

async function expectUnchecked(fault: Fault, why: RegExp): Promise<void> {
  const { code, answer } = await check(fault)
  expect(answer?.differences).toEqual([])
  expect(answer?.unchecked.map((told) => told.why).join('\n')).toMatch(why)
  expect(code).toBe(69)
}

const isByHash = (params: readonly unknown[]) => typeof params[1] === 'object'

test('without Multicall3 many units go into a request that brings its code', async () => {
  await expectAgreement()
  const calls = node.asked('eth_call')
  expect(calls.length).toBeLessThan(10)
  expect(calls.every(({ params }) => isByHash(params))).toBe(true)
})

test('a node that knows no block hashes is asked by number', async () => {
  await expectAgreement(({ method, params }) =>
    method === 'eth_call' && isByHash(params)
      ? { error: { code: -32602, message: 'invalid argument 1: hex string expected' } }
      : undefined,
  )
  expect(node.asked('eth_call').some(({ params }) => !isByHash(params))).toBe(true)
})

test('a node that runs no code of ours is asked unit by unit', async () => {
  await expectAgreement(({ method, params: [call] }) =>
    method === 'eth_call' && !Object.hasOwn(Object(call), 'to')
      ? { error: { code: -32000, message: 'max initcode size exceeded' } }
      : undefined,
  )
  expect(node.asked('eth_call').length).toBeGreaterThan(UNITS)
})

test.each([
  [-32000, 'missing trie node 4fe4d7 (path ) state 0x4fe4d7 is not available'],
  [-32603, 'missing trie node 4fe4d7'],
  [-32000, 'header not found'],
  [-32603, 'required historical state unavailable (reexec=128)'],
  [-32016, 'pruned history unavailable'],
])(
  'a node without the state of the block, %i %s, is not taken for a burn',
  async (code, message) => {
    await expectUnchecked(
      ({ method }) => (method === 'eth_call' ? { error: { code, message } } : undefined),
      /does not have the state of block .* archive node/,
    )
  },
)

test('an internal error of the node is not taken for a burn', async () => {
  await expectUnchecked(
    ({ method }) =>
      method === 'eth_call' ? { error: { code: -32603, message: 'Internal error' } } : undefined,
    /node did not answer/,
  )
})

test('a node that is behind the final block is told, and waited for by nobody', async () => {
  await expectUnchecked(
    ({ method, params: [height] }) =>
      method === 'eth_getBlockByNumber' && Number(height) > 5 ? { result: null } : undefined,
    /has no block \d+/,
  )
})

test('with Multicall3 it is called where it is', async () => {
  const constants = path.resolve(__dirname, '../../node_modules/viem/_cjs/constants/contracts.js')
  const { multicall3Bytecode } = createRequire(__filename)(constants)
  const client = chain.stage.node
  const { data } = await client.call({ data: multicall3Bytecode })
  const params: [string, Hex | undefined] = [MULTICALL3, data]
  await client.request({ method: 'anvil_setCode', params } as never)
  await expectAgreement()
  const toMulticall = node.asked('eth_call').filter(({ params: [call] }) => {
    return String(Reflect.get(Object(call), 'to')).toLowerCase() === MULTICALL3
  })
  expect(toMulticall.length).toBeGreaterThan(0)
})
