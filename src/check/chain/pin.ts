import type { Sql } from '../../persistence/sql'
import { INDEXED_HEAD, type IndexedHead } from '../../query/indexed-head'

/** The block at which ledger and chain are compared. */
export interface Pin {
  readonly height: number
  readonly hash: string
  /** Whether it is the head of the ledger; else its last final block. */
  readonly isHead: boolean
}

/** The blocks of a ledger at which it can be compared: its head, then its last final block. */
export async function pinsOf(sql: Sql): Promise<Pin[]> {
  const [head] = await sql<IndexedHead>(INDEXED_HEAD)
  if (head === undefined || head.height < 0) return []
  const [final] = await sql<{ height: number; hash: string }>(
    'SELECT height, hash FROM squid_processor.status WHERE id = 0 AND height >= 0',
  )
  const { height, hash } = head
  const pins: Pin[] = [{ height, hash, isHead: true }]
  if (final !== undefined && final.height < height) pins.push({ ...final, isHead: false })
  return pins
}
