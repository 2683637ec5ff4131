import type { Logger } from '@subsquid/logger'
import type { DataSource } from 'typeorm'
import type { IndexConfig } from '../config/environment'
import type { NodeClient } from '../ingest/node-client'
import { areIndexesOff, putIndexesBack, takeIndexesOff } from '../persistence/indexes-off'
import type { Ledger } from '../persistence/ledger'
import { sqlOf } from '../persistence/sql'

/** A shorter history is read in seconds, with all indexes on. */
const BLOCKS_MIN = 1_000

/** The reading of a chain's whole history into an empty ledger. */
export interface FirstSync {
  /** The history is read: the ledger gets all its indexes. Returns at once when it has them. */
  end(): Promise<void>
}

/**
 * Decides at a start whether a first sync begins, goes on, or is over. It is one where the ledger
 * is empty and a long history lies ahead; one that was broken off goes on while much is left.
 */
export async function prepareFirstSync(
  database: DataSource,
  ledger: Ledger,
  node: NodeClient,
  config: IndexConfig,
  log: Logger,
): Promise<FirstSync> {
  const { height } = await ledger.connect()
  const startBlock = Math.min(...config.contracts.map((contract) => contract.startBlock))
  const finalHeight = (await node.head()).height - config.finalityBlocks
  const isLong = finalHeight - Math.max(height, startBlock) >= BLOCKS_MIN
  if (height < 0 && isLong) {
    await takeIndexesOff(database)
    log.info('a first sync: indexes that only questions need are built at its end')
  }
  let isOver = !(await areIndexesOff(sqlOf(database.manager)))
  const end = async () => {
    if (isOver) return
    await putIndexesBack(database, (line) => log.info(`end of the first sync: ${line}`))
    isOver = true
  }
  if (!isLong) await end()
  return { end }
}
