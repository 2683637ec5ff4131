import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Abi, type AbiEvent, decodeEventLog, toEventSelector } from 'viem'
import type { RawLog } from '../../../src/decoding/raw-log'
import { CONTRACTS, type ScriptedBlock } from '../chain'

/**
 * What the raw logs say, read with viem from the ABI: the oracle shares no code with the decoding
 * of the indexer.
 */

const ABI_FOLDER = path.resolve(__dirname, '../../../abi')

function readAbi(name: string): Abi {
  return JSON.parse(readFileSync(path.join(ABI_FOLDER, name), 'utf8'))
}

const EVENTS = new Map<string, AbiEvent>(
  [...readAbi('DeviceNFT.json'), ...readAbi('ERC2309.json')]
    .filter((item): item is AbiEvent => item.type === 'event')
    .map((event) => [toEventSelector(event), event]),
)

/** Where a log stands. */
export interface Place {
  height: number
  logIndex: number
  txHash: string
  /** Block time in milliseconds. */
  time: number
}

export function isBefore(a: Place, b: Place): boolean {
  return a.height < b.height || (a.height === b.height && a.logIndex < b.logIndex)
}

export function laterOf(a: Place, b: Place): Place {
  return isBefore(a, b) ? b : a
}

/** One log in the words of the ABI. Asking for a parameter that it does not have throws. */
export class Statement {
  constructor(
    readonly event: string,
    readonly contract: string,
    readonly at: Place,
    private readonly parameters: Readonly<Record<string, unknown>>,
  ) {}

  has(name: string): boolean {
    return name in this.parameters
  }

  number(name: string): bigint {
    const value = this.parameters[name]
    if (typeof value === 'bigint') return value
    if (typeof value === 'number') return BigInt(value)
    throw this.wrong(name)
  }

  text(name: string): string {
    const value = this.parameters[name]
    if (typeof value === 'string') return value
    throw this.wrong(name)
  }

  texts(name: string): string[] {
    const value = this.parameters[name]
    if (Array.isArray(value)) return value.map(String)
    throw this.wrong(name)
  }

  flag(name: string): boolean {
    const value = this.parameters[name]
    if (typeof value === 'boolean') return value
    throw this.wrong(name)
  }

  address(name: string): string {
    return this.text(name).toLowerCase()
  }

  /** Every text that it holds, also within lists. */
  allTexts(): string[] {
    return Object.values(this.parameters)
      .flat()
      .filter((value) => typeof value === 'string')
  }

  private wrong(name: string): Error {
    return new Error(`${this.event} has no such ${name}: ${String(this.parameters[name])}`)
  }
}

/** What is said up to the end of a block, in the order of the log. */
export function statementsUpTo(chain: readonly ScriptedBlock[], height: number): Statement[] {
  const said: Statement[] = []
  for (const block of chain) {
    if (block.height > height) break
    for (const log of block.logs) {
      const { event, parameters } = decoded(log)
      const { logIndex, transactionHash: txHash } = log
      const at = { height: block.height, logIndex, txHash, time: block.timestamp }
      said.push(new Statement(event, CONTRACTS.get(log.address) ?? '?', at, parameters))
    }
  }
  return said
}

interface Decoded {
  event: string
  parameters: Record<string, unknown>
}

/** Logs never change, so each is decoded once. */
const DECODED = new WeakMap<RawLog, Decoded>()

function decoded(log: RawLog): Decoded {
  const known = DECODED.get(log)
  if (known !== undefined) return known
  const event = EVENTS.get(log.topics[0] ?? '')
  if (event === undefined) throw new Error(`a scripted log of an unknown topic: ${log.topics[0]}`)
  const [topic, ...more] = log.topics.map(hex)
  if (topic === undefined) throw new Error('a scripted log without a topic')
  const { args } = decodeEventLog({ abi: [event], topics: [topic, ...more], data: hex(log.data) })
  const made = { event: event.name, parameters: { ...args } }
  DECODED.set(log, made)
  return made
}

function hex(text: string): `0x${string}` {
  return `0x${text.slice(2)}`
}
