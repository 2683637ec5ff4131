import type { DataSource } from 'typeorm'
import { decodeBlock } from '../../src/decoding/decode-block'
import { storableTime } from '../../src/domain/block-time'
import { commonAncestor } from '../../src/indexer/common-ancestor'
import { connectDatabase } from '../../src/persistence/connect'
import type { HotDatabaseState } from '../../src/persistence/database-interface'
import { knownBlockAtOrBelow } from '../../src/persistence/known-blocks'
import { Ledger, type LedgerBatch } from '../../src/persistence/ledger'
import { migrate } from '../../src/persistence/migrate'
import { type Sql, sqlOf } from '../../src/persistence/sql'
import { CONTRACTS, type ScriptedBlock } from './chain'
import { ledgerContent } from './ledger-content'
import { freshDatabase } from './postgres'

/** A real ledger on a real database, driven as the processor drives it. */
export class DrivenLedger {
  private constructor(
    readonly database: DataSource,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(): Promise<DrivenLedger> {
    const { url, drop } = await freshDatabase()
    const database = await connectDatabase(url, 2)
    await migrate(database)
    return new DrivenLedger(database, drop)
  }

  async close(): Promise<void> {
    await this.database.destroy()
    await this.drop()
  }

  get sql(): Sql {
    return sqlOf(this.database.manager)
  }

  /** A new one each time, as after a restart: what it knows is in the database. */
  private get ledger(): Ledger {
    return new Ledger(this.database)
  }

  /** Where the processor would go on. It asserts the same, and refuses to run else. */
  private async state(): Promise<HotDatabaseState> {
    const state = await this.ledger.connect()
    for (const [index, { height }] of state.top.entries()) {
      if (height !== state.height + 1 + index) throw new Error(`hot block ${height} is out of line`)
    }
    return state
  }

  /** Forgets everything; the ledger must then be empty. */
  async clear(): Promise<void> {
    await this.ledger.rewind({ height: -1, hash: '0x' })
  }

  /** Goes back to the last block of a chain, as the repair of a deep reorg does. */
  async rewind(kept: readonly ScriptedBlock[]): Promise<void> {
    const last = kept.at(-1)
    if (last !== undefined) await this.ledger.rewind(last)
  }

  async finalHeight(): Promise<number> {
    return (await this.state()).height
  }

  /** Final blocks, as a gateway or a cold read brings them. */
  async takeFinal(blocks: readonly ScriptedBlock[]): Promise<void> {
    const nextHead = blocks.at(-1)
    if (nextHead === undefined) return
    const prevHead = await this.state()
    await this.ledger.transact({ prevHead, nextHead, isOnTop: false }, (batch) =>
      apply(batch, blocks),
    )
  }

  /**
   * Makes `chain` the chain, with its last `hot` blocks not final: forks are found and undone,
   * however deep.
   */
  async follow(chain: readonly ScriptedBlock[], hot: number): Promise<void> {
    const isOn = (point: { height: number; hash: string }) =>
      chain[point.height]?.hash === point.hash
    let state = await this.state()
    if (state.height >= 0 && !isOn(state)) {
      const known = (height: number) => knownBlockAtOrBelow(this.sql, height)
      const onChain = async (point: { height: number; hash: string }) => isOn(point)
      const ancestor = await commonAncestor({ known, onChain }, state)
      await this.ledger.rewind(ancestor ?? { height: -1, hash: '0x' })
      state = await this.state()
    }
    if (state.height < 0) {
      await this.takeFinal(chain.slice(0, 1))
      state = await this.state()
    }
    const baseHead = [state, ...state.top].filter(isOn).at(-1)
    if (baseHead === undefined) throw new Error('no common block')
    const newBlocks = chain.slice(baseHead.height + 1)
    const finalHeight = Math.max(state.height, chain.length - 1 - hot)
    const finalizedHead = chain[finalHeight]
    if (finalizedHead === undefined) throw new Error('the chain is shorter than its final part')
    await this.ledger.transactHot2({ finalizedHead, baseHead, newBlocks }, (batch, from, to) =>
      apply(batch, newBlocks.slice(from, to)),
    )
  }

  /** All rows of all tables, each table in order of its key. */
  async content(): Promise<Record<string, unknown[]>> {
    return ledgerContent(this.sql)
  }
}

async function apply(batch: LedgerBatch, blocks: readonly ScriptedBlock[]): Promise<void> {
  const decoded = blocks.map((block) => {
    const { height, hash, timestamp } = block
    const stored = { height, hash, timestamp: storableTime(timestamp) }
    return { block: stored, events: decodeBlock(block, CONTRACTS) }
  })
  await batch.apply(decoded, decoded.at(-1)?.block.timestamp ?? 0)
}
