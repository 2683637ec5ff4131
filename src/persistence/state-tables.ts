import type {
  DeviceState,
  FirstSeen,
  ModelState,
  OwnerState,
  RecallState,
} from '../projection/state'
import type { Birth, Identity, Metadata, NewDevice } from '../projection/unit-record'
import type { Column, TableSpec } from './bulk'

/**
 * Tables of current state, column by column; `load-states.ts` reads of it what the fold asks for.
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

/** Columns of a unit that are written from a part of what is known of it. */
function of<Whole, Part>(
  part: (whole: Whole) => Part | undefined,
  columns: readonly Column<Part>[],
): Column<Whole>[] {
  return columns.map(({ name, type, value }) => ({
    name,
    type,
    value: (whole) => {
      const found = part(whole)
      return found === undefined ? null : value(found)
    },
  }))
}

/** What can change as long as a unit lives; most updates of a device are moves. */
const STATUS_COLUMNS: readonly Column<DeviceState>[] = [
  { name: 'owner_id', type: 'text', value: (d) => d.ownerId },
  { name: 'period_count', type: 'int', value: (d) => d.periodCount },
  { name: 'locked', type: 'bool', value: (d) => d.locked },
  { name: 'in_transit_to_id', type: 'text', value: (d) => d.inTransitToId },
  { name: 'sale_price', type: 'numeric', value: (d) => d.salePrice },
]

const IDENTITY_COLUMNS: readonly Column<Identity>[] = [
  { name: 'model_id', type: 'text', value: (i) => i.modelId },
  { name: 'manufacturer_id', type: 'text', value: (i) => i.manufacturerId },
  { name: 'serial', type: 'text', value: (i) => i.serial },
  { name: 'lot', type: 'text', value: (i) => i.lot },
  { name: 'manufactured_on', type: 'text', value: (i) => i.manufacturedOn },
  { name: 'expires_on', type: 'text', value: (i) => i.expiresOn },
  { name: 'identity_key', type: 'text', value: (i) => i.identityKey },
  { name: 'serial_key', type: 'text', value: (i) => i.serialKey },
  { name: 'lot_key', type: 'text', value: (i) => i.lotKey },
  { name: 'identity_block', type: 'int', value: (i) => i.at.height },
  { name: 'identity_log_index', type: 'int', value: (i) => i.at.logIndex },
]

const METADATA_COLUMNS: readonly Column<Metadata>[] = [
  { name: 'metadata_uri', type: 'text', value: (m) => m.metadataUri },
  { name: 'metadata_hash', type: 'text', value: (m) => m.metadataHash },
]

const BIRTH_COLUMNS: readonly Column<Birth>[] = [
  { name: 'id', type: 'text', value: (b) => b.id },
  { name: 'contract', type: 'text', value: (b) => b.contract },
  { name: 'token_id', type: 'numeric', value: (b) => b.tokenId },
  { name: 'block_height', type: 'int', value: (b) => b.at.height },
  { name: 'log_index', type: 'int', value: (b) => b.at.logIndex },
  { name: 'timestamp', type: 'instant', value: (b) => b.at.timestamp },
]

export const NEW_DEVICES: TableSpec<NewDevice> = {
  table: 'device',
  columns: [
    ...of(({ birth }: NewDevice) => birth, BIRTH_COLUMNS),
    ...of(({ identity }: NewDevice) => identity, IDENTITY_COLUMNS),
    ...of(({ metadata }: NewDevice) => metadata, METADATA_COLUMNS),
    ...of(({ state }: NewDevice) => state, STATUS_COLUMNS),
  ],
}

export const DEVICE_STATUS: TableSpec<DeviceState> = {
  table: 'device',
  columns: [{ name: 'id', type: 'text', value: (d) => d.id }, ...STATUS_COLUMNS],
}

/** Of units that were stored before, by their ids. */
function partOfDevice<Part>(columns: readonly Column<Part>[]): TableSpec<readonly [string, Part]> {
  const id: Column<readonly [string, Part]> = { name: 'id', type: 'text', value: ([key]) => key }
  return {
    table: 'device',
    columns: [id, ...of(([, part]: readonly [string, Part]) => part, columns)],
  }
}

export const DEVICE_IDENTITIES = partOfDevice(IDENTITY_COLUMNS)
export const DEVICE_METADATA = partOfDevice(METADATA_COLUMNS)

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
