import type { Logger } from '@subsquid/logger'
import { DeviceTrailError } from '../../domain/errors'
import { type Relation, relate } from './branch'
import type { Block } from './chain-block'
import type { ChainView } from './chain-view'
import type { Endpoint } from './endpoint'
import { EndpointFault, RpcError } from './faults'
import type { HeadNews } from './head-news'
import type { ChainIdentity } from './identity'
import { LookTimes } from './look-times'
import type { GuardMetrics } from './metrics'
import type { EndpointPool } from './pool'
import { Reminder } from './reminder'

/** Of witnesses, and of an endpoint that tells of its heads: in case that it ceases to. */
const SLOW_POLL_MIN_MS = 2_000
const FAILED_POLL_MAX_MS = 10_000
/** Looks in a row at which a deep fork must be seen before the run ends for it. */
const DEEP_LOOKS = 3

export interface HeadWatchParts {
  view: ChainView
  pool: EndpointPool
  identity: ChainIdentity
  metrics: GuardMetrics
  news: HeadNews
  log: Logger
  pollMs: number
  closing: AbortSignal
  /** Keeps blocks that came along. */
  keep: (blocks: readonly Block[]) => void
  /** Brings all blocks that are not final yet into view, as far as the endpoints have them. */
  widen: () => Promise<boolean>
  /** Ends the run. */
  fail: (error: DeviceTrailError) => void
}

/**
 * Watches the heads of all endpoints. The view follows one of them; the others are witnesses, whose
 * other history is a dispute and never taken over.
 */
export class HeadWatch {
  private readonly times = new Map<Endpoint, LookTimes>()
  private readonly reminder: Reminder
  private readonly asked = new Set<Endpoint>()
  private deep: { at: number; looks: number } | undefined

  constructor(private readonly parts: HeadWatchParts) {
    this.reminder = new Reminder(parts.log)
  }

  start(): void {
    for (const endpoint of this.parts.pool.endpoints) {
      const times = new LookTimes(this.parts.pollMs)
      this.times.set(endpoint, times)
      endpoint.onHeads(times)
      void this.watch(endpoint, times)
    }
  }

  /** Whether every endpoint has been asked for its head. */
  get askedAll(): boolean {
    return this.asked.size === this.parts.pool.endpoints.length
  }

  /** Looks at the head of an endpoint now. */
  lookAt(endpoint: Endpoint): void {
    this.times.get(endpoint)?.lookNow()
  }

  /** Looks at all heads now; after the end was called for, this ends the watch. */
  lookAtAll(): void {
    for (const times of this.times.values()) times.lookNow()
  }

  private async watch(endpoint: Endpoint, times: LookTimes): Promise<void> {
    const { closing, pool, pollMs, news } = this.parts
    const slowMs = Math.max(pollMs, SLOW_POLL_MIN_MS)
    for (let failures = 0, told = false; !closing.aborted; ) {
      const before = endpoint.head ?? Number.POSITIVE_INFINITY
      const began = performance.now()
      const worked = await this.look(endpoint)
      news.tell()
      if (!told && (endpoint.head ?? -1) > before) times.missedHead()
      this.asked.add(endpoint)
      this.gauge()
      failures = worked ? 0 : failures + 1
      if (!worked) times.forget()
      // Another one may have to take over, and its last look may be a while ago.
      if (failures === 1) this.lookAtAll()
      const mustAsk = pool.followed() === endpoint && !times.tells
      // From question to question; but a node that is slow to answer gets time to breathe.
      const quickMs = Math.max(pollMs / 2, pollMs - (performance.now() - began))
      const failedMs = Math.min(FAILED_POLL_MAX_MS, pollMs * 1.5 ** Math.min(failures - 1, 20))
      told = await times.next(worked ? (mustAsk ? quickMs : slowMs) : failedMs)
    }
  }

  private async look(endpoint: Endpoint): Promise<boolean> {
    const { pool, identity, fail, closing, log } = this.parts
    try {
      if (!endpoint.known || endpoint.mayBeAnother) await identity.verify(endpoint)
      const block = await endpoint.latest()
      endpoint.told(block.number)
      await this.judge(endpoint, block)
      return true
    } catch (error) {
      if (closing.aborted) return false
      if (error instanceof DeviceTrailError) fail(error)
      else if (error instanceof EndpointFault) pool.noteFault(endpoint, error)
      else if (!(error instanceof RpcError)) log.error(`look at ${endpoint.name}: ${String(error)}`)
      return false
    }
  }

