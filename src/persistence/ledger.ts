import type { DataSource } from 'typeorm'
import { DeviceTrailError } from '../domain/errors'
import type { BlockOfEvents } from '../projection/project'
import { applyBlocks } from './apply-blocks'
import type { FinalTxInfo, HashAndHeight, HotDatabaseState, HotTxInfo } from './database-interface'
import {
  addHotBlocks,
  dropHotBlocksAbove,
  type ProcessorState,
  readState,
  resetHeadTime,
  writeFinal,
  writeHeadTime,
} from './processor-state'
import { type Sql, sqlOf } from './sql'
import { unwind } from './unwind'

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
    return this.commit(info.nextHead, async (sql, state) => {
      if (state.hash !== info.prevHead.hash) throw movedByAnother(state, info.prevHead)
      if (state.top.length > 0) await unwind(sql, state.height)
      await dropHotBlocksAbove(sql, state.height)
      await handle(batchOf(sql))
    })
  }

  /** Takes blocks at the head, after forgetting those that a fork replaced. */
  transactHot2(
    info: HotTxInfo,
    handle: (batch: LedgerBatch, from: number, to: number) => Promise<void>,
  ): Promise<void> {
    return this.commit(info.finalizedHead, async (sql, state) => {
      const known = [state, ...state.top]
      const base = known.find(({ hash }) => hash === info.baseHead.hash)
      if (base === undefined) throw movedByAnother(state, info.baseHead)
      if ((known.at(-1)?.height ?? -1) > base.height) {
        await unwind(sql, base.height)
        await dropHotBlocksAbove(sql, base.height)
      }
      await addHotBlocks(sql, info.newBlocks)
      if (info.newBlocks.length > 0) await handle(batchOf(sql), 0, info.newBlocks.length)
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
    await this.commit(to, async (sql) => {
      forgotten = await unwind(sql, to.height)
      await dropHotBlocksAbove(sql, to.height)
      await resetHeadTime(sql)
    })
    return forgotten
  }

  private commit(
    final: HashAndHeight,
    work: (sql: Sql, state: ProcessorState) => Promise<void>,
  ): Promise<void> {
    return this.database.transaction(async (manager) => {
      const sql = sqlOf(manager)
      const state = await readState(sql)
      await work(sql, state)
      if (!(await writeFinal(sql, state.nonce, final))) throw movedByAnother(state, final)
    })
  }
}

function batchOf(sql: Sql): LedgerBatch {
  return {
    async apply(blocks, headTime) {
      await applyBlocks(sql, blocks)
      await writeHeadTime(sql, headTime)
    },
  }
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
