import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { httpTransport } from '../../src/ingest/node-guard/http-transport'
import type { Stretch } from '../../src/ingest/rpc-gateway/final-blocks'
import { RangeRefused } from '../../src/ingest/rpc-gateway/range-refusal'
import { RpcFault } from '../faults/node-answers'
import { ScriptedChain } from '../faults/scripted-chain'
import { type Behaviour, HttpFault, type RpcCall } from '../faults/scripted-node'
import { eventually, Guarded, grow, moveOf, on } from './guarded-chain'

/**
 * Goal: of old blocks, of which only some logs and headers are read, nothing wrong is passed on and
 * nothing is missed that another node, or a look at headers, can show. Method: a chain longer than
 * what is read whole; nodes that withhold, alter and limit filtered logs.
 */

const READ_WHOLE = 1_024
const OLD = 400
const { address } = moveOf(0)
const ELSEWHERE = `0x${'77'.repeat(20)}`

/** Two logs of ours in every fourth block, one of others in all. Built once. */
const LONG = new ScriptedChain()
for (let n = 0; n < OLD; n++) {
  const foreign = { ...moveOf(n), address: ELSEWHERE }
  LONG.append(n % 4 === 0 ? [moveOf(2 * n), foreign, moveOf(2 * n + 1)] : [foreign])
}
grow(LONG, READ_WHOLE)

let guarded: Guarded
afterEach(() => guarded.close())

type Logs = Record<string, unknown>[]

async function start(nodes: number, options = {}): Promise<void> {
  const chains = Array.from({ length: nodes }, () => LONG.copy('more'))
  guarded = await (await Guarded.nodes(...chains)).start(options)
}

function stretch(from = 10, to = 300): Promise<Stretch> {
  const topics = [[...new Set(moveOf(0).topics.slice(0, 1))]]
  const filters = [{ address: [address], topics }]
  return guarded.guard.history.stretch({
    range: { from, to },
    filters,
    headerFields: ['timestamp'],
    everyBlock: false,
  })
}

function right(from = 10, to = 300): { hash: string; index: string; data: string }[] {
  const blocks = Array.from({ length: to - from + 1 }, (_, i) => LONG.at(from + i))
  return blocks.flatMap((block) =>
    (block?.logs ?? [])
      .filter((log) => log.address === address)
      .map((log) => ({ hash: log.blockHash, index: log.logIndex, data: log.topics.join() })),
  )
}

function told({ logs }: Stretch): { hash: string; index: string; data: string }[] {
  return logs.map((log) => ({
    hash: log.blockHash,
    index: log.logIndex,
    data: log.topics.join(),
  }))
}

/** Changes what filtered questions are answered with; a block asked for by hash comes whole. */
function spoilt(change: (logs: Logs, call: RpcCall) => unknown): Behaviour {
  return on('eth_getLogs', async (call, answer) => {
    const logs = (await answer()) as Logs
    return Object(call.params[0]).address === undefined ? logs : change(logs, call)
  })
}

async function rejected(index: number, reason: string): Promise<number> {
  const { values } = (await guarded.registry
    .getSingleMetric('devicetrail_node_rejected_answers_total')
    ?.get()) ?? { values: [] }
  const { url } = guarded.node(index)
  return values
    .filter(({ labels }) => labels.endpoint === url && labels.reason === reason)
    .reduce((sum, { value }) => sum + value, 0)
}

async function isWaiting(asked: Promise<unknown>): Promise<boolean> {
  const late = new Promise((resolve) => setTimeout(resolve, 1_500, 'late'))
  return (await Promise.race([asked, late])) === 'late'
}

const WITHHELD: [string, (logs: Logs) => Logs][] = [
  ['all logs', () => []],
  ['the logs of the second half', (logs) => logs.slice(0, logs.length / 2)],
  ['one log of a block that has two', (logs) => logs.filter((_, i) => i !== 20)],
  ['one block', (logs) => logs.filter((_, i) => i !== 20 && i !== 21)],
]

