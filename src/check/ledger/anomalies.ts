import { sqlRule } from './rule'

/** Facts that no sound contract leaves; beside each stands the anomaly that tells of it. */
function untold(subject: string, code: string, facts: string): string {
  return `SELECT ${subject} AS subject, 'anomaly' AS field, NULL AS recorded, '${code}' AS expected
    FROM ${facts}`
}

function none(of: string, codes: readonly string[]): string {
  const list = codes.map((code) => `'${code}'`).join(', ')
  return `NOT EXISTS (SELECT FROM anomaly a WHERE ${of} AND a.code IN (${list}))`
}

const OF_PERIOD = `a.device_id = p.device_id
  AND (a.block_height, a.log_index) = (p.block_height, p.log_index)`

const SECOND_MINT = untold(
  'p.id',
  'SECOND_MINT or MINT_AFTER_BURN',
  `custody_period p WHERE p.started_by = 'MINT' AND p.number > 0
   AND ${none(OF_PERIOD, ['SECOND_MINT', 'MINT_AFTER_BURN'])}`,
)

const UNMINTED = untold(
  'p.id',
  'UNMINTED_TOKEN',
  `custody_period p WHERE p.started_by <> 'MINT' AND p.number = 0
   AND ${none('a.device_id = p.device_id', ['UNMINTED_TOKEN'])}`,
)

const TWINS = untold(
  'd.id',
  'DUPLICATE_IDENTITY',
  `(SELECT id, row_number() OVER (PARTITION BY identity_key
      ORDER BY identity_block, identity_log_index) AS place
    FROM device WHERE identity_key IS NOT NULL) AS d
   WHERE d.place > 1 AND ${none('a.device_id = d.id', ['DUPLICATE_IDENTITY'])}`,
)

/** A report about a unit that did not belong to the recall by then. */
const OUT_OF_SCOPE = untold(
  'e.id',
  'RESOLVED_OUT_OF_SCOPE',
  `device_event e WHERE e.kind = 'RECALL_UNIT_RESOLVED'
   AND NOT EXISTS (SELECT FROM recall_unit u
     WHERE u.recall_id = e.recall_id AND u.device_id = e.device_id
       AND (u.block_height, u.log_index) < (e.block_height, e.log_index))
   AND ${none(
     `a.device_id = e.device_id
      AND (a.block_height, a.log_index) = (e.block_height, e.log_index)`,
     ['RESOLVED_OUT_OF_SCOPE'],
   )}`,
)

export const ANOMALIES_TOLD = sqlRule(
  'anomalies',
  'A second mint, an unminted token, a twin and a report out of scope are told as anomalies.',
  ['custody_period', 'device', 'device_event'],
  [SECOND_MINT, UNMINTED, TWINS, OUT_OF_SCOPE].join(' UNION ALL '),
)
