import { EventEmitter, once } from 'node:events'
import type { BlockRef } from '../domain/position'
import type { Changes } from '../projection/draft'
import type { BlockOfEvents } from '../projection/project'
import { type Weighed, weighed } from './block-weight'
import type { FinalTxInfo, HashAndHeight } from './database-interface'
import type { RenderedBatch } from './write-batch'

/**
 * How much the pipeline holds, in events of the usual size; blocks are not cut, so one may go
 * beyond.
 */
export interface PipelineLimits {
  /** In one transaction. */
  batch: number
  /** What may wait to be folded; who brings more has to wait. */
  waiting: number
}

/**
 * Half the batch takes a tenth more time, for every batch has its round trips; more takes memory.
 * What waits is a batch only with the thousands that a source brings at a time; one that brings
 * less is written in batches of what waits. More waiting makes nothing faster, and where
 * PostgreSQL is what is waited for, all this room is full.
 */
const LIMITS: PipelineLimits = { batch: 16_000, waiting: 12_000 }
/** One is written while the next is folded. */
const IN_FLIGHT_MAX = 2

/** What the pipeline asks of a ledger. */
export interface FinalWriter {
  fold(blocks: readonly BlockOfEvents[], pending?: Changes): Promise<RenderedBatch | undefined>
  append(info: FinalTxInfo, folded: RenderedBatch | undefined, headTime: number): Promise<void>
}

/** Who wants to know how the pipeline gets on. */
export interface PipelineListener {
  /** So many events more are committed, up to a height. */
  committed(height: number, events: number): void
  /** Writing failed. Nothing more will be taken. */
  failed(error: unknown): void
}

/**
 * Final blocks on their way into the ledger: while one batch is written, the next is loaded and
 * folded, and those after it are read and decoded. Each batch is one transaction that moves the
 * position as well, and they are committed one after the other, so a crash loses what waits here
 * and nothing else: the next start reads it again.
 *
 * Batches are cut by events and their texts, whatever the source delivers, so that memory is
 * bounded.
 */
export class FinalPipeline {
  private waiting: Weighed[] = []
  private weight = 0
  private inFlight = 0
  /** The batch that was cut last: where it ends, what becomes of it, when it is written. */
  private last: InFlight | undefined
  private readonly news = new EventEmitter()
  /**
   * Not a promise to race with: one that never settles would keep every race, and with it memory
   * for every batch of the history.
   */
  private fault: { readonly error: unknown } | undefined

  constructor(
    private readonly ledger: FinalWriter,
    private readonly listener: PipelineListener,
    private readonly limits: PipelineLimits = LIMITS,
  ) {}

  /**
   * Takes blocks that follow those taken before. Resolves when there is room for more.
   *
   * @param prevHead the block before them
   * @throws what writing threw, also that of blocks taken before
   */
  async take(prevHead: HashAndHeight, blocks: readonly BlockOfEvents[]): Promise<void> {
    this.last ??= {
      head: prevHead,
      changes: Promise.resolve(undefined),
      written: Promise.resolve(),
    }
    for (const block of blocks) {
      const waits = weighed(block)
      this.waiting.push(waits)
      this.weight += waits.weight
    }
    this.cut()
    await this.until(() => this.weight <= this.limits.waiting)
  }

  /** Resolves when all that was taken is committed. @throws what writing threw */
  async settle(): Promise<void> {
    await this.until(() => this.inFlight === 0 && this.waiting.length === 0)
    this.last = undefined
  }

  private async until(reached: () => boolean): Promise<void> {
    for (;;) {
      // A fault from before counts before anything else.
      if (this.fault !== undefined) throw this.fault.error
      if (reached()) return
      await once(this.news, 'done')
    }
  }

  private cut(): void {
    while (this.inFlight < IN_FLIGHT_MAX && this.waiting.length > 0) this.begin(this.nextBatch())
  }

  private nextBatch(): BlockOfEvents[] {
    let [count, sum] = [0, 0]
    for (const { weight } of this.waiting) {
      if (count > 0 && sum + weight > this.limits.batch) break
      count++
      sum += weight
    }
    this.weight = count === this.waiting.length ? 0 : this.weight - sum
    return this.waiting.splice(0, count).map(({ taken }) => taken)
  }

  /** Folded when the batch before is folded and the one before that is written; then written. */
  private begin(blocks: readonly BlockOfEvents[]): void {
    const before = this.last
    const end = blocks.at(-1)?.block
    if (before === undefined || end === undefined) return
    const folded = this.folded(before, blocks)
    const written = this.written(before, folded, end)
    // Where folding failed nothing is written any more, whatever is folded behind it.
    const changes = folded.then(
      (batch) => batch?.changes,
      () => undefined,
    )
    this.inFlight++
    this.last = { head: end, changes, written, before: before.written }
    void this.told(written, end.height, eventsOf(blocks))
  }

  private async folded(before: InFlight, blocks: readonly BlockOfEvents[]) {
    const pending = await before.changes
    await before.before
    return this.ledger.fold(blocks, pending)
  }

  private async written(
    before: InFlight,
    folded: Promise<RenderedBatch | undefined>,
    end: BlockRef,
  ) {
    const info = { prevHead: before.head, nextHead: end, isOnTop: false }
    const [batch] = await Promise.all([folded, before.written])
    await this.ledger.append(info, batch, end.timestamp)
  }

  /** Does not see the blocks: they are many, and would be kept in memory until they are written. */
  private async told(written: Promise<void>, height: number, events: number): Promise<void> {
    try {
      await written
    } catch (error) {
      this.fail(error)
      return
    }
    this.inFlight--
    this.listener.committed(height, events)
    this.cut()
    this.news.emit('done')
  }

  private fail(error: unknown): void {
    if (this.fault !== undefined) return
    this.fault = { error }
    this.listener.failed(error)
    this.news.emit('done')
  }
}

interface InFlight {
  head: HashAndHeight
  /** Not the whole batch: it would be kept until the next one is written. */
  changes: Promise<Changes | undefined>
  written: Promise<void>
  /** When the batch before it was written. */
  before?: Promise<void>
}

/** How many events some blocks carry. */
export function eventsOf(blocks: readonly BlockOfEvents[]): number {
  return blocks.reduce((sum, { events }) => sum + events.length, 0)
}
