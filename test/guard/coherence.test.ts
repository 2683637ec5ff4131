import { afterEach, expect, test } from 'vitest'
import { type Behaviour, HttpFault } from '../faults/scripted-node'
import { chainOf, eventually, Guarded, grow, moveOf, on } from './guarded-chain'

/**
 * Goal: whoever asks the guard sees one chain, whole and linked, and nothing of a height for which
 * two hashes are told becomes final. Method: nodes that lag, fork, mix histories and withhold logs.
 */

const FINALITY = 5

let guarded: Guarded
afterEach(() => guarded.close())

type Logs = Record<string, unknown>[]

const BAD_LOGS: [string, RegExp, (logs: Logs) => unknown][] = [
  ['withholds all logs', /do not make the bloom/, () => []],
  ['withholds the last log of a block', /do not make the bloom/, (logs) => logs.slice(0, -1)],
  ['withholds the first log of a block', /log 0 is missing/, (logs) => logs.slice(1)],
  [
    'gives a log of another block hash',
    /does not belong/,
    (logs) => logs.map((log) => ({ ...log, blockHash: `0x${'ab'.repeat(32)}` })),
  ],
  ['gives a log twice', /comes twice/, (logs) => [...logs, logs[0]]],
  ['gives a removed log', /removed/, (logs) => logs.map((log) => ({ ...log, removed: true }))],
  [
    'gives a log of a block that was not asked for',
    /not asked for/,
    (logs) => [...logs, { ...logs[0], blockNumber: '0x1' }],
  ],
  [
    'gives another log in the place of one',
    /do not make the bloom/,
    (logs) => logs.map((log, i) => (i === 0 ? { ...log, ...moveOf(999) } : log)),
  ],
  ['gives something that is no log', /is none/, (logs) => [...logs, { blockNumber: 7 }]],
]

test.each(BAD_LOGS)('a node that %s is never believed', async (_, why, spoil) => {
  const chain = chainOf(30)
  guarded = await (await Guarded.nodes(chain, chain)).start()
  const behave = on('eth_getLogs', async (_, answer) => spoil((await answer()) as Logs))
  guarded.node(0).behave = behave
  const logs = await guarded.logs(5, 9)
  expect(logs).toEqual([5, 6, 7, 8, 9].flatMap((height) => chain.at(height)?.logs))
  guarded.node(1).behave = behave
  await expect(guarded.logs(5, 9)).rejects.toThrow(why)
})

test('filtered logs that the header rules out are not passed on', async () => {
  guarded = await (await Guarded.nodes(chainOf(30))).start()
  const filter = { fromBlock: '0x5', toBlock: '0x6', address: moveOf(1).address }
  expect(await guarded.call('eth_getLogs', filter)).toHaveLength(4)
  guarded.node(0).behave = on('eth_getLogs', async (_, answer) => {
    const logs = (await answer()) as Logs
    return logs.map((log) => ({ ...log, topics: moveOf(999).topics }))
  })
  await expect(guarded.call('eth_getLogs', filter)).rejects.toThrow(/bloom rules out/)
})

test('addresses in mixed case are passed on as the processor compares them', async () => {
  const chain = chainOf(3)
  chain.append([{ ...moveOf(1), address: '0x00000000000000000000000000000000000000AA' }])
  guarded = await (await Guarded.nodes(chain)).start()
  expect(await guarded.logs(4, 4)).toMatchObject([{ address: moveOf(1).address }])
})

test('a chain without blooms needs a setting, and says so', async () => {
  const noBloom = async (_: unknown, answer: () => Promise<unknown>) => {
    const block = await answer()
    return block && { ...Object(block), logsBloom: `0x${'0'.repeat(512)}` }
  }
  guarded = await Guarded.nodes(chainOf(30))
  guarded.node(0).behave = on('eth_getBlockByNumber', noBloom)
  await guarded.start()
  await expect(guarded.logs(5, 9)).rejects.toThrow('LOGS_BLOOM=off')
  guarded.guard.close()
  guarded.registry.clear()
  await guarded.start({ logsBloom: false })
  expect(await guarded.logs(5, 9)).toHaveLength(10)
  expect(guarded.lines.join()).toContain('LOGS_BLOOM is off')
})

test.each([
  ['another number', 'came for block', { number: '0x9' }],
  ['another history', 'does not link', { hash: `0x${'ab'.repeat(32)}` }],
  ['no hash', 'is no block', { hash: '0xab' }],
])('a block of %s is never handed out', async (_, why, changes) => {
  guarded = await (await Guarded.nodes(chainOf(30))).start()
  await guarded.blocks(11, 12)
  guarded.node(0).behave = on('eth_getBlockByNumber', async (call, answer) => {
    const block = await answer()
    return call.params[0] === '0xa' ? { ...Object(block), ...changes } : block
  })
  await expect(guarded.blocks(10, 10)).rejects.toThrow(why)
})

