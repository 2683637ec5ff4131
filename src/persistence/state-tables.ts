import type {
  DeviceState,
  FirstSeen,
  ModelState,
  OwnerState,
  RecallState,
} from '../projection/state'
import type { Column, TableSpec } from './bulk'

/** Tables of current state, column by column; `load-states.ts` reads what is written here. */

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

const DEVICE_ID: Column<DeviceState> = { name: 'id', type: 'text', value: (d) => d.id }

/** What can change after the identity of a unit was stated. */
const STATUS_COLUMNS: readonly Column<DeviceState>[] = [
  { name: 'metadata_uri', type: 'text', value: (d) => d.metadataUri },
  { name: 'metadata_hash', type: 'text', value: (d) => d.metadataHash },
  { name: 'owner_id', type: 'text', value: (d) => d.ownerId },
  { name: 'period_count', type: 'int', value: (d) => d.periodCount },
  { name: 'locked', type: 'bool', value: (d) => d.locked },
  { name: 'in_transit_to_id', type: 'text', value: (d) => d.inTransitToId },
  { name: 'sale_price', type: 'numeric', value: (d) => d.salePrice },
]

export const DEVICES: TableSpec<DeviceState> = {
  table: 'device',
  columns: [
    DEVICE_ID,
    { name: 'contract', type: 'text', value: (d) => d.contract },
    { name: 'token_id', type: 'numeric', value: (d) => d.tokenId },
    { name: 'model_id', type: 'text', value: (d) => d.modelId },
    { name: 'manufacturer_id', type: 'text', value: (d) => d.manufacturerId },
    { name: 'serial', type: 'text', value: (d) => d.serial },
    { name: 'lot', type: 'text', value: (d) => d.lot },
    { name: 'manufactured_on', type: 'text', value: (d) => d.manufacturedOn },
    { name: 'expires_on', type: 'text', value: (d) => d.expiresOn },
    { name: 'identity_key', type: 'text', value: (d) => d.identityKey },
    { name: 'serial_key', type: 'text', value: (d) => d.serialKey },
    { name: 'lot_key', type: 'text', value: (d) => d.lotKey },
    { name: 'identity_block', type: 'int', value: (d) => d.identityBlock },
    { name: 'identity_log_index', type: 'int', value: (d) => d.identityLogIndex },
    ...STATUS_COLUMNS,
    ...firstSeen<DeviceState>(),
  ],
}

/** Seven columns instead of all: most updates of a device are moves. */
export const DEVICE_STATUS: TableSpec<DeviceState> = {
  table: 'device',
  columns: [DEVICE_ID, ...STATUS_COLUMNS],
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
