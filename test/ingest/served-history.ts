import { setTimeout as sleep } from 'node:timers/promises'
import { Logger, type LogRecord } from '@subsquid/logger'
import { Registry } from 'prom-client'
import { NodeGuard } from '../../src/ingest/node-guard/node-guard'
import { type RpcGateway, startRpcGateway } from '../../src/ingest/rpc-gateway/rpc-gateway'
import type { ScriptedChain } from '../faults/scripted-chain'
import { ScriptedNode } from '../faults/scripted-node'

export const OURS = `0x${'11'.repeat(20)}`
export const OTHER = `0x${'22'.repeat(20)}`
export const TOPIC = `0x${'aa'.repeat(32)}`
export const FOREIGN = `0x${'bb'.repeat(32)}`
export const FINALITY = 4

const REQUEST = {
  fields: { block: { timestamp: true }, log: { address: true, topics: true, data: true } },
  logs: [{ address: [OURS], topic0: [TOPIC] }],
}

export interface ServedBlock {
  header: { number: number; hash: string; timestamp: number }
  logs: { logIndex: number; data: string }[]
}

/** A log as a test compares it: height, hash of the block, index, data. */
export type ToldLog = [number, string, number, string]

/** A scripted node, the guard before it and the gateway over that; the client is the test. */
export class ServedHistory {
  readonly lines: string[] = []

  private constructor(
    readonly chain: ScriptedChain,
    readonly node: ScriptedNode,
    private readonly opened: { guard?: NodeGuard; gateway?: RpcGateway },
  ) {}

  static async start(chain: ScriptedChain): Promise<ServedHistory> {
    const served = new ServedHistory(chain, await ScriptedNode.start(chain), {})
    const log = new Logger((record: LogRecord) => served.lines.push(String(record.msg)), 'test')
    const guard = await NodeGuard.start({
      urls: [served.node.url],
      finalityBlocks: FINALITY,
      headPollMs: 10,
      conflictHoldMs: 1_000,
      logsBloom: true,
      timeoutMs: 1_000,
      giveUpMs: 300,
      log,
      registry: new Registry(),
    })
    served.opened.guard = guard
    served.opened.gateway = await startRpcGateway({ source: guard.history, log })
    return served
  }

  async close(): Promise<void> {
    this.opened.guard?.close()
    await this.opened.gateway?.close()
    await this.node.close()
  }

  get url(): string {
    return this.opened.gateway?.url ?? ''
  }

  get final(): number {
    return Math.max(0, this.chain.head.height - FINALITY)
  }

  async height(): Promise<number> {
    return Number(await (await fetch(`${this.url}/height`)).text())
  }

  /** Waits until the head of the chain is known. */
  async seen(): Promise<void> {
    for (let tries = 0; (await this.height()) < this.final && tries < 500; tries++) await sleep(10)
  }

  async ask(fromBlock: number, more: object = {}): Promise<ServedBlock[]> {
    const worker = await (await fetch(`${this.url}/${fromBlock}/worker`)).text()
    const response = await fetch(worker, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ fromBlock, ...REQUEST, ...more }),
    })
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    return response.json()
  }

  /** Everything up to the height, as a processor asks for it. */
  async all(fromBlock = 0): Promise<ToldLog[]> {
    const top = await this.height()
    const blocks: ServedBlock[] = []
    for (let from = fromBlock; from <= top; ) {
      const served = await this.ask(from, { toBlock: top })
      if (served.length === 0) throw new Error('an empty answer')
      blocks.push(...served)
      from = (served.at(-1)?.header.number ?? Number.NaN) + 1
    }
    return logsOf(blocks)
  }

  /** What must be served, by going through the chain. */
  expected(from = 0): ToldLog[] {
    const found: ToldLog[] = []
    for (let at = from; at <= this.final; at++) {
      const block = this.chain.at(at)
      for (const log of block?.logs ?? []) {
        const ours = log.address === OURS && log.topics[0] === TOPIC
        if (ours) found.push([at, block?.hash ?? '', Number(log.logIndex), log.data])
      }
    }
    return found
  }
}

/** The logs of blocks. @throws Error where the blocks are not in order, each once */
export function logsOf(blocks: readonly ServedBlock[]): ToldLog[] {
  return blocks.flatMap(({ header, logs }, at) => {
    if ((blocks[at - 1]?.header.number ?? -1) >= header.number) throw new Error('out of order')
    return logs.map((log): ToldLog => [header.number, header.hash, log.logIndex, log.data])
  })
}

/** Blocks with so many logs each, ours between others. */
export function grow(chain: ScriptedChain, blocks: readonly number[]): void {
  for (const logs of blocks) {
    const height = chain.head.height + 1
    chain.append(
      Array.from({ length: logs }, (_, i) => ({
        address: i % 3 === 2 ? OTHER : OURS,
        topics: [i % 4 === 3 ? FOREIGN : TOPIC],
        data: `0x${(height * 100 + i).toString(16).padStart(8, '0')}`,
      })),
    )
  }
}
