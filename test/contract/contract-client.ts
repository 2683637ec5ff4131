import {
  type Abi,
  type Address,
  BaseError,
  ContractFunctionRevertedError,
  decodeErrorResult,
  decodeEventLog,
  type Hex,
  isAddressEqual,
  type Log,
} from 'viem'
import { expect } from 'vitest'
import { events as generatedEvents } from '../../src/abi/DeviceNFT'
import { type Node, receiptOf } from './deployment'

/** An event as emitted: its name, and its arguments by name. */
export type Emitted = readonly [name: string, args: Record<string, unknown>]

/** One DeviceNFT on one node. Keeps the names of all it ever saw, for the test of completeness. */
export class ContractClient {
  readonly seenErrors = new Set<string>()
  readonly seenEvents = new Set<string>()

  constructor(
    private readonly node: Node,
    readonly address: Address,
    readonly abi: Abi,
  ) {}

  /** Sends a transaction, and returns its events in order; rejects if it reverts. */
  async send(
    from: Address,
    functionName: string,
    args: readonly unknown[] = [],
    value = 0n,
  ): Promise<Emitted[]> {
    return (await this.sendMeasured(from, functionName, args, value)).events
  }

  /** As `send`, with the gas that it used. */
  async sendMeasured(
    from: Address,
    functionName: string,
    args: readonly unknown[],
    value = 0n,
  ): Promise<{ events: Emitted[]; gasUsed: bigint }> {
    const { address, abi } = this
    const call = { address, abi, functionName, args, value, account: from }
    const hash = await this.node.writeContract(call)
    const { logs, gasUsed } = await this.eventsOf(hash)
    return { events: logs, gasUsed }
  }

  /** The contract's events in a transaction that somebody else may have sent. */
  async eventsOf(hash: Hex): Promise<{ logs: Emitted[]; gasUsed: bigint }> {
    const receipt = await receiptOf(this.node, hash)
    expect(receipt.status, `transaction ${hash}`).toBe('success')
    const own = receipt.logs.filter((log) => isAddressEqual(log.address, this.address))
    return { logs: own.map((log) => this.decode(log)), gasUsed: receipt.gasUsed }
  }

  /** Calls a view. */
  read(functionName: string, args: readonly unknown[] = []): Promise<unknown> {
    return this.node.readContract({ address: this.address, abi: this.abi, functionName, args })
  }

  /** Asserts that a call reverts with exactly this custom error and these arguments. */
  async rejects(
    from: Address,
    call: readonly [functionName: string, args?: readonly unknown[], value?: bigint],
    error: readonly [name: string, ...args: unknown[]],
  ): Promise<void> {
    const [functionName, args = [], value = 0n] = call
    const { address, abi } = this
    const outcome = await this.node
      .simulateContract({ address, abi, functionName, args, value, account: from })
      .then(
        () => ['no revert'],
        (problem: unknown) => revertOf(problem),
      )
    expect(outcome).toEqual(error)
    this.seenErrors.add(error[0])
  }

  /** The custom error in raw revert data, as `[name, ...args]`. */
  decodeError(data: Hex): readonly unknown[] {
    const { errorName, args } = decodeErrorResult({ abi: this.abi, data })
    this.seenErrors.add(errorName)
    return [errorName, ...(args ?? [])]
  }

  private decode(log: Log): Emitted {
    const { eventName, args } = decodeEventLog({
      abi: this.abi,
      topics: log.topics,
      data: log.data,
    })
    if (eventName === undefined) throw new Error(`${log.topics[0]} is no event of the contract`)
    const named: Record<string, unknown> = { ...args }
    expectGeneratedToAgree(log, eventName, named)
    this.seenEvents.add(eventName)
    return [eventName, named]
  }
}

/** The error behind a failed call; anything but a custom error of the ABI is passed on. */
export function revertOf(problem: unknown): readonly unknown[] {
  const reverted =
    problem instanceof BaseError
      ? problem.walk((cause) => cause instanceof ContractFunctionRevertedError)
      : undefined
  if (!(reverted instanceof ContractFunctionRevertedError) || !reverted.data) throw problem
  return [reverted.data.errorName, ...(reverted.data.args ?? [])]
}

/** The indexer reads with the generated decoders: they must see in each log what viem sees. */
function expectGeneratedToAgree(log: Log, eventName: string, args: Record<string, unknown>): void {
  const record = { topics: log.topics, data: log.data }
  const takers = Object.entries(generatedEvents).filter(([, event]) => event.is(record))
  expect(takers.map(([name]) => name)).toEqual([eventName])
  for (const [, event] of takers) expect(event.decode(record)).toEqual(lowerCaseAddresses(args))
}

function lowerCaseAddresses(args: Record<string, unknown>): Record<string, unknown> {
  const lower = (value: unknown) =>
    typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value) ? value.toLowerCase() : value
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, lower(value)]))
}