test('blocks of another history in the middle of a sync are refused', async () => {
  const chain = chainOf(3_000)
  const other = chain.copy('other')
  other.fork(2_900)
  grow(other, 2_900)
  guarded = await (await Guarded.nodes(chain)).start()
  expect(await guarded.blocks(90, 105)).toHaveLength(16)
  guarded.node(0).chain = other
  await expect(guarded.blocks(106, 110)).rejects.toThrow(/does not link/)
})

test('a lagging replica does not take the head back', async () => {
  const chain = chainOf(30)
  const late = chain.copy(0)
  late.fork(10)
  guarded = await (await Guarded.nodes(chain)).start()
  guarded.node(0).chain = late
  await eventually(() => guarded.lines.some((line) => /behind 30; waiting/.test(line)))
  expect(await guarded.head()).toBe(30)
  guarded.node(0).chain = chain
  grow(chain, 1)
  await guarded.headAt(31)
})

test('a node that goes back 500 blocks is left for another one', async () => {
  const chain = chainOf(600)
  const late = chain.copy(0)
  late.fork(500)
  guarded = await (await Guarded.nodes(chain, chain)).start()
  guarded.node(0).chain = late
  grow(chain, 1)
  await guarded.headAt(601)
  expect(await guarded.blocks(595, 601)).toHaveLength(7)
})

test('a fork within finality is followed at once', async () => {
  const chain = chainOf(30)
  guarded = await (await Guarded.nodes(chain)).start()
  await guarded.blocks(20, 30)
  chain.fork(3)
  grow(chain, 5)
  await guarded.headAt(32)
  const blocks = await guarded.blocks(20, 32)
  expect(blocks.map(({ hash }) => hash)).toEqual(blocks.map((_, i) => chain.at(20 + i)?.hash))
})

test('a node that serves two histories in turn: nothing they differ in becomes final', async () => {
  const chain = chainOf(30)
  const other = chain.copy('other')
  other.fork(2)
  grow(other, 3)
  guarded = await (await Guarded.nodes(chain)).start({ conflictHoldMs: 1_000 })
  for (let turn = 0; turn < 8; turn++) {
    guarded.node(0).chain = turn % 2 === 0 ? other : chain
    grow(chain, 3)
    grow(other, 3)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect((await guarded.head()) - FINALITY).toBeLessThan(29)
  }
  guarded.node(0).chain = chain
  await guarded.headAt(chain.head.height)
})

test('a witness of another history holds finality back and is never followed', async () => {
  const chain = chainOf(30)
  const other = chain.copy('other')
  other.fork(2)
  grow(other, 9)
  guarded = await (await Guarded.nodes(chain, other)).start()
  grow(chain, 20)
  await guarded.headAt(28 + FINALITY)
  expect(guarded.lines.join()).toContain(`${guarded.node(1).url} has another history from block 29`)
  expect(await guarded.head()).toBe(28 + FINALITY)
  expect((await guarded.blocks(29, 30)).map(({ hash }) => hash)).toEqual(
    [29, 30].map((height) => chain.at(height)?.hash),
  )
})

test('a fork deeper than finality ends the run, for the next start to repair', async () => {
  const chain = chainOf(30)
  guarded = await (await Guarded.nodes(chain)).start()
  await guarded.blocks(10, 30)
  chain.fork(12)
  grow(chain, 13)
  await expect(guarded.guard.failed).rejects.toMatchObject({
    code: 'REORG_TOO_DEEP',
    remedy: 'retry',
  })
})

test('a deep fork that is contradicted holds finality back and does not end the run', async () => {
  const chain = chainOf(30)
  const other = chain.copy('other')
  other.fork(12)
  grow(other, 13)
  guarded = await (await Guarded.nodes(chain, chain)).start()
  await guarded.blocks(10, 30)
  let failed = false
  guarded.guard.failed.catch(() => {
    failed = true
  })
  guarded.node(0).chain = other
  await eventually(() => guarded.lines.some((line) => /another history/.test(line)))
  grow(chain, 5)
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  expect(failed).toBe(false)
  expect(await guarded.head()).toBe(30)
})

test('a receipt that lacks a log is never believed', async () => {
  const chain = chainOf(3)
  guarded = await (await Guarded.nodes(chain)).start()
  const hash = chain.at(2)?.transactions[0]
  const spoil: Behaviour = async (_, answer) => ({ ...Object(await answer()), logs: [] })
  guarded.node(0).behave = on('eth_getTransactionReceipt', spoil)
  await expect(guarded.call('eth_getTransactionReceipt', hash)).rejects.toThrow(/bloom/)
})

test('an endpoint that is down while the other one works takes nothing away', async () => {
  const chain = chainOf(30)
  guarded = await Guarded.nodes(chain, chain)
  guarded.node(0).behave = () => Promise.reject(new HttpFault(503))
  await guarded.start()
  grow(chain, 4)
  await guarded.headAt(34)
  expect(await guarded.logs(30, 34)).toHaveLength(10)
})
