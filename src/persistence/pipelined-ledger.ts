import type { BlockOfEvents } from '../projection/project'
import type { FinalTxInfo, HashAndHeight, HotDatabaseState, HotTxInfo } from './database-interface'
import { eventsOf, FinalPipeline, type PipelineListener } from './final-pipeline'
import type { Ledger, LedgerBatch } from './ledger'

/** Who wants to know how writing gets on. */
export interface LedgerListener extends PipelineListener {
  /** All that is final was read, or nearly; awaited before the head is followed. */
  caughtUp(): Promise<void>
}

/**
 * A ledger as the processor drives it: final blocks go through a pipeline, so `transact` resolves
 * before they are committed. What follows the head waits until all of them are.
 */
export class PipelinedLedger {
  readonly supportsHotBlocks = true as const
  private readonly pipeline: FinalPipeline
  /** Whether blocks of the head, from before this start, may have to be undone first. */
  private hasTop = false

  constructor(
    private readonly ledger: Ledger,
    private readonly listener: LedgerListener,
  ) {
    this.pipeline = new FinalPipeline(ledger, listener)
  }

  async connect(): Promise<HotDatabaseState> {
    const state = await this.ledger.connect()
    this.hasTop = state.top.length > 0
    return state
  }

  async transact(info: FinalTxInfo, handle: (batch: LedgerBatch) => Promise<void>): Promise<void> {
    let taken: readonly BlockOfEvents[] = []
    await handle({
      apply: async (blocks) => {
        taken = blocks
      },
    })
    if (this.hasTop || taken.at(-1)?.block.hash !== info.nextHead.hash) {
      await this.pipeline.settle()
      await this.told(info, taken)
      this.hasTop = false
    } else {
      await this.pipeline.take(info.prevHead, taken)
    }
    if (!info.isOnTop) return
    await this.pipeline.settle()
    await this.listener.caughtUp()
  }

  async transactHot2(
    info: HotTxInfo,
    handle: (batch: LedgerBatch, from: number, to: number) => Promise<void>,
  ): Promise<void> {
    await this.pipeline.settle()
    await this.listener.caughtUp()
    await this.counted(info, (count) =>
      this.ledger.transactHot2(info, (batch, from, to) => handle(count(batch), from, to)),
    )
  }

  async transactHot(
    info: HotTxInfo,
    handle: (batch: LedgerBatch, block: HashAndHeight) => Promise<void>,
  ): Promise<void> {
    await this.pipeline.settle()
    await this.listener.caughtUp()
    await this.counted(info, (count) =>
      this.ledger.transactHot(info, (batch, block) => handle(count(batch), block)),
    )
  }

  /** Tells of blocks at the head when they are committed. */
  private async counted(
    { newBlocks, baseHead }: HotTxInfo,
    work: (count: (batch: LedgerBatch) => LedgerBatch) => Promise<void>,
  ): Promise<void> {
    let events = 0
    await work((batch) => ({
      apply(blocks, headTime) {
        events += eventsOf(blocks)
        return batch.apply(blocks, headTime)
      },
    }))
    this.listener.committed((newBlocks.at(-1) ?? baseHead).height, events)
  }

  /** In one transaction, and without another in flight. */
  private async told(info: FinalTxInfo, blocks: readonly BlockOfEvents[]): Promise<void> {
    await this.ledger.transact(info, async (batch) => {
      const last = blocks.at(-1)
      if (last !== undefined) await batch.apply(blocks, last.block.timestamp)
    })
    this.listener.committed(info.nextHead.height, eventsOf(blocks))
  }
}
