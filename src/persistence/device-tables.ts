import type { DeviceState } from '../projection/state'
import type { Birth, Identity, Metadata, NewDevice } from '../projection/unit-record'
import type { Column, TableSpec } from './bulk'

/**
 * The table of units, part by part: each part is written when it is stated. `load-states.ts` reads
 * the status alone.
 */

/** Columns that are written from a part of what is known; null where it is not known. */
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
