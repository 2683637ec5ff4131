import { compared } from './comparison'
import { sqlRule } from './rule'

/** The periods of each device in their order, each beside its neighbours. */
const IN_ORDER = `(
  SELECT id, number, block_height, log_index, tx_hash, until_block, until_log_index, ended_by_burn,
    row_number() OVER life - 1 AS place,
    lag(until_block) OVER life AS left_block, lag(until_log_index) OVER life AS left_log,
    lag(until_tx_hash) OVER life AS left_tx, lag(ended_by_burn) OVER life AS burned_before,
    lead(number) OVER life IS NULL AS is_last
  FROM custody_period WINDOW life AS (PARTITION BY device_id ORDER BY number)) AS p`

const BEGINS = `p.block_height || '/' || p.log_index`
const ENDS = `p.until_block || '/' || p.until_log_index`
const LEFT = `p.left_block || '/' || p.left_log`

/** A missing or doubled period is a holder who is never told of a recall. */
export const CUSTODY_TILES = sqlRule(
  'custody-tiles',
  'The periods of a device are numbered from 0 and follow each other without gap or overlap.',
  ['custody_period'],
  compared(IN_ORDER, 'p.id', {
    number: ['p.number', 'p.place'],
    // After a burn nobody holds the token until it is minted again, later.
    since: [
      BEGINS,
      `CASE WHEN p.place = 0 THEN ${BEGINS}
        WHEN NOT p.burned_before THEN ${LEFT}
        WHEN (p.block_height, p.log_index) > (p.left_block, p.left_log) THEN ${BEGINS}
        ELSE 'after the burn at ' || ${LEFT} END`,
    ],
    tx_hash: [
      'p.tx_hash',
      `CASE WHEN p.place = 0 OR p.burned_before THEN p.tx_hash ELSE p.left_tx END`,
    ],
    until: [
      `COALESCE(${ENDS}, 'open')`,
      `CASE WHEN p.is_last AND NOT p.ended_by_burn THEN 'open' ELSE ${ENDS} END`,
    ],
  }),
)
