import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { RpcFault } from '../faults/node-answers'
import { ScriptedChain } from '../faults/scripted-chain'
import { type Behaviour, Cut, HttpFault } from '../faults/scripted-node'
import { propertySettings } from '../support/property-settings'
import { grow, logsOf, OURS, ServedHistory } from './served-history'

/**
 * Goal: whatever a node limits or gets wrong, the gateway serves the logs of the chain, all, once,
 * in order, or waits. Method: a scripted node, the guard before it; the client of the protocol is
 * this test. The last 1,024 blocks are read whole; what is older, by filtered logs.
 */

const READ_WHOLE = 1_024

/** Built once: its first blocks are old. */
const LONG = new ScriptedChain()
grow(
  LONG,
  Array.from({ length: READ_WHOLE + 500 }, (_, n) => [0, 0, 1, 0, 2, 7][n % 6] ?? 0),
)

let served: ServedHistory | undefined
afterEach(() => served?.close())

async function serve(...blocks: number[]): Promise<ServedHistory> {
  const chain = new ScriptedChain()
  grow(chain, blocks)
  served = await ServedHistory.start(chain)
  return served
}

async function serveLong(): Promise<ServedHistory> {
  served = await ServedHistory.start(LONG.copy('more'))
  return served
}

function full(blocks: number): number[] {
  return Array<number>(blocks).fill(2)
}

const limits = fc.record({
  blocks: fc.integer({ min: 1, max: 400 }),
  logs: fc.integer({ min: 9, max: 300 }),
  hints: fc.boolean(),
  failEvery: fc.integer({ min: 3, max: 9 }),
})

/** A node that takes no more than so much at once, and fails now and then. */
function limited({
  blocks,
  logs,
  hints,
  failEvery,
}: typeof limits extends fc.Arbitrary<infer L> ? L : never): Behaviour {
  let calls = 0
  return async ({ method, params }, answer) => {
    if (method !== 'eth_getLogs') return answer()
    if (++calls % failEvery === 0) throw new HttpFault(503)
    const result = await answer()
    const { fromBlock, toBlock, blockHash } = Object(params[0])
    if (blockHash !== undefined) return result
    const end = Number(fromBlock) + blocks - 1
    const tooMany = Array.isArray(result) && result.length > logs
    if (Number(toBlock) <= end && !tooMany) return result
    const hint = `. Try with this block range [${fromBlock}, 0x${end.toString(16)}].`
    const more = hints && !tooMany ? hint : ''
    throw new RpcFault(-32_005, `query returned more than ${logs} results${more}`)
  }
}

describe('history over plain JSON-RPC', () => {
  it('is the logs of a short chain, whatever the node takes and how often it fails', async () => {
    const density = fc.array(fc.constantFrom(0, 0, 0, 1, 2, 7), { minLength: 5, maxLength: 120 })
    await fc.assert(
      fc.asyncProperty(density, limits, async (blocks, limit) => {
        const history = await serve(...blocks)
        history.node.behave = limited(limit)
        expect(await history.all()).toEqual(history.expected())
        await history.close()
      }),
      { ...propertySettings(10), endOnFailure: true },
    )
  }, 120_000)

  it('is the logs of a long chain, whatever the node takes and how often it fails', async () => {
    await fc.assert(
      fc.asyncProperty(limits, fc.integer({ min: 0, max: 600 }), async (limit, from) => {
        const history = await serveLong()
        history.node.behave = limited({ ...limit, blocks: limit.blocks + 20 })
        expect(await history.all(from)).toEqual(history.expected(from))
        await history.close()
      }),
      { ...propertySettings(4), endOnFailure: true },
    )
  }, 120_000)

  it('asks for few headers and for no foreign log where the chain is old', async () => {
    const history = await serveLong()
    let headers = 0
    let whole = 0
    history.node.behave = ({ method, params }, answer) => {
      if (method === 'eth_getBlockByNumber') headers++
      if (method === 'eth_getLogs' && Object(params[0]).address === undefined) whole++
      return answer()
    }
    expect(logsOf(await history.ask(0, { toBlock: 399 }))).toEqual(
      history.expected().filter(([height]) => height < 400),
    )
    expect(whole).toBe(0)
    // Half of the blocks carry logs of ours; a few are looked at because they carry none.
    expect(headers).toBeLessThan(300)
  })

  it('ends with the last block of what was served, whether it carries a log or not', async () => {
    const history = await serve(1, 0, 0, 0, 0, 0, 0)
    const blocks = await history.ask(0)
    expect(blocks.map(({ header }) => header.number)).toEqual([1, history.final])
    expect(blocks.at(-1)?.header.timestamp).toBe(Number(history.chain.at(history.final)?.timestamp))
  })

  it('is never served above the last final block, also when the chain grows', async () => {
    const history = await serve(...full(20))
    expect(await history.height()).toBe(history.final)
    expect((await history.ask(0)).at(-1)?.header.number).toBe(history.final)
    await expect(history.ask(history.final + 1)).rejects.toThrow('503')
    grow(history.chain, [1])
    await history.seen()
    expect((await history.ask(history.final)).map(({ header }) => header.number)).toEqual([
      history.final,
    ])
  })

  it('of one block comes with its hash, as the processor asks when it starts', async () => {
    const history = await serve(...full(9))
    const more = { toBlock: 3, includeAllBlocks: true, logs: [], fields: undefined }
    const [block] = await history.ask(3, more)
    expect(block?.header.hash).toBe(history.chain.at(3)?.hash)
  })

  it('comes with every header where every block is wanted', async () => {
    const history = await serveLong()
    const blocks = await history.ask(100, { toBlock: 700, includeAllBlocks: true })
    expect(blocks.map(({ header }) => header.hash)).toEqual(
      Array.from({ length: 601 }, (_, n) => history.chain.at(100 + n)?.hash),
    )
  })

  it('goes on from wherever it is asked, and again from where it was asked before', async () => {
    const history = await serve(...full(30))
    const whole = await history.all()
    for (const from of [17, 0, 17, 25]) {
      expect(logsOf(await history.ask(from))[0]).toEqual(whole.find(([at]) => at >= from))
    }
  })

  it('with a time that no whole number of the protocol holds is served', async () => {
    const history = await serve()
    history.chain.append([], { timestamp: 2n ** 64n - 1n })
    for (let n = 0; n < 8; n++) history.chain.append([], { timestamp: 2n ** 64n - 1n })
    await history.seen()
    const [block] = await history.ask(1, { toBlock: 1 })
    expect(block?.header.timestamp).toBe(Number.MAX_SAFE_INTEGER)
  })
})

