import { afterEach, expect, test } from 'vitest'
import type { NodeGuardOptions } from '../../src/ingest/node-guard/node-guard'
import { RpcFault } from '../faults/node-answers'
import type { ScriptedChain } from '../faults/scripted-chain'
import { type Behaviour, Cut, HttpFault } from '../faults/scripted-node'
import { chainOf, eventually, Guarded, grow, on } from './guarded-chain'

/**
 * Goal: whatever way an endpoint fails in, the answer comes from another one or a later try, and
 * where none is good, the error says which endpoint did what. Method: scripted nodes that each
 * misbehave in one way.
 */

let guarded: Guarded
afterEach(() => guarded.close())

async function startTwo(chain: ScriptedChain, options: Partial<NodeGuardOptions> = {}) {
  guarded = await (await Guarded.nodes(chain, chain)).start(options)
}

async function startOne(chain: ScriptedChain, options: Partial<NodeGuardOptions> = {}) {
  guarded = await (await Guarded.nodes(chain)).start(options)
}

function fail(make: () => Error): Behaviour {
  return () => Promise.reject(make())
}

const FAULTS: [string, Behaviour][] = [
  ['does not answer in time', () => new Promise(() => undefined)],
  ['cuts the connection', fail(() => new Cut())],
  ['answers 429', fail(() => new HttpFault(429))],
  ['answers 503', fail(() => new HttpFault(503))],
  ['answers 401', fail(() => new HttpFault(401))],
  ['answers with something that is no JSON', fail(() => new HttpFault(200))],
  ['says "header not found"', fail(() => new RpcFault(-32_000, 'header not found'))],
  ['says "method not found"', fail(() => new RpcFault(-32_601, 'the method does not exist'))],
  [
    'says "block range extends beyond current head block"',
    fail(() => new RpcFault(-32_000, 'block range extends beyond current head block')),
  ],
  ['answers null', async () => null],
]

test.each(FAULTS)('an endpoint that %s: the next one answers', async (_, behave) => {
  await startTwo(chainOf(30))
  const misbehave: Behaviour = (call, answer) =>
    call.params[0] === 'latest' ? answer() : behave(call, answer)
  guarded.node(0).behave = misbehave
  expect(await guarded.logs(5, 9)).toHaveLength(10)
  const blocks = await guarded.blocks(10, 12)
  expect(blocks.map(({ hash }) => hash)).toEqual([10, 11, 12].map((h) => hashAt(h)))
})

function hashAt(height: number): string | undefined {
  return guarded.node(0).chain.at(height)?.hash
}

test('an endpoint that fails once is asked again when it is the only one', async () => {
  await startOne(chainOf(30))
  let faults = 3
  guarded.node(0).behave = on('eth_getLogs', (_, answer) => {
    return faults-- > 0 ? Promise.reject(new HttpFault(502)) : answer()
  })
  expect(await guarded.logs(5, 9)).toHaveLength(10)
})

test('Retry-After is respected', async () => {
  await startOne(chainOf(30), { giveUpMs: 10_000 })
  const at: number[] = []
  guarded.node(0).behave = on('eth_getLogs', (_, answer) => {
    at.push(performance.now())
    if (at.length > 1) return answer()
    return Promise.reject(new HttpFault(429, { 'retry-after': '2' }))
  })
  expect(await guarded.logs(5, 9)).toHaveLength(10)
  const [first = 0, second = 0] = at
  expect(second - first).toBeGreaterThanOrEqual(1_900)
})

test('when no try is good, the error names endpoint, question and fault', async () => {
  await startOne(chainOf(30))
  guarded.node(0).behave = on('eth_getLogs', () => Promise.reject(new HttpFault(502)))
  const { url } = guarded.node(0)
  await expect(guarded.logs(5, 9)).rejects.toThrow(
    new RegExp(`eth_getLogs.*"0x5".*${url}: HTTP 502`),
  )
})

test.each([
  ['query returned more than 10000 results', 'query returned more than 10000 results'],
  ['Log response size exceeded', 'response is too big: Log response size exceeded'],
  ['block range is too wide', 'response is too big: block range is too wide'],
])('"%s" reaches the processor so that it splits the range', async (said, told) => {
  await startTwo(chainOf(30))
  const behave = on('eth_getLogs', () => Promise.reject(new RpcFault(-32_005, said)))
  guarded.node(0).behave = behave
  await expect(guarded.logs(5, 9)).rejects.toThrow(told)
})

