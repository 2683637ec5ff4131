import type { AnswerBlock } from '../../src/query/as-of'

/** Pieces that the statements written by hand have in common. */

/** The block of an answer about now, one row `head`. */
export const HEAD = `head AS (
  SELECT COALESCE(hot.height, status.height) AS height, COALESCE(hot.hash, status.hash) AS hash,
    head_timestamp AS "timestamp", hot.height IS NULL AS finalized
  FROM squid_processor.status CROSS JOIN squid_processor.chain_state
  LEFT JOIN (SELECT height, hash FROM squid_processor.hot_block ORDER BY height DESC LIMIT 1) AS hot
    ON true)`

/** The block of an answer as of block `$n`, one row `head`; none beyond the end of the record. */
export const blockAt = (parameter: string) => `head AS (
  SELECT block.height, block.hash, block."timestamp", block.height <= status.height AS finalized
  FROM squid_processor.status CROSS JOIN LATERAL (
    SELECT * FROM block WHERE height <= ${parameter} ORDER BY height DESC LIMIT 1) AS block
  WHERE ${parameter} <= GREATEST(
    status.height, (SELECT max(height) FROM squid_processor.hot_block)))`

/** The columns of `head`, under the names of `BlockRow`. */
export const BLOCK = `head.height AS "atHeight", head.hash AS "atHash",
  head."timestamp" AS "atTime", head.finalized AS "atFinal"`

export interface BlockRow {
  atHeight: number
  atHash: string
  atTime: Date
  atFinal: boolean
}

/** What both ways say of the block of the answer. */
export type ComparedBlock = Omit<AnswerBlock, 'isHead'>

export function blockOf(row: BlockRow | undefined): ComparedBlock | undefined {
  if (row === undefined) return undefined
  return { height: row.atHeight, hash: row.atHash, timestamp: row.atTime, finalized: row.atFinal }
}

/** A row without the columns of its block. */
export function withoutBlock<Row extends BlockRow>(row: Row): Omit<Row, keyof BlockRow> {
  const { atHeight: _, atHash: __, atTime: ___, atFinal: ____, ...rest } = row
  return rest
}

export function comparedBlock({ height, hash, timestamp, finalized }: AnswerBlock): ComparedBlock {
  return { height, hash, timestamp, finalized }
}

/** Rows that a statement wrote into JSON, where an instant is text. */
export function withInstants<Row extends object>(
  rows: readonly Row[],
  names: readonly (keyof Row)[],
): Record<string, unknown>[] {
  return rows.map((row) => {
    const instants = names.map((name) => [name, instantOf(row[name])])
    return { ...row, ...Object.fromEntries(instants) }
  })
}

function instantOf(value: unknown): Date | null {
  return typeof value === 'string' ? new Date(value) : null
}
