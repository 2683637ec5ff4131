import type { Draft } from '../projection/draft'
import type { DeviceState } from '../projection/state'
import { insertRows, updateRows } from './bulk'
import { ANOMALIES, BLOCKS, EVENTS, PERIOD_ENDS, PERIODS, SCOPES } from './fact-tables'
import { writeRecallUnits } from './recall-membership'
import type { Sql } from './sql'
import { DEVICE_STATUS, DEVICES, MODELS, OWNERS, RECALLS } from './state-tables'

/** Writes the outcome of a batch, parents before children. The caller holds the transaction. */
export async function writeBatch(sql: Sql, draft: Draft): Promise<void> {
  await insertRows(sql, BLOCKS, draft.blocks)
  await insertRows(sql, OWNERS, draft.owners.inserted())
  await updateRows(sql, OWNERS, draft.owners.updated())
  await insertRows(sql, MODELS, draft.models.inserted())
  await updateRows(sql, MODELS, draft.models.updated())
  const devicesBefore = draft.devices.updated()
  const devicesNew = draft.devices.inserted()
  await insertRows(sql, DEVICES, devicesNew)
  const restated = new Set(identified(draft, devicesBefore))
  await updateRows(sql, DEVICES, [...restated])
  const others = devicesBefore.filter((device) => !restated.has(device))
  await updateRows(sql, DEVICE_STATUS, others)
  await updateRows(sql, PERIOD_ENDS, draft.periodsClosed)
  await insertRows(sql, PERIODS, [...draft.periodsOpened.values()])
  await insertRows(sql, RECALLS, draft.recalls.inserted())
  await updateRows(sql, RECALLS, draft.recalls.updated())
  await insertRows(sql, SCOPES, draft.scopes)
  await insertRows(sql, EVENTS, draft.events)
  await insertRows(sql, ANOMALIES, draft.anomalies)
  await writeRecallUnits(sql, draft, [...identified(draft, devicesNew), ...restated])
}

/** Units whose identity was stated in this batch. */
function identified(draft: Draft, devices: readonly DeviceState[]): DeviceState[] {
  const first = draft.blocks[0]
  if (first === undefined) return []
  return devices.filter(({ identityBlock }) => (identityBlock ?? -1) >= first.height)
}