describe.each(WITHHELD)('a node that withholds %s', (_, withhold) => {
  test.each([
    ['the one in favour', 0],
    ['the witness', 1],
  ])('beside one that has them, as %s, is found, and the right logs are taken', async (_, liar) => {
    await start(2)
    guarded.node(liar).behave = spoilt(withhold)
    expect(told(await stretch())).toEqual(right())
    expect(await rejected(liar, 'logs_incomplete')).toBeGreaterThan(0)
    expect(await rejected(1 - liar, 'logs_incomplete')).toBe(0)
  })
})

test('a node that alone withholds all logs of a long stretch is not believed', async () => {
  await start(1)
  guarded.node(0).behave = spoilt(() => [])
  const asked = stretch()
  const said = /blocks 10 to 300 wait: it did not tell the logs that block/
  await eventually(() => said.test(guarded.lines.join()))
  expect(await isWaiting(asked)).toBe(true)
  expect(await rejected(0, 'logs_incomplete')).toBeGreaterThan(0)
  guarded.node(0).behaveWell()
  expect(told(await asked)).toEqual(right())
})

test('a balancer of which one replica withholds logs is found out by asking twice', async () => {
  await start(1)
  let calls = 0
  guarded.node(0).behave = spoilt((logs) => (calls++ % 2 === 0 ? logs.slice(2) : logs))
  expect(told(await stretch())).toEqual(right())
})

const WRONG: [string, RegExp, (logs: Logs, call: RpcCall) => unknown][] = [
  [
    'of a block of another hash',
    /but that block is/,
    (logs) => logs.map((log) => ({ ...log, blockHash: `0x${'ab'.repeat(32)}` })),
  ],
  [
    'that the bloom rules out',
    /bloom rules out/,
    (logs) =>
      logs.map((log, i) =>
        i > 0 ? log : { ...log, topics: [...moveOf(0).topics.slice(0, 3), `0x${'5'.repeat(64)}`] },
      ),
  ],
  ['twice', /comes twice/, (logs) => [...logs, logs[0]]],
  ['marked as removed', /removed/, (logs) => logs.map((log) => ({ ...log, removed: true }))],
  ['not asked for', /not asked for/, (logs) => [...logs, { ...logs[0], blockNumber: '0x1' }]],
  [
    'that the filter does not match',
    /does not match the filter/,
    (logs) => [...logs, { ...logs[0], address: ELSEWHERE, logIndex: '0x1' }],
  ],
  ['of no transaction', /no transaction/, (logs) => [{ ...logs[0], transactionHash: null }]],
  ['that are no list', /no list/, () => ({})],
]

describe.each(WRONG)('logs %s', (_, why, spoil) => {
  test('are never passed on', async () => {
    await start(1)
    guarded.node(0).behave = spoilt(spoil)
    const asked = stretch()
    await eventually(() => why.test(guarded.lines.join()))
    expect(await isWaiting(asked)).toBe(true)
    guarded.node(0).behaveWell()
    expect(told(await asked)).toEqual(right())
  })

  test('are replaced by those of another node', async () => {
    await start(2)
    guarded.node(0).behave = spoilt(spoil)
    expect(told(await stretch())).toEqual(right())
  })
})

test('a node that has not come so far is told by the last block of the range', async () => {
  await start(2)
  guarded.node(0).behave = (call, answer) => {
    if (call.method === 'eth_getLogs') return Promise.resolve([])
    return call.params[0] === '0x12c' ? Promise.resolve(null) : answer()
  }
  expect(told(await stretch())).toEqual(right())
  expect(await rejected(0, 'behind')).toBeGreaterThan(0)
})

test.each([
  [-32_005, 'query returned more than 10000 results', undefined],
  [-32_602, 'You can make eth_getLogs requests with up to a 50 block range', 50],
  [-32_614, 'eth_getLogs is limited to a 10 range', 10],
  [-32_000, 'query timeout exceeded', undefined],
])('%i "%s" asks for less, and is no fault of the endpoint', async (code, said, offered) => {
  await start(1)
  guarded.node(0).behave = spoilt(() => {
    throw new RpcFault(code, said)
  })
  const refused = await stretch().catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(RangeRefused)
  expect(refused).toMatchObject({ offered })
  const metric = await guarded.registry.getSingleMetricAsString(
    'devicetrail_node_rejected_answers_total',
  )
  expect(metric).not.toContain('endpoint=')
})

