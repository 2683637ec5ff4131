import {
  BaseError,
  ContractFunctionExecutionError,
  ContractFunctionRevertedError,
  createPublicClient,
  type Hex,
  http,
  type PublicClient,
  parseAbi,
  webSocket,
} from 'viem'
import { type Address, toHolder } from '../../domain/address'
import { isStateMissing, StateMissing } from './node-answers'
import type { Pin } from './pin'

const OWNER_OF = parseAbi(['function ownerOf(uint256 tokenId) view returns (address)'])
/** Where Multicall3 is on nearly every chain. */
const MULTICALL3 = '0xca11bde05977b3631167028862be2a173976ca11'
const CALLS_DEPLOYED = 400
/** Without a deployed one its code travels with each request, as that of a contract: 48 KB at most. */
const CALLS_DEPLOYLESS = 120
const TIMEOUT_MS = 30_000

/** A token to ask about. */
export interface Token {
  readonly contract: Address
  readonly tokenId: bigint
}

/** Who the contract says holds a token: null for nobody; a text where it does not say. */
export type Told = { readonly owner: Address | null } | { readonly silent: string }

type At = { blockHash: Hex } | { blockNumber: bigint }
type Way = 'multicall' | 'deployless' | 'single'

/** Asks contracts for owners at one block, many in a request where the node lets it. */
export class OwnerReader {
  private constructor(
    private readonly client: PublicClient,
    private readonly at: At,
    private readonly way: Way,
  ) {}

  /**
   * Finds out how this node can be asked at this block.
   *
   * @throws StateMissing
   */
  static async open(url: string, pin: Pin, token: Token): Promise<OwnerReader> {
    const options = { timeout: TIMEOUT_MS, retryCount: 3 }
    const transport = url.startsWith('ws') ? webSocket(url, options) : http(url, options)
    const client = createPublicClient({ transport, cacheTime: 0 })
    const byHash: At = { blockHash: toHex(pin.hash) }
    const byNumber: At = { blockNumber: BigInt(pin.height) }
    const isDeployed = await hasMulticall(client, pin)
    const ways: Way[] = isDeployed ? ['multicall', 'single'] : ['deployless', 'single']
    const problems: string[] = []
    for (const at of [byHash, byNumber]) {
      for (const way of ways) {
        const reader = new OwnerReader(client, at, way)
        const problem = await reader.problemWith(token)
        if (problem === undefined) return reader
        problems.push(problem)
      }
    }
    throw new StateMissing(problems.at(-1))
  }

  /** Whether the answers belong to the block by its hash; else only to whatever is at its height. */
  get isByHash(): boolean {
    return 'blockHash' in this.at
  }

  /** Tokens that one request takes. */
  get requestSize(): number {
    if (this.way === 'single') return 1
    return this.way === 'multicall' ? CALLS_DEPLOYED : CALLS_DEPLOYLESS
  }

  /**
   * The owners of some tokens, in their order; at most `requestSize`. An answer that could have
   * another cause than the contract's own word is asked again, alone.
   *
   * @throws StateMissing, or the error of a node that failed
   */
  async owners(tokens: readonly Token[]): Promise<Told[]> {
    if (this.way === 'single') return Promise.all(tokens.map((token) => this.owner(token)))
    const contracts = tokens.map(({ contract, tokenId }) => callOf(contract, tokenId))
    const place = this.way === 'deployless' ? { deployless: true } : multicallPlace
    const results = await this.client.multicall({ contracts, ...place, ...this.at, batchSize: 0 })
    return Promise.all(
      results.map(async (result, index): Promise<Told> => {
        if (result.status === 'success') return { owner: holderOf(result.result) }
        throwIfWhole(result.error)
        if (isWordOfContract(result.error)) return { owner: null }
        const token = tokens[index]
        if (token === undefined) throw new Error('more answers than questions')
        return this.owner(token)
      }),
    )
  }

  /** The owner of one token, asked directly. */
  async owner({ contract, tokenId }: Token): Promise<Told> {
    try {
      const call = { ...callOf(contract, tokenId), ...this.at }
      return { owner: holderOf(await this.client.readContract(call)) }
    } catch (error) {
      if (isStateMissing(error)) throw new StateMissing(messageOf(error), { cause: error })
      if (isRevert(error)) return { owner: null }
      if (isNoData(error)) return { silent: 'no such contract' }
      throw error
    }
  }

  /** A node may know no hashes, run no code of ours, or not have the block: then it says so. */
  private async problemWith(token: Token): Promise<string | undefined> {
    try {
      await this.owners([token])
      return undefined
    } catch (error) {
      if (isTransport(error)) throw error
      return messageOf(error)
    }
  }
}

const multicallPlace = { multicallAddress: MULTICALL3 } as const

function callOf(contract: Address, tokenId: bigint) {
  return {
    address: toHex(contract),
    abi: OWNER_OF,
    functionName: 'ownerOf',
    args: [tokenId],
  } as const
}

async function hasMulticall(client: PublicClient, { height }: Pin): Promise<boolean> {
  const code = await client
    .getCode({ address: MULTICALL3, blockNumber: BigInt(height) })
    .catch((error: unknown) => {
      if (isTransport(error)) throw error
      return undefined
    })
  return code !== undefined
}

/** One failure of the whole request is told by viem as a failure of each of its calls. */
function throwIfWhole(error: Error): void {
  if (error instanceof ContractFunctionExecutionError && error.functionName === 'ownerOf') return
  if (isStateMissing(error)) throw new StateMissing(messageOf(error), { cause: error })
  throw error
}

/** A revert with a reason. One without might be that of a call that ran out of gas. */
function isWordOfContract(error: Error): boolean {
  const reverted = revertIn(error)
  return reverted?.raw !== undefined && reverted.raw !== '0x'
}

function revertIn(error: unknown): ContractFunctionRevertedError | undefined {
  if (!(error instanceof BaseError)) return undefined
  const found = error.walk((cause) => cause instanceof ContractFunctionRevertedError)
  return found instanceof ContractFunctionRevertedError ? found : undefined
}

const REVERTED = /revert|VM execution error|invalid opcode/i

/** viem takes any internal error of a node for a revert: only the node's own words decide. */
function isRevert(error: unknown): boolean {
  if (!(error instanceof BaseError) || revertIn(error) === undefined) return false
  return isWordOfContract(error) || REVERTED.test(error.details ?? '')
}

function isNoData(error: unknown): boolean {
  const names = ['ContractFunctionZeroDataError', 'AbiDecodingZeroDataError']
  return error instanceof BaseError && error.walk((cause) => isNamed(cause, names)) !== null
}

function isTransport(error: unknown): boolean {
  const names = ['HttpRequestError', 'TimeoutError', 'WebSocketRequestError', 'SocketClosedError']
  return error instanceof BaseError && error.walk((cause) => isNamed(cause, names)) !== null
}

function isNamed(cause: unknown, names: readonly string[]): boolean {
  return cause instanceof Error && names.includes(cause.name)
}

function messageOf(error: unknown): string {
  if (error instanceof BaseError) return error.details || error.shortMessage
  return error instanceof Error ? error.message : String(error)
}

function holderOf(text: string): Address | null {
  return toHolder(text) ?? null
}

function toHex(text: string): Hex {
  return text.startsWith('0x') ? `0x${text.slice(2)}` : `0x${text}`
}
