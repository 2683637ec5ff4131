import type { Client } from 'pg'
import type { BenchServer } from '../../ledger/bench-database'
import type { CheckedRun } from '../measure'
import type { Workload } from '../workload'

/** What contenders need to run. */
export interface Ground {
  readonly server: BenchServer
  readonly workload: Workload
  /** After so long an attempt has failed. */
  readonly limitMs: number
  /** Tells a person what is going on. */
  readonly say: (line: string) => void
}

/** A way to get a history into a database. */
export interface Contender {
  /** Once before its first run on a workload, uncounted; gives what undoes it. */
  prepare?(ground: Ground): Promise<() => Promise<void>>
  /** Once on a fresh database; more than one result where it has more than one way. */
  run(ground: Ground): Promise<CheckedRun[]>
}

/** Whether the row of a block is visible. */
export async function hasBlock(client: Client, schema: string, height: number): Promise<boolean> {
  const { rowCount } = await client.query(`SELECT 1 FROM "${schema}".block WHERE height = $1`, [
    height,
  ])
  return rowCount === 1
}

/** Whether the processor's position, in its final part, is at a height or above. */
export async function isPast(client: Client, height: number): Promise<boolean> {
  const { rowCount } = await client.query(
    'SELECT 1 FROM squid_processor.status WHERE height >= $1',
    [height],
  )
  return rowCount === 1
}
