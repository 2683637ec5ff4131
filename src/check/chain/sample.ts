import type { Pin } from './pin'

/** Which part of the ledger is compared with the chain. */
export interface Sample {
  /** The same seed takes the same rows of the same ledger. */
  readonly seed: number
  /** Rows, or all. */
  readonly size: number | 'all'
}

/** The end of a statement over rows with an `id`: some of them, by the seed, or all. */
function taken(id: string, { seed, size }: Sample): string {
  return size === 'all' ? '' : `ORDER BY md5(${id} || '/${seed}') LIMIT ${size}`
}

export interface SampledUnit {
  readonly id: string
  readonly contract: string
  readonly tokenId: string
  /** Who holds it at the block, by the ledger; null for nobody. */
  readonly owner: string | null
}

/** Units with their holders at a block, as `SampledUnit`. */
export function sampledUnits(sample: Sample, { height, isHead }: Pin): string {
  const owner = isHead
    ? 'd.owner_id'
    : `(SELECT p.owner_id FROM custody_period p
        WHERE p.device_id = d.id AND p.block_height <= ${height}
          AND (p.until_block IS NULL OR p.until_block > ${height})
        ORDER BY p.number DESC LIMIT 1)`
  return `SELECT d.id, d.contract, d.token_id::text AS "tokenId", ${owner} AS "owner"
    FROM (SELECT * FROM device ${taken('id', sample)}) AS d`
}

/** Final blocks of the record, as height and hash: some of them and the last one. */
export function sampledBlocks(sample: Sample): string {
  return `SELECT height, hash FROM squid_processor.status WHERE height >= 0
    UNION SELECT height, hash FROM (
      SELECT * FROM block WHERE height <= (SELECT height FROM squid_processor.status)
      ${taken('id', sample)}) AS b`
}
