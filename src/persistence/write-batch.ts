import type { Draft } from '../projection/draft'
import type { DeviceState } from '../projection/state'
import { insertRows, updateRows } from './bulk'
import { ANOMALIES, BLOCKS, EVENTS, PERIOD_ENDS, PERIODS, SCOPES } from './fact-tables'
import { writeRecallUnits } from './recall-membership'
import type { Writer } from './sql'
import { DEVICE_STATUS, DEVICES, MODELS, OWNERS, RECALLS } from './state-tables'

/** Writes the outcome of a batch, parents before children. The caller holds the transaction. */
export async function writeBatch(writer: Writer, draft: Draft): Promise<void> {
  await insertRows(writer, BLOCKS, draft.blocks)
  await insertRows(writer, OWNERS, draft.owners.inserted())
  await updateRows(writer, OWNERS, draft.owners.updated())
  await insertRows(writer, MODELS, draft.models.inserted())
  await updateRows(writer, MODELS, draft.models.updated())
  const devicesBefore = draft.devices.updated()
  const devicesNew = draft.devices.inserted()
  await insertRows(writer, DEVICES, devicesNew)
  const restated = new Set(identified(draft, devicesBefore))
  await updateRows(writer, DEVICES, [...restated])
  const others = devicesBefore.filter((device) => !restated.has(device))
  await updateRows(writer, DEVICE_STATUS, others)
  await updateRows(writer, PERIOD_ENDS, draft.periodsClosed)
  await insertRows(writer, PERIODS, [...draft.periodsOpened.values()])
  await insertRows(writer, RECALLS, draft.recalls.inserted())
  await updateRows(writer, RECALLS, draft.recalls.updated())
  await insertRows(writer, SCOPES, draft.scopes)
  await insertRows(writer, EVENTS, draft.events)
  await insertRows(writer, ANOMALIES, draft.anomalies)
  await writeRecallUnits(writer.sql, draft, [...identified(draft, devicesNew), ...restated])
}

/** Units whose identity was stated in this batch. */
function identified(draft: Draft, devices: readonly DeviceState[]): DeviceState[] {
  const first = draft.blocks[0]
  if (first === undefined) return []
  return devices.filter(({ identityBlock }) => (identityBlock ?? -1) >= first.height)
}
