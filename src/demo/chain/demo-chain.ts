import {
  BaseError,
  createPublicClient,
  createTestClient,
  createWalletClient,
  encodeAbiParameters,
  getContractAddress,
  type Hex,
  http,
  numberToHex,
} from 'viem'
import { foundry } from 'viem/chains'
import type { DeviceTrailError } from '../../domain/errors'
import { demoError } from '../demo-error'
import { type ContractCall, FEE_BASIS_POINTS } from '../story/contract-calls'
import { PARTIES } from '../story/parties'
import type { ScriptBlock } from '../story/script-writer'

/** Block of the deployment: the first after genesis. */
export const DEPLOYMENT_BLOCK = 1

/** The contract's address, which follows from being the first transaction of the registry. */
export const CONTRACT_ADDRESS: Hex = getContractAddress({
  from: PARTIES.registry.address,
  nonce: 0n,
})

// No estimate: it would be made on the last block, before the calls that this one builds on.
const GAS_OF_A_CALL = 1_000_000n
const GAS_OF_A_BATCH = 24_000_000n

/** The demo's hand on the chain: sends calls from the node's own accounts and mines the blocks. */
export class DemoChain {
  readonly #public
  readonly #sender
  readonly #miner

  constructor(url: string) {
    const transport = http(url, { timeout: 30_000, retryCount: 0 })
    this.#public = createPublicClient({ chain: foundry, transport, cacheTime: 0 })
    this.#sender = createWalletClient({ chain: foundry, transport })
    this.#miner = createTestClient({ mode: 'anvil', chain: foundry, transport })
  }

  /** Deploys the contract in the block after genesis. */
  async deploy(bytecode: Hex, timestamp: number): Promise<void> {
    const types = [{ type: 'address' }, { type: 'address' }, { type: 'uint16' }] as const
    const { registry, treasury } = PARTIES
    const args = encodeAbiParameters(types, [registry.address, treasury.address, FEE_BASIS_POINTS])
    const data: Hex = `${bytecode}${args.slice(2)}`
    const hash = await this.#send({
      from: registry.address,
      data,
      gas: numberToHex(GAS_OF_A_BATCH),
    })
    await this.#mine(timestamp)
    if ((await this.#outcomes()).get(hash) !== 'success') throw await this.#refused(undefined)
  }

  /** Whether the contract is on this chain. */
  async hasContract(): Promise<boolean> {
    const code = await this.#public.getCode({ address: CONTRACT_ADDRESS })
    return code !== undefined && code !== '0x'
  }

  /** Sends the calls of a block in order, mines them into one block and checks each outcome. */
  async play({ timestamp, calls }: ScriptBlock): Promise<void> {
    const sent: { hash: Hex; call: ContractCall }[] = []
    for (const call of calls) sent.push({ hash: await this.#sendCall(call), call })
    await this.#mine(timestamp)
    const outcomes = await this.#outcomes()
    const refused = sent.find(({ hash }) => outcomes.get(hash) !== 'success')
    if (refused !== undefined) throw await this.#refused(refused.call)
  }

  /** Reads from the contract at the last block. */
  async read(data: string): Promise<Hex> {
    const call = { to: CONTRACT_ADDRESS, data: asHex(data) }
    const { data: answer } = await this.#public.call(call)
    return answer ?? '0x'
  }

  /** Height and time of the last block. */
  async head(): Promise<{ height: number; timestamp: number }> {
    const { number, timestamp } = await this.#public.getBlock()
    return { height: Number(number), timestamp: Number(timestamp) }
  }

  #sendCall({ by, data, value, action }: ContractCall): Promise<Hex> {
    const gas = numberToHex(action === 'mintBatch' ? GAS_OF_A_BATCH : GAS_OF_A_CALL)
    const from = PARTIES[by].address
    return this.#send({ from, to: CONTRACT_ADDRESS, data, gas, value: numberToHex(value) })
  }

  #send(transaction: { from: Hex; to?: Hex; data: Hex; gas: Hex; value?: Hex }): Promise<Hex> {
    return this.#sender.request({ method: 'eth_sendTransaction', params: [transaction] })
  }

  async #mine(timestamp: number): Promise<void> {
    // A machine whose clock is behind the chain: block time must still go forward.
    const { timestamp: last } = await this.head()
    await this.#miner.setNextBlockTimestamp({ timestamp: BigInt(Math.max(timestamp, last + 1)) })
    await this.#miner.mine({ blocks: 1 })
  }

  // How the transactions of the last block ended; one that is missing was not mined.
  async #outcomes(): Promise<ReadonlyMap<Hex, 'success' | 'reverted'>> {
    const receipts = await this.#public.getBlockReceipts({ blockTag: 'latest' })
    return new Map(receipts.map(({ transactionHash, status }) => [transactionHash, status]))
  }

  async #refused(call: ContractCall | undefined): Promise<DeviceTrailError> {
    const what = call === undefined ? 'deployment' : `${call.action} of ${call.by}`
    return demoError(
      'DEMO_CHAIN_STEP',
      `The ${what} was reverted or not mined (${await this.#reasonFor(call)}).`,
      'This is a fault of the demo: please report it. Remove the data folder to start afresh.',
    )
  }

  async #reasonFor(call: ContractCall | undefined): Promise<string> {
    if (call === undefined) return 'no reason known'
    const { by, data, value } = call
    const request = { account: PARTIES[by].address, to: CONTRACT_ADDRESS, data, value }
    return this.#public.call(request).then(
      () => 'it would succeed now',
      (error: unknown) => (error instanceof BaseError ? error.shortMessage : String(error)),
    )
  }
}

function asHex(text: string): Hex {
  return `0x${text.replace(/^0x/, '')}`
}
