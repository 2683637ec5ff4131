/**
 * What happened, as one list: moves from the periods that they begin or end, events, anomalies.
 * Each branch stops by itself after as many rows as a page can take, read from an index on the
 * height of the block, so that a poll costs what it finds and not what the record holds.
 */

interface Branch {
  /** Place among the changes of one log. */
  rank: number
  from: string
  where: string
  height: string
  logIndex: string
  /** The other columns of `feed`. */
  columns: string
}

const BRANCHES: readonly Branch[] = [
  {
    rank: 0,
    from: 'custody_period',
    where: 'true',
    height: 'block_height',
    logIndex: 'log_index',
    columns: `started_by AS kind, since AS "timestamp", tx_hash, device_id, owner_id, number`,
  },
  {
    // A burn ends a period and begins none.
    rank: 0,
    from: 'custody_period',
    where: 'ended_by_burn',
    height: 'until_block',
    logIndex: 'until_log_index',
    columns: `'BURN' AS kind, until AS "timestamp", until_tx_hash, device_id, owner_id, number`,
  },
  {
    rank: 1,
    from: 'device_event',
    where: 'true',
    height: 'block_height',
    logIndex: 'log_index',
    columns: `'EVENT' AS kind, "timestamp", tx_hash, device_id, NULL AS owner_id, NULL AS number`,
  },
  {
    rank: 2,
    from: 'anomaly',
    where: 'true',
    height: 'block_height',
    logIndex: 'log_index',
    columns: `'ANOMALY' AS kind, "timestamp", tx_hash, device_id, NULL AS owner_id, NULL AS number`,
  },
]

// The start is a scalar, so that the planner knows the index on the height to keep its order.
function afterStart({ rank, from, where, height, logIndex }: Branch): string {
  return `FROM ${from}
    WHERE ${where} AND (${height}, ${logIndex}, ${rank}, id COLLATE "C")
      > (SELECT height, log_index, rank, id FROM start)`
}

/**
 * The relation `page`: changes after the position of `start`, in total order.
 *
 * @param limit the most rows: written out, so that the planner knows a kept statement to be short
 */
export function feedSql(limit: number): string {
  const branches = BRANCHES.map((branch) => {
    const { rank, height, logIndex, columns } = branch
    const place = `${height} AS height, ${logIndex} AS log_index, ${rank} AS rank, id`
    return `(SELECT ${place}, ${columns} ${afterStart(branch)}
      ORDER BY ${height}, ${logIndex}, id COLLATE "C" LIMIT ${limit})`
  })
  return `
  page AS (
    SELECT * FROM (${branches.join('\n    UNION ALL ')}) AS feed
    ORDER BY height, log_index, rank, id COLLATE "C" LIMIT ${limit}
  )`
}

/** One number: how many changes come after the position of `start`. */
export const COUNT_OF_FEED = BRANCHES.map(
  (branch) => `(SELECT count(*) ${afterStart(branch)})`,
).join(' + ')
