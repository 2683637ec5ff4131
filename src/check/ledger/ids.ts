import { compared } from './comparison'
import { sqlRule } from './rule'

/** As `positionKey` writes it. */
const POSITION = `lpad(block_height::text, 10, '0') || '-' || lpad(log_index::text, 6, '0')`
/** Rows that one log brings several of are numbered after its position. */
const NUMBERED = `${POSITION} || '-' || COALESCE(substring(id FROM '-([0-9]+)$')::numeric, 0)`

/** What the id of each row is made of, in SQL; `domain/ids.ts` says the same. */
export const IDS: Readonly<Record<string, string>> = {
  device: `contract || '-' || token_id`,
  device_model: `contract || '-model-' || model_no`,
  recall: `contract || '-recall-' || recall_no`,
  custody_period: `device_id || '-' || number`,
  recall_scope: NUMBERED,
  recall_unit: `recall_id || '-' || split_part(device_id, '-', 2)`,
  device_event: POSITION,
  anomaly: NUMBERED,
  block: `lpad(height::text, 10, '0')`,
}

/** What an event names belongs to the contract that it is of. */
const NAMES = ['device_id', 'model_id', 'recall_id'].map((column) => {
  return compared('device_event', 'id', {
    [column]: [column, `contract || substring(${column} FROM '-.*$')`],
  })
})

export const IDS_MATCH = sqlRule(
  'ids',
  'Every id is made of what the row says of itself.',
  Object.keys(IDS),
  [
    ...Object.entries(IDS).map(([table, id]) => compared(table, 'id', { id: ['id', id] })),
    ...NAMES,
  ].join(' UNION ALL '),
)
