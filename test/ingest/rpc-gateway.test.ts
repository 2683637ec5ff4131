import { createLogger } from '@subsquid/logger'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RpcGateway, startRpcGateway } from '../../src/ingest/rpc-gateway/rpc-gateway'
import { RpcFault } from '../faults/node-answers'
import { ScriptedChain } from '../faults/scripted-chain'
import { Cut, HttpFault, ScriptedNode } from '../faults/scripted-node'
import { propertySettings } from '../support/property-settings'

/**
 * Goal: whatever a node limits or gets wrong, the gateway serves the logs of the chain, all, once,
 * in order, or nothing. Method: a scripted node; the client of the protocol is this test.
 */

const OURS = `0x${'11'.repeat(20)}`
const OTHER = `0x${'22'.repeat(20)}`
const TOPIC = `0x${'aa'.repeat(32)}`
const FOREIGN = `0x${'bb'.repeat(32)}`
const FINALITY = 4

let node: ScriptedNode
let gateway: RpcGateway
let chain: ScriptedChain

beforeEach(async () => {
  chain = new ScriptedChain()
  node = await ScriptedNode.start(chain)
  gateway = await startRpcGateway({
    rpcUrl: node.url,
    finalityBlocks: FINALITY,
    log: createLogger('test:gateway'),
  })
})
afterEach(async () => {
  await gateway.close()
  await node.close()
})

const request = {
  fields: { block: { timestamp: true }, log: { address: true, topics: true, data: true } },
  logs: [{ address: [OURS], topic0: [TOPIC] }],
}

interface ServedBlock {
  header: { number: number; hash: string; timestamp: number }
  logs: { logIndex: number; data: string }[]
}

async function ask(fromBlock: number, more: object = {}): Promise<ServedBlock[]> {
  const worker = await (await fetch(`${gateway.url}/${fromBlock}/worker`)).text()
  const response = await fetch(worker, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fromBlock, ...request, ...more }),
  })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return response.json()
}

async function height(): Promise<number> {
  return Number(await (await fetch(`${gateway.url}/height`)).text())
}

/** Everything up to the height, as a processor asks for it. */
async function all(): Promise<ServedBlock[]> {
  const top = await height()
  const blocks: ServedBlock[] = []
  for (let from = 0; from <= top; ) {
    const served = await ask(from, { toBlock: top })
    expect(served.length).toBeGreaterThan(0)
    blocks.push(...served)
    from = (served.at(-1)?.header.number ?? Number.NaN) + 1
  }
  return blocks
}

/** One to a few logs in some blocks, ours between others. */
function grow(blocks: readonly number[]): void {
  for (const [n, logs] of blocks.entries()) {
    chain.append(
      Array.from({ length: logs }, (_, i) => ({
        address: i % 3 === 2 ? OTHER : OURS,
        topics: [i % 4 === 3 ? FOREIGN : TOPIC],
        data: `0x${(n * 100 + i).toString(16).padStart(8, '0')}`,
      })),
    )
  }
}

/** What must be served, by going through the chain. */
function expected(): [number, string, number, string][] {
  const found: [number, string, number, string][] = []
  for (let at = 0; at <= chain.head.height - FINALITY; at++) {
    const block = chain.at(at)
    for (const log of block?.logs ?? []) {
      const ours = log.address === OURS && log.topics[0] === TOPIC
      if (ours) found.push([at, block?.hash ?? '', Number(log.logIndex), log.data])
    }
  }
  return found
}

function told(blocks: readonly ServedBlock[]): [number, string, number, string][] {
  const heights = blocks.map(({ header }) => header.number)
  expect(heights).toEqual([...new Set(heights)].sort((a, b) => a - b))
  return blocks.flatMap(({ header, logs }) =>
    logs.map((log): [number, string, number, string] => [
      header.number,
      header.hash,
      log.logIndex,
      log.data,
    ]),
  )
}

