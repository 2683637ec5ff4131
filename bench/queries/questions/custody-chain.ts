import type { AsOf } from '../../../src/query/as-of'
import { custodyChain } from '../../../src/query/custody-chain'
import {
  BLOCK,
  type BlockRow,
  blockAt,
  blockOf,
  comparedBlock,
  HEAD,
  withInstants,
} from '../by-hand'
import { anyBlock, anyDevice, countDevices, heightRange } from '../draw'
import { type Question, SQL_BAR, type Trial } from '../question'

interface ChainRow extends BlockRow {
  found: boolean
  periods: { since: string; until: string | null }[] | null
  anomalies: { timestamp: string }[] | null
}

const ENDS = {
  until_block: 'untilBlock',
  until_log_index: 'untilLogIndex',
  until: 'until',
  until_tx_hash: 'untilTxHash',
}
const ended = (shown: (column: string) => string) =>
  Object.entries(ENDS).map(([column, name]) => `${shown(column)} AS "${name}"`)

const NOW = statement(HEAD, {
  columns: [...ended((column) => column), 'ended_by_burn AS "endedByBurn"'],
  upTo: '',
})
// What ends after the block is told as lasting.
const THEN = statement(blockAt('$2'), {
  columns: [
    ...ended((column) => `CASE WHEN until_block <= head.height THEN ${column} END`),
    '(ended_by_burn AND until_block <= head.height) AS "endedByBurn"',
  ],
  upTo: 'AND block_height <= head.height',
})

interface Columns {
  columns: readonly string[]
  upTo: string
}

function statement(head: string, { columns, upTo }: Columns): string {
  return `WITH ${head}
    SELECT ${BLOCK}, EXISTS (SELECT FROM device WHERE id = $1) AS found,
      (SELECT json_agg(p ORDER BY number) FROM (
        SELECT id, number, owner_id AS "ownerId", started_by AS "startedBy",
          block_height AS "blockHeight", log_index AS "logIndex", since, tx_hash AS "txHash",
          ${columns.join(', ')}
        FROM custody_period WHERE device_id = $1 ${upTo}) AS p) AS periods,
      (SELECT json_agg(a ORDER BY id) FROM (
        SELECT id, code, message, block_height AS "blockHeight", log_index AS "logIndex",
          "timestamp", tx_hash AS "txHash"
        FROM anomaly WHERE device_id = $1 ${upTo}) AS a) AS anomalies
    FROM head`
}

const QUERY = `query ($deviceId: ID!, $asOf: AsOfInput) {
  custodyChain(deviceId: $deviceId, asOf: $asOf) {
    asOf { height hash timestamp finalized } device { id }
    periods { id number owner { id } startedBy blockHeight since untilBlock until }
    anomalies { code message }
  }
}`

function trial(deviceId: string, asOf: AsOf | null): Trial {
  return {
    async ours(sql) {
      const chain = await custodyChain(sql, { deviceId, asOf })
      return () => ({
        at: comparedBlock(chain.asOf),
        periods: chain.periods,
        anomalies: chain.anomalies,
      })
    },
    async byHand(sql) {
      const parameters = asOf === null ? [deviceId] : [deviceId, asOf.block]
      const [row] = await sql<ChainRow>(asOf === null ? NOW : THEN, parameters)
      return () => ({
        at: blockOf(row),
        periods: withInstants(row?.periods ?? [], ['since', 'until']),
        anomalies: withInstants(row?.anomalies ?? [], ['timestamp']),
      })
    },
    request: { query: QUERY, variables: { deviceId, asOf } },
  }
}

export const CUSTODY_NOW: Question = {
  name: 'custodyChain, now',
  bar: SQL_BAR,
  rounds: 200,
  async prepare(sql, random) {
    const devices = await countDevices(sql)
    return () => trial(anyDevice(random, devices), null)
  },
}

export const CUSTODY_THEN: Question = {
  name: 'custodyChain, as of a block',
  bar: SQL_BAR,
  rounds: 200,
  async prepare(sql, random) {
    const devices = await countDevices(sql)
    const heights = await heightRange(sql)
    return () => trial(anyDevice(random, devices), { block: anyBlock(random, heights) })
  },
}
