import type { ListRow } from './read-list'

/**
 * Rows of one request. A server takes ten times as many, but answers are held in memory, and more
 * rows in a request brought hardly more rows a second.
 */
const ROWS_MAX = 1_000
const BYTES_MAX = 512 * 1024

/** Rows in batches, each small enough for one request. */
export async function* inBatches(rows: AsyncIterable<ListRow>): AsyncGenerator<ListRow[]> {
  let batch: ListRow[] = []
  let bytes = 0
  for await (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row.identifier)) + 1
    if (batch.length > 0 && (batch.length >= ROWS_MAX || bytes + size > BYTES_MAX)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(row)
    bytes += size
  }
  if (batch.length > 0) yield batch
}
