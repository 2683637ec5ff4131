import { setTimeout as sleep } from 'node:timers/promises'
import { numberToHex } from 'viem'
import { CONTRACT_ADDRESS, DEPLOYMENT_BLOCK, DemoChain } from '../../src/demo/chain/demo-chain'
import { contractBytecode } from '../../src/demo/chain/deployment'
import type { LocalAnvil } from '../../src/demo/local-anvil'
import type { ContractCall } from '../../src/demo/story/contract-calls'
import { PARTIES } from '../../src/demo/story/parties'
import { GENESIS_TIMESTAMP } from '../../src/demo/story/script'
import { DeviceTrailError } from '../../src/domain/errors'
import { startAnvil } from '../../test/support/anvil'
import { callsOf, OPENING } from './block-plan'
import { KeptConnection } from './kept-connection'

const ACCOUNTS = 20
// The limits of a block's transactions together must stay below that of a block: 30 million.
const GAS_OF_A_CALL = numberToHex(300_000)
const GAS_OF_A_BATCH = numberToHex(6_000_000)
const QUEUE_LOOK_MS = 5

/** A block as a client of the node got to see it. */
export interface SeenBlock {
  readonly height: number
  /** When it was visible, in monotonic milliseconds. */
  readonly at: number
  /** From the order to mine it until it was visible, in milliseconds. */
  readonly minedInMs: number
}

/** A real anvil with the reference contract; blocks are filled beforehand and mined on call. */
export class BenchChain {
  private readonly nonces = new Map<string, number>()
  private index = 0
  private height: number

  private constructor(
    private readonly anvil: LocalAnvil,
    private readonly miner: KeptConnection,
    private readonly watcher: KeptConnection,
    opened: number,
  ) {
    this.height = opened
  }

  static async start(): Promise<BenchChain> {
    const anvil = await startAnvil({
      mining: 'manual',
      accounts: ACCOUNTS,
      genesisTimestamp: GENESIS_TIMESTAMP,
    })
    try {
      const chain = new DemoChain(anvil.url)
      let timestamp = GENESIS_TIMESTAMP + 1
      await chain.deploy(await contractBytecode(), timestamp)
      for (const calls of OPENING) await chain.play({ timestamp: ++timestamp, calls })
      const { height } = await chain.head()
      const [miner, watcher] = [new KeptConnection(anvil.url), new KeptConnection(anvil.url)]
      const opened = new BenchChain(anvil, miner, watcher, height)
      await opened.fillNext()
      return opened
    } catch (error) {
      await anvil.stop()
      throw error
    }
  }

  get httpUrl(): string {
    return this.anvil.url
  }

  get wsUrl(): string {
    return this.anvil.url.replace('http', 'ws')
  }

  /** The followed contract, as CONTRACTS of the environment names it. */
  get contracts(): string {
    return `bench=${CONTRACT_ADDRESS.toLowerCase()}@${DEPLOYMENT_BLOCK}`
  }

  /** Height of the last block. */
  get head(): number {
    return this.height
  }

  /** Mines the block that was filled. */
  async mine(): Promise<SeenBlock> {
    const height = this.height + 1
    const ordered = performance.now()
    const mined = ask(this.miner, 'evm_mine', []).then(() => performance.now())
    const watched = this.isVisible(height)
    const at = await Promise.race([mined, watched])
    await Promise.all([mined, watched])
    this.height = height
    return { height, at, minedInMs: at - ordered }
  }

  /** Sends the transactions of the next block; resolves when the node is ready to mine them. */
  async fillNext(): Promise<void> {
    const calls = callsOf(this.index++)
    const batch: object[] = []
    for (const call of calls) batch.push(request('eth_sendTransaction', [await this.sent(call)]))
    for (const answer of listOf(await this.miner.post(batch))) resultOf(answer)
    for (;;) {
      const { pending } = Object(await ask(this.miner, 'txpool_status', []))
      if (Number(pending) >= calls.length) return
      await sleep(QUEUE_LOOK_MS)
    }
  }

  async stop(): Promise<void> {
    this.miner.close()
    this.watcher.close()
    await this.anvil.stop()
  }

  /** When a client that asks without a pause is told that the block is there. */
  private async isVisible(height: number): Promise<number> {
    while (Number(await ask(this.watcher, 'eth_blockNumber', [])) < height) {
      // Each answer is the pause before the next question.
    }
    return performance.now()
  }

  /** With its nonce: the node may take the calls of a batch in any order. */
  private async sent({ by, action, data, value }: ContractCall): Promise<object> {
    const from = PARTIES[by].address
    const counted = () => ask(this.miner, 'eth_getTransactionCount', [from, 'latest'])
    const nonce = this.nonces.get(from) ?? Number(await counted())
    this.nonces.set(from, nonce + 1)
    const gas = action === 'mintBatch' ? GAS_OF_A_BATCH : GAS_OF_A_CALL
    const to = CONTRACT_ADDRESS
    return { from, to, data, value: numberToHex(value), gas, nonce: numberToHex(nonce) }
  }
}

function request(method: string, params: readonly unknown[]): object {
  return { jsonrpc: '2.0', id: 1, method, params }
}

async function ask(node: KeptConnection, method: string, params: unknown[]): Promise<unknown> {
  return resultOf(await node.post(request(method, params)))
}

function listOf(answer: unknown): unknown[] {
  return Array.isArray(answer) ? answer : [answer]
}

/** @throws DeviceTrailError BENCH_CHAIN_REFUSED */
function resultOf(answer: unknown): unknown {
  const { result, error } = Object(answer)
  if (error === undefined) return result
  throw new DeviceTrailError({
    code: 'BENCH_CHAIN_REFUSED',
    remedy: 'human',
    what: `The node answers ${JSON.stringify(error).slice(0, 500)}.`,
    todo: 'Correct the workload of the bench.',
  })
}
