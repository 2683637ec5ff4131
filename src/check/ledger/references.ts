import { sqlRule } from './rule'

/** A column that names a row of another table. */
export const REFERENCES: readonly (readonly [table: string, column: string, target: string])[] = [
  ['device', 'model_id', 'device_model'],
  ['device', 'manufacturer_id', '"owner"'],
  ['device', 'owner_id', '"owner"'],
  ['device', 'in_transit_to_id', '"owner"'],
  ['device_model', 'manufacturer_id', '"owner"'],
  ['custody_period', 'device_id', 'device'],
  ['custody_period', 'owner_id', '"owner"'],
  ['recall', 'model_id', 'device_model'],
  ['recall', 'issuer_id', '"owner"'],
  ['recall_scope', 'recall_id', 'recall'],
  ['recall_scope', 'model_id', 'device_model'],
  ['recall_unit', 'recall_id', 'recall'],
  ['recall_unit', 'device_id', 'device'],
  ['recall_unit', 'resolved_by_id', '"owner"'],
  ['device_event', 'device_id', 'device'],
  ['device_event', 'model_id', 'device_model'],
  ['device_event', 'recall_id', 'recall'],
  ['device_event', 'party_id', '"owner"'],
  ['device_event', 'counterparty_id', '"owner"'],
  ['anomaly', 'device_id', 'device'],
]

/** A row of these says nothing without what it names. */
export const REQUIRED: readonly string[] = [
  'custody_period.device_id',
  'custody_period.owner_id',
  'recall_scope.recall_id',
  'recall_unit.recall_id',
  'recall_unit.device_id',
]

function orphans([table, column, target]: (typeof REFERENCES)[number]): string {
  const empty = REQUIRED.includes(`${table}.${column}`) ? `t.${column} IS NULL OR` : ''
  return `SELECT t.id AS subject, '${column}' AS field, t.${column} AS recorded,
    '${target.replaceAll('"', '')} on record' AS expected
    FROM ${table} AS t LEFT JOIN ${target} AS named ON named.id = t.${column}
    WHERE ${empty} (t.${column} IS NOT NULL AND named.id IS NULL)`
}

/** Most references have no foreign key: each one would be paid for at every write and unwind. */
export const REFERENCES_LEAD = sqlRule(
  'references',
  'Whatever a row names is on record.',
  [...new Set(REFERENCES.map(([table]) => table))],
  REFERENCES.map(orphans).join(' UNION ALL '),
)
