import { Logger, type LogRecord } from '@subsquid/logger'
import { Registry } from 'prom-client'
import { NodeGuard, type NodeGuardOptions } from '../../src/ingest/node-guard/node-guard'
import { ScriptedChain } from '../faults/scripted-chain'
import { type Behaviour, ScriptedNode } from '../faults/scripted-node'
import { encodeLog } from '../support/encode-log'

/** A guard in front of scripted nodes, and what it said. */
export class Guarded {
  readonly registry = new Registry()
  readonly lines: string[] = []
  private opened: NodeGuard | undefined

  private constructor(readonly nodes: readonly ScriptedNode[]) {}

  /** Nodes of these chains, in order of preference. */
  static async nodes(...chains: readonly ScriptedChain[]): Promise<Guarded> {
    return new Guarded(await Promise.all(chains.map((chain) => ScriptedNode.start(chain))))
  }

  get guard(): NodeGuard {
    if (this.opened === undefined) throw new Error('the guard was not started')
    return this.opened
  }

  node(index: number): ScriptedNode {
    const node = this.nodes[index]
    if (node === undefined) throw new Error(`there is no node ${index}`)
    return node
  }

  async start(options: Partial<NodeGuardOptions> = {}): Promise<this> {
    const log = new Logger((record: LogRecord) => this.lines.push(String(record.msg)), 'guard')
    this.opened = await NodeGuard.start({
      urls: this.nodes.map(({ url }) => url),
      finalityBlocks: 5,
      headPollMs: 50,
      conflictHoldMs: 60_000,
      logsBloom: true,
      timeoutMs: 1_000,
      giveUpMs: 1_000,
      log,
      registry: this.registry,
      ...options,
    })
    return this
  }

  async close(): Promise<void> {
    this.opened?.close()
    await Promise.all(this.nodes.map((node) => node.close()))
  }

  /** The result of a call, or its error as an Error. */
  async call(method: string, ...params: unknown[]): Promise<unknown> {
    const [answer] = await this.batch({ method, params })
    return answer
  }

  async batch(...calls: readonly { method: string; params: unknown[] }[]): Promise<unknown[]> {
    const body = JSON.stringify(calls.map((call, id) => ({ jsonrpc: '2.0', id, ...call })))
    const response = await fetch(this.guard.url, { method: 'POST', body })
    const answers: { result?: unknown; error?: { message: string } }[] = await response.json()
    return answers.map(({ result, error }) => {
      if (error) throw new Error(error.message)
      return result
    })
  }

  async head(): Promise<number> {
    return Number(await this.call('eth_blockNumber'))
  }

  /** Blocks of a range, in one batch, as the processor asks for them. */
  async blocks(from: number, to: number): Promise<{ hash: string; parentHash: string }[]> {
    const heights = Array.from({ length: to - from + 1 }, (_, i) => from + i)
    const calls = heights.map((height) => ({
      method: 'eth_getBlockByNumber',
      params: [`0x${height.toString(16)}`, false],
    }))
    return (await this.batch(...calls)).map((block) => {
      const { hash, parentHash } = Object(block)
      return { hash, parentHash }
    })
  }

  async logs(from: number, to: number): Promise<{ blockHash: string; logIndex: string }[]> {
    const range = { fromBlock: `0x${from.toString(16)}`, toBlock: `0x${to.toString(16)}` }
    const logs = await this.call('eth_getLogs', range)
    return Array.isArray(logs) ? logs : []
  }

  /** Waits until the told head is this high. */
  async headAt(height: number): Promise<void> {
    await eventually(async () => (await this.head()) >= height)
  }
}

/** Waits until something holds, for as long as a loaded machine may take. */
export async function eventually(holds: () => Promise<boolean> | boolean): Promise<void> {
  const until = performance.now() + 30_000
  while (!(await holds())) {
    if (performance.now() > until) throw new Error('it did not come to that')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const CONTRACT = '0x00000000000000000000000000000000000000aa'

/** A log that moves a unit; each number is another unit. */
export function moveOf(unit: number) {
  const to = `0x${'1'.repeat(40)}`
  return { address: CONTRACT, ...encodeLog('Transfer', { from: to, to, tokenId: BigInt(unit) }) }
}

/** A chain of this many blocks above its genesis, two logs in each. */
export function chainOf(blocks: number): ScriptedChain {
  const chain = new ScriptedChain()
  grow(chain, blocks)
  return chain
}

export function grow(chain: ScriptedChain, blocks: number): void {
  for (let i = 0; i < blocks; i++) chain.append([moveOf(2 * i), moveOf(2 * i + 1)])
}

/** Misbehaves on calls of one method, is honest otherwise. */
export function on(method: string, behave: Behaviour): Behaviour {
  return (call, answer) => (call.method === method ? behave(call, answer) : answer())
}