test('a call that reverts is an answer and is not asked again', async () => {
  await startTwo(chainOf(30))
  let asked = 0
  guarded.node(0).behave = on('eth_call', () => {
    asked++
    return Promise.reject(new RpcFault(3, 'execution reverted'))
  })
  await expect(guarded.call('eth_call', {}, 'latest')).rejects.toThrow('execution reverted')
  expect(asked).toBe(1)
})

test('the preferred endpoint is followed again when it is well again', async () => {
  const chain = chainOf(30)
  await startTwo(chain)
  guarded.node(0).behave = () => Promise.reject(new HttpFault(503))
  grow(chain, 3)
  await guarded.headAt(33)
  expect(await served()).toMatch(/served\{endpoint="[^"]*"\} 0\n.*served\{endpoint="[^"]*"\} 1/)
  guarded.node(0).behaveWell()
  await eventually(async () =>
    /served\{endpoint="[^"]*"\} 1\n.*served\{endpoint="[^"]*"\} 0/.test(await served()),
  )
})

async function served(): Promise<string> {
  return guarded.registry.getSingleMetricAsString('devicetrail_node_served')
}

test('an endpoint of another chain is not used, and both are named', async () => {
  guarded = await Guarded.nodes(chainOf(30), chainOf(40))
  guarded.node(1).behave = on('eth_chainId', async () => '0x99')
  await guarded.start()
  expect(await guarded.head()).toBe(30)
  expect(guarded.lines.join()).toContain(
    `${guarded.node(1).url} serves chain 153 with genesis ${hashAt(0)}, but ` +
      `${guarded.node(0).url} served chain 31337`,
  )
})

test('a node that comes back as another chain ends the run for a person to look at', async () => {
  await startOne(chainOf(30))
  const away = performance.now() + 6_000
  guarded.node(0).behave = (call, answer) => {
    if (performance.now() < away) return Promise.reject(new Cut())
    return call.method === 'eth_chainId' ? Promise.resolve('0x99') : answer()
  }
  await expect(guarded.guard.failed).rejects.toMatchObject({
    code: 'NODE_WRONG_CHAIN',
    remedy: 'human',
  })
})

test('without a node at the start the guard waits, says for what, and goes on', async () => {
  guarded = await Guarded.nodes(chainOf(30))
  guarded.node(0).behave = () => Promise.reject(new HttpFault(503))
  const started = guarded.start()
  await eventually(() => guarded.lines.length > 0)
  expect(guarded.lines[0]).toContain(`waiting for a node. ${guarded.node(0).url}: HTTP 503`)
  guarded.node(0).behaveWell()
  await started
  expect(await guarded.head()).toBe(30)
})

test('no name of an endpoint shows its key', async () => {
  guarded = await Guarded.nodes(chainOf(3))
  const urls = [`${guarded.node(0).url}/secret-key?token=secret-token`]
  await guarded.start({ urls })
  guarded.node(0).behave = on('eth_getLogs', () => Promise.reject(new HttpFault(502)))
  const error = await guarded.logs(1, 2).catch(String)
  expect(`${error} ${guarded.lines} ${await guarded.registry.metrics()}`).not.toContain('secret')
})

test('with a third of all answers wrong, every block and log still comes right', async () => {
  const chain = chainOf(200)
  await startTwo(chain, { giveUpMs: 20_000 })
  let turn = 0
  const wrong: Behaviour[] = FAULTS.slice(1, 7).map(([, behave]) => behave)
  for (const node of guarded.nodes) {
    node.behave = (call, answer) => {
      turn = (turn * 1_103_515_245 + 12_345) % 2_147_483_648
      const fault = turn % 3 === 0 ? wrong[turn % wrong.length] : undefined
      return fault === undefined ? answer() : fault(call, answer)
    }
  }
  for (let from = 1; from <= 191; from += 10) {
    const blocks = await guarded.blocks(from, from + 9)
    expect(blocks.map(({ hash }) => hash)).toEqual(blocks.map((_, i) => hashAt(from + i)))
    expect(await guarded.logs(from, from + 9)).toHaveLength(20)
  }
})
