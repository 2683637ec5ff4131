import type { FirstSeen, ModelState, OwnerState, RecallState } from '../projection/state'
import type { Column, TableSpec } from './bulk'

/**
 * Tables of current state, column by column; `load-states.ts` reads what is written here. Units are
 * in `device-tables.ts`.
 */

function firstSeen<Row extends { firstSeen: FirstSeen }>(): Column<Row>[] {
  return [
    { name: 'block_height', type: 'int', value: (row) => row.firstSeen.height },
    { name: 'log_index', type: 'int', value: (row) => row.firstSeen.logIndex },
    { name: 'timestamp', type: 'instant', value: (row) => row.firstSeen.timestamp },
  ]
}

export const OWNERS: TableSpec<OwnerState> = {
  table: 'owner',
  columns: [
    { name: 'id', type: 'text', value: (o) => o.id },
    { name: 'name', type: 'text', value: (o) => o.name },
    { name: 'kind', type: 'text', value: (o) => o.kind },
    { name: 'gln', type: 'text', value: (o) => o.gln },
    { name: 'listed', type: 'bool', value: (o) => o.listed },
    { name: 'devices_held', type: 'int', value: (o) => o.devicesHeld },
    ...firstSeen<OwnerState>(),
  ],
}

export const MODELS: TableSpec<ModelState> = {
  table: 'device_model',
  columns: [
    { name: 'id', type: 'text', value: (m) => m.id },
    { name: 'contract', type: 'text', value: (m) => m.contract },
    { name: 'model_no', type: 'numeric', value: (m) => m.modelNo },
    { name: 'udi_di', type: 'text', value: (m) => m.udiDi },
    { name: 'udi_di_key', type: 'text', value: (m) => m.udiDiKey },
    { name: 'name', type: 'text', value: (m) => m.name },
    { name: 'manufacturer_id', type: 'text', value: (m) => m.manufacturerId },
    { name: 'status', type: 'text', value: (m) => m.status },
    { name: 'metadata_uri', type: 'text', value: (m) => m.metadataUri },
    { name: 'metadata_hash', type: 'text', value: (m) => m.metadataHash },
    { name: 'devices_minted', type: 'int', value: (m) => m.devicesMinted },
    ...firstSeen<ModelState>(),
  ],
}

export const RECALLS: TableSpec<RecallState> = {
  table: 'recall',
  columns: [
    { name: 'id', type: 'text', value: (r) => r.id },
    { name: 'contract', type: 'text', value: (r) => r.contract },
    { name: 'recall_no', type: 'numeric', value: (r) => r.recallNo },
    { name: 'model_id', type: 'text', value: (r) => r.modelId },
    { name: 'issuer_id', type: 'text', value: (r) => r.issuerId },
    { name: 'class', type: 'text', value: (r) => r.class },
    { name: 'reason', type: 'text', value: (r) => r.reason },
    { name: 'notice_uri', type: 'text', value: (r) => r.noticeUri },
    { name: 'notice_hash', type: 'text', value: (r) => r.noticeHash },
    { name: 'status', type: 'text', value: (r) => (r.closed ? 'CLOSED' : 'OPEN') },
    { name: 'closed_block', type: 'int', value: (r) => r.closed?.height ?? null },
    { name: 'closed_log_index', type: 'int', value: (r) => r.closed?.logIndex ?? null },
    { name: 'closed_at', type: 'instant', value: (r) => r.closed?.timestamp ?? null },
    ...firstSeen<RecallState>(),
  ],
}