  private async judge(endpoint: Endpoint, block: Block): Promise<void> {
    const { view, pool, metrics, keep } = this.parts
    const headBefore = view.head?.hash
    const relation = await this.relationOf(endpoint, block)
    const follows = pool.followed() === endpoint
    if (view.head?.hash !== headBefore) return this.times.get(endpoint)?.lookAgain()
    if (relation.kind === 'branch' && relation.forkAt <= (view.head?.number ?? -1)) {
      metrics.conflicts.inc({ endpoint: endpoint.name })
      view.dispute(relation.forkAt)
      if (!follows || !view.mayReplaceFrom(relation.forkAt)) {
        return this.refuse(endpoint, relation.forkAt)
      }
      this.parts.log.info(
        `a fork at block ${relation.forkAt}: following ${endpoint.name} to block ` +
          `${block.number} (${block.hash})`,
      )
    }
    this.agreed(endpoint, block)
    if (!follows) return
    if (relation.kind === 'far') view.jumpTo(block)
    if (relation.kind === 'branch') {
      view.adopt(relation.blocks)
      keep(relation.blocks)
    }
    if (relation.kind === 'same') this.tellLag(endpoint, block)
  }

  private async relationOf(endpoint: Endpoint, block: Block): Promise<Relation> {
    const { view, widen } = this.parts
    const comparable = await this.comparable(endpoint, block)
    const relation = await relate(view, comparable, endpoint)
    const guessed = relation.kind === 'branch' && relation.guessed
    return guessed && (await widen()) ? relate(view, comparable, endpoint) : relation
  }

  /** A witness that is ahead is asked for the block at the height that is in view. */
  private async comparable(endpoint: Endpoint, block: Block): Promise<Block> {
    const { view, pool } = this.parts
    const head = view.head
    if (pool.followed() === endpoint || head === undefined || block.number <= head.number) {
      return block
    }
    const [same] = await endpoint.blocks([head.number])
    return same ?? block
  }

  private agreed(endpoint: Endpoint, block: Block): void {
    endpoint.disagrees = false
    this.parts.pool.noteHead(block.number)
    if (this.deep !== undefined && block.number >= this.deep.at) this.deep = undefined
  }

  private refuse(endpoint: Endpoint, forkAt: number): void {
    const { view, fail } = this.parts
    endpoint.disagrees = true
    this.reminder.say(
      `${endpoint.name} has another history from block ${forkAt} on. Nothing from there on is ` +
        'taken as final until all endpoints agree. If this lasts, find out which one is wrong ' +
        'and take it out of RPC_URL.',
    )
    if (view.mayReplaceFrom(forkAt)) return
    this.deep = { at: forkAt, looks: (this.deep?.looks ?? 0) + 1 }
    if (this.deep.looks < DEEP_LOOKS) return
    fail(
      new DeviceTrailError({
        code: 'REORG_TOO_DEEP',
        remedy: 'retry',
        what:
          `${endpoint.name} has another history from block ${forkAt} or earlier on, and no ` +
          'endpoint has the one that was followed. That is deeper than finality.',
        todo: 'The next start finds out what is lost, and repairs it.',
      }),
    )
  }

  private tellLag(endpoint: Endpoint, block: Block): void {
    const head = this.parts.view.head?.number ?? 0
    if (block.number >= head) return
    this.reminder.say(`${endpoint.name} is at block ${block.number}, behind ${head}; waiting.`)
  }

  private gauge(): void {
    const { pool, metrics, view } = this.parts
    const followed = pool.followed()
    for (const endpoint of pool.endpoints) {
      const label = { endpoint: endpoint.name }
      metrics.healthy.set(label, pool.isWell(endpoint) ? 1 : 0)
      metrics.served.set(label, endpoint === followed ? 1 : 0)
    }
    metrics.servedHead.set(view.servedHead() ?? -1)
    metrics.disputed.set(view.disputedHeight() ?? -1)
  }
}
