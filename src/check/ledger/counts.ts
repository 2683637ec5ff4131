import { compared } from './comparison'
import { sqlRule } from './rule'

function counted(column: string): string {
  return `(SELECT ${column} AS id, count(*) FROM device GROUP BY ${column}) AS counted USING (id)`
}

const HELD = compared(`"owner" LEFT JOIN ${counted('owner_id')}`, 'id', {
  devices_held: ['devices_held', 'COALESCE(counted.count, 0)'],
})
const MINTED = compared(`device_model LEFT JOIN ${counted('model_id')}`, 'id', {
  devices_minted: ['devices_minted', 'COALESCE(counted.count, 0)'],
})

export const COUNTS = sqlRule(
  'counts',
  'Devices held and devices minted are as many as there are.',
  ['"owner"', 'device_model'],
  `${HELD} UNION ALL ${MINTED}`,
)
