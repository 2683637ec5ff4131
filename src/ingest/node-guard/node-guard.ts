import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@subsquid/logger'
import type { Registry } from 'prom-client'
import { redactUrl } from '../../config/redact'
import type { DeviceTrailError } from '../../domain/errors'
import { GuardAnswers } from './answers'
import { BlockSource } from './block-source'
import { ChainView } from './chain-view'
import { Endpoint } from './endpoint'
import { HeadNews } from './head-news'
import { HeadWatch } from './head-watch'
import { History } from './history'
import { ChainIdentity } from './identity'
import { GuardMetrics } from './metrics'
import { EndpointPool } from './pool'
import { Reminder } from './reminder'
import { type RpcServer, startRpcServer } from './rpc-server'

const TIMEOUT_MS = 15_000
const GIVE_UP_MS = 30_000
const WITNESS_WAIT_MS = 3_000
const START_PAUSE_MS = 100

export interface NodeGuardOptions {
  /** Endpoints in order of preference, http(s) or ws(s). */
  urls: readonly string[]
  finalityBlocks: number
  headPollMs: number
  /** How long a height with two hashes stays in dispute after both were seen, in milliseconds. */
  conflictHoldMs: number
  /** Whether the chain fills in the blooms of its headers; without them logs may be withheld. */
  logsBloom: boolean
  log: Logger
  registry: Registry
  /** For one request to an endpoint, in milliseconds. */
  timeoutMs?: number
  /** After this time of tries a request is given up, in milliseconds. */
  giveUpMs?: number
}

/** What an endpoint says of a height. */
export interface Testimony {
  endpoint: string
  hash: string
}

/**
 * A JSON-RPC server on loopback in front of one or more nodes. Whoever asks it sees one chain:
 * nodes fail, lag, contradict each other and leave things out behind it. What cannot be right is
 * asked again elsewhere; what stays wrong is an error, never an answer.
 */
export class NodeGuard {
  /** Rejects when the run must end: REORG_TOO_DEEP, NODE_WRONG_CHAIN. Never resolves. */
  readonly failed: Promise<never>

  private constructor(
    private readonly server: RpcServer,
    private readonly pool: EndpointPool,
    private readonly watch: HeadWatch,
    private readonly closing: AbortController,
    /** Final blocks in wide stretches, asked for without a further server between. */
    readonly history: History,
    failed: Promise<never>,
  ) {
    this.failed = failed
  }

  /** Resolves when a node answers and its head is known; says what it waits for until then. */
  static async start(options: NodeGuardOptions): Promise<NodeGuard> {
    const { log, finalityBlocks, conflictHoldMs, giveUpMs = GIVE_UP_MS } = options
    const now = () => performance.now()
    const closing = new AbortController()
    // Every request that waits for its next try listens, and history has many at once.
    setMaxListeners(0, closing.signal)
    const metrics = new GuardMetrics(options.registry)
    const endpoints = makeEndpoints(options, metrics, now)
    const pool = new EndpointPool(endpoints, giveUpMs, metrics, now, closing.signal)
    const view = new ChainView(finalityBlocks, conflictHoldMs, now)
    const news = new HeadNews(view)
    const identity = new ChainIdentity(endpoints, log)
    let fail: (error: DeviceTrailError) => void = () => undefined
    const failed = new Promise<never>((_, reject) => {
      fail = reject
    })
    failed.catch(() => undefined)
    const suspect = (endpoint: Endpoint) => watch.lookAt(endpoint)
    const blocks = new BlockSource(view, pool, suspect)
    const keep = blocks.keep.bind(blocks)
    const { headPollMs: pollMs } = options
    const widen = () => knowsOpenBlocks(view, blocks)
    const parts = { view, pool, identity, metrics, news, log, pollMs, closing: closing.signal }
    const watch = new HeadWatch({ ...parts, keep, widen, fail })
    const checks = { blocks, blooms: options.logsBloom, suspect }
    const answers = new GuardAnswers({ ...parts, ...checks })
    const history = new History({ ...parts, ...checks, answers, finalityBlocks, now })
    const server = await startRpcServer(answers, news)
    const guard = new NodeGuard(server, pool, watch, closing, history, failed)
    if (!options.logsBloom) log.warn('LOGS_BLOOM is off: logs that a node withholds go unnoticed.')
    const since = now()
    const hasHead = () =>
      view.head !== undefined && (watch.askedAll || now() - since > WITNESS_WAIT_MS)
    const ready = async () => {
      await waitFor(log, endpoints, closing.signal, () => identity.establish())
      watch.start()
      await waitFor(log, endpoints, closing.signal, async () => hasHead())
      await waitFor(log, endpoints, closing.signal, widen)
    }
    try {
      await Promise.race([failed, ready()])
    } catch (error) {
      guard.close()
      throw error
    }
    return guard
  }

  /** Where the guard listens, over HTTP; the same port speaks WebSocket and tells of heads. */
  get url(): string {
    return this.server.url
  }

  /** What each endpoint has at a height now; those that have no block there are left out. */
  async hashesAt(height: number): Promise<Testimony[]> {
    const asked = this.pool.endpoints
      .filter((endpoint) => endpoint.known)
      .map(async (endpoint): Promise<Testimony[]> => {
        const [block] = await endpoint.blocks([height])
        return block === undefined ? [] : [{ endpoint: endpoint.name, hash: block.hash }]
      })
    const answers = await Promise.all(asked.map((answer) => answer.catch(() => [])))
    return answers.flat()
  }

  close(): void {
    this.closing.abort()
    this.watch.lookAtAll()
    this.server.close()
    for (const endpoint of this.pool.endpoints) endpoint.close()
  }
}

/** Where two histories part can be told only among blocks in view: all that are not final yet. */
async function knowsOpenBlocks(view: ChainView, blocks: BlockSource): Promise<boolean> {
  try {
    view.servedHead()
    await blocks.byNumber([Math.max(0, view.lowestOpen - 1)])
    return true
  } catch {
    return false
  }
}

function makeEndpoints(options: NodeGuardOptions, metrics: GuardMetrics, now: () => number) {
  const names = options.urls.map(redactUrl)
  return options.urls.map((url, i) => {
    const name = names[i] ?? ''
    const label = names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${i + 1})`
    return new Endpoint(label, url, options.timeoutMs ?? TIMEOUT_MS, metrics, now)
  })
}

async function waitFor(
  log: Logger,
  endpoints: readonly Endpoint[],
  closing: AbortSignal,
  ready: () => Promise<boolean>,
): Promise<void> {
  const reminder = new Reminder(log)
  const since = performance.now()
  while (!closing.aborted && !(await ready())) {
    if (performance.now() - since > START_PAUSE_MS) {
      const faults = endpoints.map(({ name, lastFault }) => `${name}: ${lastFault}`).join('; ')
      reminder.say(`waiting for a node. ${faults}`)
    }
    await sleep(START_PAUSE_MS)
  }
}