describe('history over plain JSON-RPC', () => {
  it('is the logs of the chain, whatever the node takes and how often it fails', async () => {
    const density = fc.array(fc.constantFrom(0, 0, 0, 1, 2, 7), { minLength: 5, maxLength: 120 })
    await fc.assert(
      fc.asyncProperty(
        density,
        fc.record({
          blocks: fc.integer({ min: 1, max: 60 }),
          logs: fc.integer({ min: 7, max: 40 }),
          hints: fc.boolean(),
          failEvery: fc.integer({ min: 3, max: 9 }),
        }),
        async (blocks, limit) => {
          chain.fork(chain.head.height)
          grow(blocks)
          let calls = 0
          node.behave = async ({ method, params }, answer) => {
            if (method === 'eth_getBlockByNumber') return answer()
            if (++calls % limit.failEvery === 0) throw new HttpFault(503)
            const result = await answer()
            if (method !== 'eth_getLogs') return result
            const [{ fromBlock, toBlock }] = params as [{ fromBlock: string; toBlock: string }]
            const end = Number(fromBlock) + limit.blocks - 1
            const tooMany = Array.isArray(result) && result.length > limit.logs
            if (Number(toBlock) <= end && !tooMany) return result
            const hint = `. Try with this block range [${fromBlock}, 0x${end.toString(16)}].`
            const more = limit.hints && !tooMany ? hint : ''
            throw new RpcFault(-32005, `query returned more than ${limit.logs} results${more}`)
          }
          expect(told(await all())).toEqual(expected())
        },
      ),
      { ...propertySettings(25), endOnFailure: true },
    )
  })

  it('ends with the last block of what was served, whether it carries a log or not', async () => {
    grow([1, 0, 0, 0, 0, 0, 0])
    const blocks = await all()
    expect(blocks.map(({ header }) => header.number)).toEqual([1, chain.head.height - FINALITY])
    expect(blocks.at(-1)?.header.timestamp).toBe(
      Number(chain.at(chain.head.height - FINALITY)?.timestamp),
    )
  })

  it('is never served above the last final block, also when the chain grows', async () => {
    grow(Array<number>(20).fill(1))
    expect(await height()).toBe(chain.head.height - FINALITY)
    expect((await ask(0)).at(-1)?.header.number).toBe(chain.head.height - FINALITY)
    await expect(ask(chain.head.height - FINALITY + 1)).rejects.toThrow('503')
    grow([1])
    expect((await ask(chain.head.height - FINALITY)).map(({ header }) => header.number)).toEqual([
      chain.head.height - FINALITY,
    ])
  })

  it('of one block comes with its hash, as the processor asks when it starts', async () => {
    grow(Array<number>(9).fill(0))
    const [block] = await ask(3, {
      toBlock: 3,
      includeAllBlocks: true,
      logs: [],
      fields: undefined,
    })
    expect(block?.header.hash).toBe(chain.at(3)?.hash)
  })

  it('goes on from wherever it is asked, and again from where it was asked before', async () => {
    grow(Array<number>(30).fill(1))
    const whole = told(await all())
    for (const from of [17, 0, 17, 25]) {
      expect(told(await ask(from))[0]).toEqual(whole.find(([at]) => at >= from))
    }
  })
})

describe('a node that contradicts itself', () => {
  const once = (fault: (method: string, result: unknown) => unknown) => {
    let done = false
    node.behave = async ({ method }, answer) => {
      const result = await answer()
      const changed = done ? result : fault(method, result)
      done ||= changed !== result
      return changed
    }
  }
  const logs = (change: (log: Record<string, unknown>) => object) => {
    return (method: string, result: unknown) =>
      method === 'eth_getLogs' && Array.isArray(result) ? result.map(change) : result
  }

  it.each([
    ['logs of another history', logs((log) => ({ ...log, blockHash: `0x${'0f'.repeat(32)}` }))],
    ['logs that were removed', logs((log) => ({ ...log, removed: true }))],
    ['logs of other blocks', logs((log) => ({ ...log, blockNumber: '0xffff' }))],
    ['a log without data', logs(({ data: _, ...log }) => log)],
    ['no block where one must be', (m: string, r: unknown) => (/ByNumber$/.test(m) ? null : r)],
    [
      'another block than asked for',
      (m: string, r: unknown) => (/ByNumber$/.test(m) ? { ...(r as object), number: '0x1' } : r),
    ],
  ])('with %s is asked again', async (_, fault) => {
    grow(Array<number>(12).fill(2))
    once(fault)
    expect(told(await all())).toEqual(expected())
  })

  it('for good is not believed: nothing is served until it tells the truth', async () => {
    grow(Array<number>(12).fill(2))
    node.behave = async ({ method }, answer) => {
      const result = await answer()
      return logs((log) => ({ ...log, blockHash: `0x${'0f'.repeat(32)}` }))(method, result)
    }
    await expect(ask(0)).rejects.toThrow('503')
    node.behave = (_, answer) => answer()
    expect(told(await all())).toEqual(expected())
  })

  it('that names no head is not taken for one at block 0', async () => {
    node.behave = async ({ method }, answer) => (method === 'eth_blockNumber' ? null : answer())
    expect((await fetch(`${gateway.url}/height`)).status).toBe(503)
  })

  it('whose connections break is asked again', async () => {
    grow(Array<number>(12).fill(2))
    let calls = 0
    node.behave = ({ method }, answer) => {
      if (method === 'eth_getLogs' && ++calls % 2 === 1) throw new Cut()
      return answer()
    }
    expect(told(await all())).toEqual(expected())
  })
})

describe('a request for more than logs', () => {
  it.each([
    ['transactions', { transactions: [{ to: [OURS] }] }],
    ['the transactions of logs', { logs: [{ address: [OURS], transaction: true }] }],
    ['traces', { traces: [{}] }],
  ])('is refused and not answered in part: %s', async (_, more) => {
    grow([1, 1, 1, 1, 1, 1])
    await expect(ask(0, more)).rejects.toThrow('400 This gateway serves logs only')
  })
})
