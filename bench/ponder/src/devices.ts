import type { Context } from 'ponder:registry'
import { device } from 'ponder:schema'

type Row = typeof device.$inferSelect
type Change = Partial<Omit<Row, 'id' | 'disposition'>>

/** Changes a device, and with it the column that DeviceTrail lets the database derive. */
export async function changeDevice(
  { db }: Context,
  id: string,
  changeOf: (row: Row) => Change,
): Promise<void> {
  await db.update(device, { id }).set((row) => {
    const change = changeOf(row)
    return { ...change, disposition: dispositionOf({ ...row, ...change }) }
  })
}

/** The expression of the generated column in db/migrations. */
export function dispositionOf(
  row: Pick<Row, 'ownerId' | 'periodCount' | 'inTransitToId' | 'manufacturerId'>,
): string {
  if (row.ownerId === null && row.periodCount > 0) return 'DECOMMISSIONED'
  if (row.inTransitToId !== null) return 'IN_TRANSIT'
  if (row.ownerId === null || row.ownerId !== row.manufacturerId) return 'IN_FIELD'
  return row.periodCount === 1 ? 'WITH_MANUFACTURER' : 'RETURNED'
}
