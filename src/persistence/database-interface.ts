/**
 * The part of @subsquid/evm-processor's public `Database` interface that a ledger with hot blocks
 * implements. The package does not export the types by name; that they fit is checked by the
 * compiler where `processor.run` takes the ledger.
 */

export interface HashAndHeight {
  height: number
  hash: string
}

/** A batch of final blocks. */
export interface FinalTxInfo {
  prevHead: HashAndHeight
  nextHead: HashAndHeight
  isOnTop: boolean
}

/** Blocks at the head: everything above `baseHead` is replaced with `newBlocks`. */
export interface HotTxInfo {
  finalizedHead: HashAndHeight
  baseHead: HashAndHeight
  newBlocks: HashAndHeight[]
}

export interface HotDatabaseState extends HashAndHeight {
  top: HashAndHeight[]
}