describe('a node that contradicts itself', () => {
  type Fault = (method: string, result: unknown) => unknown
  const logs = (change: (log: Record<string, unknown>) => object): Fault => {
    return (method, result) =>
      method === 'eth_getLogs' && Array.isArray(result) ? result.map(change) : result
  }
  const FAULTS: [string, Fault][] = [
    ['logs of another history', logs((log) => ({ ...log, blockHash: `0x${'0f'.repeat(32)}` }))],
    ['logs that were removed', logs((log) => ({ ...log, removed: true }))],
    ['logs of other blocks', logs((log) => ({ ...log, blockNumber: '0xffff' }))],
    ['a log without data', logs(({ data: _, ...log }) => log)],
    ['no block where one must be', (m, r) => (/ByNumber$/.test(m) ? null : r)],
    [
      'another block than asked for',
      (m, r) => (/ByNumber$/.test(m) ? { ...Object(r), number: '0x1' } : r),
    ],
  ]

  it.each(FAULTS)('with %s is asked again', async (_, fault) => {
    const history = await serveLong()
    let done = false
    history.node.behave = async ({ method, params }, answer) => {
      const result = await answer()
      if (params[0] === 'latest') return result
      const changed = done ? result : fault(method, result)
      done ||= changed !== result
      return changed
    }
    expect(await history.all(100)).toEqual(history.expected(100))
  })

  it('for good is not believed: nothing is served until it tells the truth', async () => {
    const history = await serve(...full(12))
    const spoil = logs((log) => ({ ...log, blockHash: `0x${'0f'.repeat(32)}` }))
    history.node.behave = async ({ method }, answer) => spoil(method, await answer())
    const asked = history.all()
    const waiting = new Promise((resolve) => setTimeout(resolve, 1_500, 'waiting'))
    expect(await Promise.race([asked, waiting])).toBe('waiting')
    expect(history.lines.join()).toContain('does not belong')
    history.node.behaveWell()
    expect(await asked).toEqual(history.expected())
  })

  it('whose connections break is asked again', async () => {
    const history = await serveLong()
    let calls = 0
    history.node.behave = ({ method }, answer) => {
      if (method === 'eth_getLogs' && ++calls % 2 === 1) throw new Cut()
      return answer()
    }
    expect(await history.all()).toEqual(history.expected())
  })
})

describe('a request for more than logs', () => {
  it.each([
    ['transactions', { transactions: [{ to: [OURS] }] }],
    ['the transactions of logs', { logs: [{ address: [OURS], transaction: true }] }],
    ['traces', { traces: [{}] }],
  ])('is refused and not answered in part: %s', async (_, more) => {
    const history = await serve(...full(6))
    await expect(history.ask(0, more)).rejects.toThrow('400 This gateway serves logs only')
  })
})
