import type { DataSource } from 'typeorm'
import { DeviceTrailError } from '../domain/errors'
import type { Changes } from '../projection/draft'
import type { BlockOfEvents } from '../projection/project'
import { foldBlocks, lookUpByKey, writeFolded } from './apply-blocks'
import type { FinalTxInfo, HashAndHeight, HotDatabaseState, HotTxInfo } from './database-interface'
import { requireIndexes } from './indexes-off'
import {
  addHotBlocks,
  dropHotBlocksAbove,
  type ProcessorState,
  readState,
  resetHeadTime,
  writePosition,
} from './processor-state'
import { type Sql, sqlOf, type Writer, writerOf } from './sql'
import { unwind } from './unwind'
import type { RenderedBatch } from './write-batch'

/** What the batch handler may do with the ledger, within the transaction of its batch. */
export interface LedgerBatch {
  /**
   * Adds blocks in chain order; `headTime` is the time of the last block of the batch, in
   * milliseconds.
   */
  apply(blocks: readonly BlockOfEvents[], headTime: number): Promise<void>
}

/**
 * The ledger as @subsquid/evm-processor's `Database`. One transaction holds a batch's rows and the
 * position of the processor, so that a crash loses both or neither. Facts carry their position, so
 * blocks at the head are taken in one go and a fork is undone by `unwind`; there is no change log.
 */
export class Ledger {
  readonly supportsHotBlocks = true as const

  constructor(private readonly database: DataSource) {}

  /** Where the processor goes on. */
  async connect(): Promise<HotDatabaseState> {
    return readState(sqlOf(this.database.manager))
  }

  /**
   * Takes blocks that are final. Hot blocks from before are forgotten: the batch brings them again.
   */
  transact(info: FinalTxInfo, handle: (batch: LedgerBatch) => Promise<void>): Promise<void> {
    return this.commit(info.nextHead, async (writer, state) => {
      if (state.hash !== info.prevHead.hash) throw movedByAnother(state, info.prevHead)
      if (state.top.length > 0) await unwindTo(writer.sql, state.height)
      await dropHotBlocksAbove(writer.sql, state.height)
      return appliedBy(handle, writer)
    })
  }

  /**
   * What final blocks make of the ledger, without writing it: `pending` may still be on its way.
   */
  fold(blocks: readonly BlockOfEvents[], pending?: Changes): Promise<RenderedBatch | undefined> {
    return this.database.transaction((manager) => foldBlocks(sqlOf(manager), blocks, pending))
  }

  /** Takes final blocks that `fold` has folded. There may be no hot block. */
  append(info: FinalTxInfo, folded: RenderedBatch | undefined, headTime: number): Promise<void> {
    return this.commit(info.nextHead, async (writer, state) => {
      const isMoved = state.hash !== info.prevHead.hash || state.top.length > 0
      if (isMoved) throw movedByAnother(state.top.at(-1) ?? state, info.prevHead)
      if (folded !== undefined) await lookUpByKey(writer.sql)
      await writeFolded(writer, folded)
      return headTime
    })
  }

  /** Takes blocks at the head, after forgetting those that a fork replaced. */
  transactHot2(
    info: HotTxInfo,
    handle: (batch: LedgerBatch, from: number, to: number) => Promise<void>,
  ): Promise<void> {
    return this.commit(info.finalizedHead, async (writer, state) => {
      const { sql } = writer
      const known = [state, ...state.top]
      const base = known.find(({ hash }) => hash === info.baseHead.hash)
      if (base === undefined) throw movedByAnother(state, info.baseHead)
      if ((known.at(-1)?.height ?? -1) > base.height) {
        await unwindTo(sql, base.height)
        await dropHotBlocksAbove(sql, base.height)
      }
      await addHotBlocks(sql, info.newBlocks)
      const count = info.newBlocks.length
      if (count === 0) return undefined
      return appliedBy((batch) => handle(batch, 0, count), writer)
    })
  }

  /** The older form of `transactHot2`, which the interface still asks for: one block at a time. */
  transactHot(
    info: HotTxInfo,
    handle: (batch: LedgerBatch, block: HashAndHeight) => Promise<void>,
  ): Promise<void> {
    return this.transactHot2(info, async (batch, from, to) => {
      for (const block of info.newBlocks.slice(from, to)) await handle(batch, block)
    })
  }

  /**
   * Makes a block of the past the last one: everything after it is forgotten. Returns the blocks
   * forgotten.
   */
  async rewind(to: HashAndHeight): Promise<number> {
    let forgotten = 0
    await this.commit(to, async ({ sql }) => {
      forgotten = await unwindTo(sql, to.height)
      await dropHotBlocksAbove(sql, to.height)
      await resetHeadTime(sql)
      return undefined
    })
    return forgotten
  }

  /** @param work returns the time of the last block that it took; undefined where it took none */
  private commit(
    final: HashAndHeight,
    work: (writer: Writer, state: ProcessorState) => Promise<number | undefined>,
  ): Promise<void> {
    return this.database.transaction(async (manager) => {
      const writer = writerOf(manager)
      const state = await readState(writer.sql)
      const headTime = await work(writer, state)
      const moved = await writePosition(writer.sql, state.nonce, { final, headTime })
      if (!moved) throw movedByAnother(state, final)
    })
  }
}

/** An unwind finds what it undoes by indexes that a first sync may have taken off. */
async function unwindTo(sql: Sql, height: number): Promise<number> {
  await requireIndexes(sql)
  return unwind(sql, height)
}

/** Lets `handle` apply a batch; the time of its last block, undefined where it applied none. */
async function appliedBy(
  handle: (batch: LedgerBatch) => Promise<void>,
  writer: Writer,
): Promise<number | undefined> {
  let last: number | undefined
  await handle({
    async apply(blocks, headTime) {
      await writeFolded(writer, await foldBlocks(writer.sql, blocks))
      last = headTime
    },
  })
  return last
}

function movedByAnother(found: HashAndHeight, expected: HashAndHeight): DeviceTrailError {
  return new DeviceTrailError({
    code: 'LEDGER_MOVED',
    remedy: 'retry',
    what:
      `The ledger stands at block ${found.height} (${found.hash}), where this indexer expected ` +
      `${expected.height} (${expected.hash}).`,
    todo: 'Another process wrote to this database. Make sure that only one indexer uses it.',
  })
}
