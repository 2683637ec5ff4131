import { type Block, quantity, readBlock } from './chain-block'
import { EndpointFault, readRpcError } from './faults'
import { httpTransport } from './http-transport'
import type { GuardMetrics } from './metrics'
import type { Call, CallResult, HeadListener, Transport } from './transport'
import { wsTransport } from './ws-transport'

const REST_MIN_MS = 100
const REST_MAX_MS = 10_000
const BLOCK_TRIES = 3
/** An endpoint that was away so long may have become another one. */
const AWAY_MS = 5_000

/** One node, how it is doing, and what it said last. */
export class Endpoint {
  /** Chain id and genesis were asked and are right. */
  known = false
  /** It answered its last question for the head. */
  alive = false
  /** Its head is on another history than the one that is served. */
  disagrees = false
  head: number | undefined
  lastFault = 'not asked yet'
  /** Until then others are asked before it, in monotonic milliseconds. */
  restUntil = 0
  /** Until then it wants to be left alone, and is. */
  awayUntil = 0
  private readonly transport: Transport
  private faults = 0
  private wasAbsent = false
  private workedAt = 0

  /** @param name the URL without anything secret */
  constructor(
    readonly name: string,
    url: string,
    private readonly timeoutMs: number,
    private readonly metrics: GuardMetrics,
    private readonly now: () => number,
  ) {
    this.transport = url.startsWith('ws') ? wsTransport(url) : httpTransport(url)
    for (const gauge of [metrics.healthy, metrics.served]) gauge.set({ endpoint: name }, 0)
  }

  /**
   * The results of some calls, in order.
   *
   * @throws EndpointFault
   * @throws RpcError where an error is the answer
   */
  async ask(calls: readonly Call[], timeoutMs = this.timeoutMs): Promise<unknown[]> {
    const labels = { endpoint: this.name }
    const since = this.now()
    try {
      const results = await this.transport.send(calls, timeoutMs)
      this.metrics.requests.inc({ ...labels, outcome: 'answer' })
      return results.map(resultOf)
    } catch (error) {
      const outcome = error instanceof EndpointFault ? error.reason : 'rpc_error'
      this.metrics.requests.inc({ ...labels, outcome })
      throw error
    } finally {
      this.metrics.seconds.observe(labels, (this.now() - since) / 1000)
    }
  }

  async latest(): Promise<Block> {
    const [answer] = await this.ask([blockByNumber('latest')])
    return readBlock(answer, 'latest')
  }

  /**
   * Blocks at some heights. A batch is as bad as its worst answer: one that failed goes on in
   * halves, and a single block is asked for a few times.
   *
   * @throws EndpointFault behind where one is missing, wrong_block
   */
  async blocks(heights: readonly number[], tries = BLOCK_TRIES): Promise<Block[]> {
    try {
      const answers = await this.ask(heights.map((height) => blockByNumber(quantity(height))))
      return readBlocks(heights, answers)
    } catch (error) {
      const hopeless = !(error instanceof EndpointFault) || error.reason === 'timeout'
      if (hopeless || tries === 0) throw error
      if (heights.length === 1) return this.blocks(heights, tries - 1)
      const middle = Math.ceil(heights.length / 2)
      const lower = await this.blocks(heights.slice(0, middle))
      return [...lower, ...(await this.blocks(heights.slice(middle)))]
    }
  }

  onHeads(listener: HeadListener): void {
    this.transport.onHeads?.(listener)
  }

  worked(): void {
    this.faults = 0
    this.restUntil = 0
    this.workedAt = this.now()
  }

  /** It told its head: whoever was merely away is back, whoever told untruths still rests. */
  told(head: number): void {
    this.alive = true
    this.head = head
    this.workedAt = this.now()
    this.metrics.head.set({ endpoint: this.name }, head)
    if (this.wasAbsent) this.worked()
    this.wasAbsent = false
  }

  /** It was away so long that another node may have come back in its place. */
  get mayBeAnother(): boolean {
    return this.wasAbsent && this.now() - this.workedAt > AWAY_MS
  }

  /** Notes a fault: the endpoint rests for a time that grows with faults in a row. */
  failed(fault: EndpointFault): void {
    this.faults++
    this.lastFault = fault.message
    this.wasAbsent = isAbsence(fault)
    if (this.wasAbsent) this.alive = false
    if (fault.reason === 'unreachable' || this.mayBeAnother) this.known = false
    const rest = Math.min(REST_MAX_MS, REST_MIN_MS * 2 ** Math.min(this.faults - 1, 20))
    this.restUntil = this.now() + rest
    this.awayUntil = this.now() + fault.retryAfterMs
  }

  close(): void {
    this.transport.close()
  }
}

function isAbsence({ reason }: EndpointFault): boolean {
  return ['unreachable', 'connection', 'timeout', 'server_error', 'refused'].includes(reason)
}

/** @throws EndpointFault behind, malformed, wrong_block */
export function readBlocks(heights: readonly number[], answers: readonly unknown[]): Block[] {
  return heights.map((height, i) => {
    const block = readBlock(answers[i], String(height))
    if (block.number !== height) {
      throw new EndpointFault('wrong_block', `block ${block.number} came for block ${height}`)
    }
    return block
  })
}

export function blockByNumber(height: string, full = false): Call {
  return { method: 'eth_getBlockByNumber', params: [height, full] }
}

function resultOf(result: CallResult): unknown {
  if ('error' in result) throw readRpcError(result.error)
  return result.result
}
