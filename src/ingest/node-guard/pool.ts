import { setTimeout as sleep } from 'node:timers/promises'
import type { Endpoint } from './endpoint'
import { EndpointFault, RpcError } from './faults'
import type { GuardMetrics } from './metrics'
import type { Call } from './transport'

const TRIES_MIN = 4
const PAUSE_MIN_MS = 50
const PAUSE_MAX_MS = 3_000
/** An endpoint lags when it lacks a height that another one told so long ago. */
const LAG_MS = 5_000

/** The endpoints in order of preference, and the way of a request through them. */
export class EndpointPool {
  /** Heads that agreed with what is served, when each was first told; the oldest counts as due. */
  private marks: { height: number; at: number }[] = []

  constructor(
    readonly endpoints: readonly Endpoint[],
    private readonly giveUpMs: number,
    private readonly metrics: GuardMetrics,
    private readonly now: () => number,
    private readonly closing: AbortSignal,
  ) {}

  /** The endpoint whose head is followed: the first that is well, else the first of the chain. */
  followed(): Endpoint | undefined {
    return this.endpoints.find((one) => this.isWell(one)) ?? this.endpoints.find((one) => one.known)
  }

  /** It answers, has the right chain and history, and keeps up. */
  isWell(endpoint: Endpoint): boolean {
    const { known, alive, disagrees, head = -1, restUntil, awayUntil } = endpoint
    const rested = Math.max(restUntil, awayUntil) <= this.now()
    return known && alive && !disagrees && rested && head >= this.dueHeight()
  }

  /** Notes a head that agrees with what is served. */
  noteHead(height: number): void {
    const last = this.marks.at(-1)
    if (last === undefined || height > last.height) this.marks.push({ height, at: this.now() })
    while ((this.marks[1]?.at ?? Number.POSITIVE_INFINITY) <= this.now() - LAG_MS) {
      this.marks.shift()
    }
    for (const { name, head = 0 } of this.endpoints) {
      const best = this.marks.at(-1)?.height ?? 0
      this.metrics.lag.set({ endpoint: name }, Math.max(0, best - head))
    }
  }

  private dueHeight(): number {
    const due = this.marks[0]
    return due !== undefined && due.at <= this.now() - LAG_MS ? due.height : -1
  }

  /**
   * The first answer that stands the check: of the endpoint in favour, else of the others, else
   * again after a pause.
   *
   * @param check makes the value of the results, or throws an EndpointFault
   * @param isAnswer which faults are no faults to whoever asks, but an answer: they are thrown
   * @throws RpcError the answer itself where it is an error, or a last word that names endpoint and
   *   fault when no try was good within the bound
   */
  async ask<Value>(
    calls: readonly Call[],
    check: (results: unknown[], endpoint: Endpoint) => Value,
    isAnswer: (fault: EndpointFault) => boolean = () => false,
  ): Promise<Value> {
    const since = this.now()
    const asked = new Set<Endpoint>()
    const refused = new Set<Endpoint>()
    let last = 'no endpoint has answered for chain id and genesis yet'
    let tries = 0
    for (let round = 0; ; ) {
      this.closing.throwIfAborted()
      const endpoint = this.next(asked, refused)
      if (endpoint === undefined) {
        const allRefuse = refused.size > 0 && refused.size === this.endpoints.length
        const spent = this.now() - since
        if (allRefuse || (spent > this.giveUpMs && (tries >= TRIES_MIN || tries === 0))) {
          throw new RpcError(-32_603, lastWord(calls, tries, spent, last))
        }
        asked.clear()
        await this.pause(round++)
        continue
      }
      asked.add(endpoint)
      if (tries++ > 0) this.metrics.retries.inc({ method: calls[0]?.method ?? 'none' })
      try {
        const value = check(await endpoint.ask(calls), endpoint)
        endpoint.worked()
        return value
      } catch (error) {
        if (!(error instanceof EndpointFault) || isAnswer(error)) throw error
        this.noteFault(endpoint, error)
        if (error.final) refused.add(endpoint)
        last = `${endpoint.name}: ${error.message}`
      }
    }
  }

  /**
   * One try with the endpoint in favour.
   *
   * @throws EndpointFault, RpcError
   */
  async askOnce<Value>(
    calls: readonly Call[],
    check: (results: unknown[], endpoint: Endpoint) => Value,
  ): Promise<Value> {
    const endpoint = this.next(new Set(), new Set())
    if (endpoint === undefined) throw new EndpointFault('connection', 'no endpoint is well')
    try {
      const value = check(await endpoint.ask(calls), endpoint)
      endpoint.worked()
      return value
    } catch (error) {
      if (error instanceof EndpointFault) this.noteFault(endpoint, error)
      throw error
    }
  }

  /** A fault of an endpoint, met anywhere. */
  noteFault(endpoint: Endpoint, fault: EndpointFault): void {
    this.closing.throwIfAborted()
    endpoint.failed(fault)
    this.metrics.rejected.inc({ endpoint: endpoint.name, reason: fault.reason })
  }

  private next(asked: Set<Endpoint>, refused: Set<Endpoint>): Endpoint | undefined {
    const open = this.endpoints.filter((e) => e.known && !asked.has(e) && !refused.has(e))
    const well = open.find((endpoint) => this.isWell(endpoint))
    if (well !== undefined) return well
    // None is well: the one that has rested longest, unless it asked to be left alone.
    const allowed = open.filter(({ awayUntil }) => awayUntil <= this.now())
    return allowed.sort((a, b) => a.restUntil - b.restUntil)[0]
  }

  private async pause(round: number): Promise<void> {
    const full = Math.min(PAUSE_MAX_MS, PAUSE_MIN_MS * 2 ** Math.min(round, 10))
    await sleep(full * (0.5 + Math.random() / 2), undefined, { signal: this.closing, ref: false })
  }
}

function lastWord(calls: readonly Call[], tries: number, ms: number, last: string): string {
  const [call] = calls
  const asked = `${call?.method} ${JSON.stringify(call?.params)}`
  const seconds = (ms / 1000).toFixed(1)
  const what = `no endpoint gave a usable answer to ${asked} in ${tries} tries over ${seconds} s`
  return `${what}. Last, ${last}`
}