test('an answer that takes too long asks for less', async () => {
  await start(1, { timeoutMs: 300 })
  guarded.node(0).behave = spoilt(() => new Promise(() => undefined))
  await expect(stretch()).rejects.toBeInstanceOf(RangeRefused)
})

test('HTML under the status 400 is no answer', async () => {
  await start(1)
  guarded.node(0).behave = spoilt(() => {
    throw new HttpFault(400)
  })
  const asked = stretch()
  expect(await isWaiting(asked)).toBe(true)
  guarded.node(0).behaveWell()
  expect(told(await asked)).toEqual(right())
})

test('a JSON-RPC error under the status 413 is an answer', async () => {
  await start(1)
  const error = { code: -32_614, message: 'eth_getLogs is limited to a 10 range' }
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(413).end(JSON.stringify({ jsonrpc: '2.0', error }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const transport = httpTransport(`http://127.0.0.1:${port}`)
  expect(await transport.send([{ method: 'eth_getLogs', params: [] }], 1_000)).toEqual([{ error }])
  transport.close()
  server.close()
})

test('a witness that takes only small ranges is asked in parts', async () => {
  await start(2)
  guarded.node(0).behave = spoilt((logs) => logs.slice(0, -1))
  guarded.node(1).behave = spoilt((logs, { params: [filter] }) => {
    const { fromBlock, toBlock } = Object(filter)
    if (Number(toBlock) - Number(fromBlock) < 50) return logs
    throw new RpcFault(-32_602, 'requests with up to a 50 block range')
  })
  expect(told(await stretch())).toEqual(right())
})

test('without blooms the logs that another node has are found all the same', async () => {
  await start(2, { logsBloom: false })
  guarded.node(0).behave = on('eth_getLogs', async (_, answer) =>
    ((await answer()) as Logs).slice(2),
  )
  expect(told(await stretch())).toEqual(right())
})

test('a node that gives headers of other histories now and then is not mixed in', async () => {
  await start(1)
  let requests = 0
  let lie: string | undefined
  const { chain } = guarded.node(0)
  guarded.node(0).behave = async (call, answer) => {
    // The calls of one request are answered in one turn.
    if (lie === undefined) {
      setImmediate(() => {
        lie = undefined
      })
    }
    lie ??= requests++ % 5 === 0 ? `0x${String(requests).padStart(64, 'f')}` : ''
    const truth = await answer()
    const isOld = Number(call.params[0]) < OLD
    if (call.method !== 'eth_getBlockByNumber' || !isOld || lie === '') return truth
    return { ...Object(truth), hash: lie, parentHash: lie }
  }
  const { logs, headers } = await stretch()
  for (const { number, hash } of headers) expect(hash).toBe(chain.at(Number(number))?.hash)
  expect(logs).toHaveLength(right().length)
})

test('while a height is in dispute nothing from there on is history', async () => {
  await start(2)
  const [one, two] = [guarded.node(0), guarded.node(1)]
  const forkAt = one.chain.head.height - 1
  two.chain = one.chain.copy('other')
  two.chain.fork(2)
  grow(two.chain, 9)
  await eventually(() => guarded.lines.some((line) => /another history/.test(line)))
  grow(one.chain, 20)
  await guarded.headAt(forkAt + 4)
  expect(await guarded.guard.history.height()).toBe(forkAt - 1)
  const asked = stretch(forkAt - 3, forkAt)
  expect(await isWaiting(asked)).toBe(true)
  expect(guarded.lines.join()).toContain(`block ${forkAt} is not final`)
  guarded.guard.close()
  await expect(asked).rejects.toThrow(/abort/i)
})
