import { compared } from './comparison'
import { sqlRule } from './rule'

/** Where each kind of row is named: the facts that bring one into being. */
const NAMED_IN: readonly (readonly [table: string, facts: string])[] = [
  [
    'device',
    `SELECT device_id, block_height, log_index FROM custody_period
     UNION ALL SELECT device_id, block_height, log_index FROM device_event
     UNION ALL SELECT device_id, block_height, log_index FROM anomaly`,
  ],
  [
    '"owner"',
    `SELECT owner_id, block_height, log_index FROM custody_period
     UNION ALL SELECT party_id, block_height, log_index FROM device_event
     UNION ALL SELECT counterparty_id, block_height, log_index FROM device_event`,
  ],
  ['device_model', 'SELECT model_id, block_height, log_index FROM device_event'],
  ['recall', 'SELECT recall_id, block_height, log_index FROM device_event'],
]

function first([table, facts]: readonly [table: string, facts: string]): string {
  return compared(
    `${table} AS t LEFT JOIN (
       SELECT id, min(ARRAY[height, log]) AS at FROM (${facts}) AS fact(id, height, log)
       WHERE id IS NOT NULL GROUP BY id) AS named ON named.id = t.id`,
    't.id',
    { 'first log': ['ARRAY[t.block_height, t.log_index]', 'named.at'] },
  )
}

/** The unwind forgets rows by this position: a wrong one is kept, or lost, by the next fork. */
export const FIRST_SEEN = sqlRule(
  'first-seen',
  'A device, party, model or recall is on record from the first log that names it.',
  NAMED_IN.map(([table]) => table),
  NAMED_IN.map(first).join(' UNION ALL '),
)
