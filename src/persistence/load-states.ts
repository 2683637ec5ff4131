import type { Address } from '../domain/address'
import { sharedAddress } from '../domain/shared-address'
import type {
  DeviceState,
  FirstSeen,
  ModelState,
  OwnerState,
  RecallState,
} from '../projection/state'
import type { Sql } from './sql'

/** Rows of current state by their ids; `state-tables.ts` writes what is read here. */

/** Position and time of a row, as PostgreSQL gives them. */
interface Seen {
  height: number
  logIndex: number
  timestamp: Date
}
const SEEN = 'block_height AS "height", log_index AS "logIndex", "timestamp"'

function seenIn({ height, logIndex, timestamp }: Seen): FirstSeen {
  return { height, logIndex, timestamp: timestamp.getTime() }
}

/** States are read field by field, never spread: see `changed.ts` of the projection. */
function byId<Row, State extends { readonly id: string }>(
  rows: readonly Row[],
  read: (row: Row) => State,
): Map<State['id'], State> {
  return new Map(
    rows.map((row) => {
      const state = read(row)
      return [state.id, state]
    }),
  )
}

export async function loadDevices(sql: Sql, ids: readonly string[]) {
  const rows = await sql<DeviceState>(
    `SELECT id, identity_block IS NOT NULL AS "isIdentified", serial, owner_id AS "ownerId",
       period_count AS "periodCount", locked, in_transit_to_id AS "inTransitToId",
       sale_price AS "salePrice"
     FROM device WHERE id = ANY($1::text[])`,
    [ids],
  )
  return byId(
    rows,
    (row): DeviceState => ({
      id: row.id,
      isIdentified: row.isIdentified,
      serial: row.serial,
      ownerId: holderIn(row.ownerId),
      periodCount: row.periodCount,
      locked: row.locked,
      inTransitToId: holderIn(row.inTransitToId),
      salePrice: row.salePrice,
    }),
  )
}

/** Units are many and holders few; the driver makes a text of its own for each row. */
function holderIn(address: Address | null): Address | null {
  return address === null ? null : sharedAddress(address)
}

type ModelRow = Omit<ModelState, 'modelNo' | 'firstSeen'> & Seen & { modelNo: string }

export async function loadModels(sql: Sql, ids: readonly string[]) {
  const rows = await sql<ModelRow>(
    `SELECT id, contract, model_no AS "modelNo", udi_di AS "udiDi", udi_di_key AS "udiDiKey",
       name, manufacturer_id AS "manufacturerId", status, metadata_uri AS "metadataUri",
       metadata_hash AS "metadataHash", devices_minted AS "devicesMinted", ${SEEN}
     FROM device_model WHERE id = ANY($1::text[])`,
    [ids],
  )
  return byId(
    rows,
    (row): ModelState => ({
      id: row.id,
      contract: row.contract,
      modelNo: BigInt(row.modelNo),
      udiDi: row.udiDi,
      udiDiKey: row.udiDiKey,
      name: row.name,
      manufacturerId: row.manufacturerId,
      status: row.status,
      metadataUri: row.metadataUri,
      metadataHash: row.metadataHash,
      devicesMinted: row.devicesMinted,
      firstSeen: seenIn(row),
    }),
  )
}

type OwnerRow = Omit<OwnerState, 'firstSeen'> & Seen

export async function loadOwners(sql: Sql, ids: readonly OwnerState['id'][]) {
  const rows = await sql<OwnerRow>(
    `SELECT id, name, kind, gln, listed, devices_held AS "devicesHeld", ${SEEN}
     FROM "owner" WHERE id = ANY($1::text[])`,
    [ids],
  )
  return byId(
    rows,
    (row): OwnerState => ({
      id: row.id,
      name: row.name,
      kind: row.kind,
      gln: row.gln,
      listed: row.listed,
      devicesHeld: row.devicesHeld,
      firstSeen: seenIn(row),
    }),
  )
}

type RecallRow = Omit<RecallState, 'recallNo' | 'firstSeen' | 'closed'> &
  Seen & {
    recallNo: string
    closedBlock: number | null
    closedLogIndex: number | null
    closedAt: Date | null
  }

export async function loadRecalls(sql: Sql, ids: readonly string[]) {
  const rows = await sql<RecallRow>(
    `SELECT id, contract, recall_no AS "recallNo", model_id AS "modelId", issuer_id AS "issuerId",
       class, reason, notice_uri AS "noticeUri", notice_hash AS "noticeHash",
       closed_block AS "closedBlock", closed_log_index AS "closedLogIndex",
       closed_at AS "closedAt", ${SEEN}
     FROM recall WHERE id = ANY($1::text[])`,
    [ids],
  )
  return byId(
    rows,
    (row): RecallState => ({
      id: row.id,
      contract: row.contract,
      recallNo: BigInt(row.recallNo),
      modelId: row.modelId,
      issuerId: row.issuerId,
      class: row.class,
      reason: row.reason,
      noticeUri: row.noticeUri,
      noticeHash: row.noticeHash,
      closed: closedIn(row),
      firstSeen: seenIn(row),
    }),
  )
}

function closedIn({ closedBlock, closedLogIndex, closedAt }: RecallRow): FirstSeen | null {
  return closedBlock === null || closedLogIndex === null || closedAt === null
    ? null
    : { height: closedBlock, logIndex: closedLogIndex, timestamp: closedAt.getTime() }
}
