import { identityKey } from '../domain/identity-key'
import type { Slice, SliceKeys } from '../projection/slice'
import type {
  DeviceState,
  FirstSeen,
  ModelState,
  OwnerState,
  RecallState,
} from '../projection/state'
import type { Sql } from './sql'

/** What a batch can touch, with one read for each table, whatever the number of rows. */
export async function loadSlice(sql: Sql, keys: SliceKeys): Promise<Slice> {
  const devices = await loadDevices(sql, [...keys.devices])
  const holders = [...devices.values()].flatMap(({ ownerId }) => ownerId ?? [])
  const models = await loadModels(sql, [...keys.models])
  return {
    devices,
    models,
    owners: await loadOwners(sql, [...new Set([...keys.owners, ...holders])]),
    recalls: await loadRecalls(sql, [...keys.recalls]),
    identities: await loadIdentities(sql, keys, models),
  }
}

/** Position and time of a row, as PostgreSQL gives them. */
interface Seen {
  height: number
  logIndex: number
  timestamp: Date
}
const SEEN = 'block_height AS "height", log_index AS "logIndex", "timestamp"'

function byId<Row extends Seen & { id: string }, State extends { readonly id: Row['id'] }>(
  rows: readonly Row[],
  read: (row: Omit<Row, keyof Seen>, firstSeen: FirstSeen) => State,
): Map<State['id'], State> {
  const states = rows.map(({ height, logIndex, timestamp, ...row }) =>
    read(row, { height, logIndex, timestamp: timestamp.getTime() }),
  )
  return new Map(states.map((state) => [state.id, state]))
}

type DeviceRow = Omit<DeviceState, 'tokenId' | 'firstSeen'> & Seen & { tokenId: string }

async function loadDevices(sql: Sql, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, DeviceState>()
  const rows = await sql<DeviceRow>(
    `SELECT id, contract, token_id AS "tokenId", model_id AS "modelId",
       manufacturer_id AS "manufacturerId", serial, lot, manufactured_on AS "manufacturedOn",
       expires_on AS "expiresOn", identity_key AS "identityKey", serial_key AS "serialKey",
       lot_key AS "lotKey", identity_block AS "identityBlock",
       identity_log_index AS "identityLogIndex", metadata_uri AS "metadataUri",
       metadata_hash AS "metadataHash", owner_id AS "ownerId", period_count AS "periodCount",
       locked, in_transit_to_id AS "inTransitToId", sale_price AS "salePrice", ${SEEN}
     FROM device WHERE id = ANY($1::text[])`,
    [ids],
  )
  return byId(rows, (row, firstSeen): DeviceState => {
    return { ...row, tokenId: BigInt(row.tokenId), firstSeen }
  })
}

type ModelRow = Omit<ModelState, 'modelNo' | 'firstSeen'> & Seen & { modelNo: string }

async function loadModels(sql: Sql, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, ModelState>()
  const rows = await sql<ModelRow>(
    `SELECT id, contract, model_no AS "modelNo", udi_di AS "udiDi", udi_di_key AS "udiDiKey",
       name, manufacturer_id AS "manufacturerId", status, metadata_uri AS "metadataUri",
       metadata_hash AS "metadataHash", devices_minted AS "devicesMinted", ${SEEN}
     FROM device_model WHERE id = ANY($1::text[])`,
    [ids],
  )
  return byId(rows, (row, firstSeen): ModelState => {
    return { ...row, modelNo: BigInt(row.modelNo), firstSeen }
  })
}

type OwnerRow = Omit<OwnerState, 'firstSeen'> & Seen

async function loadOwners(sql: Sql, ids: readonly OwnerState['id'][]) {
  if (ids.length === 0) return new Map<OwnerState['id'], OwnerState>()
  const rows = await sql<OwnerRow>(
    `SELECT id, name, kind, gln, listed, devices_held AS "devicesHeld", ${SEEN}
     FROM "owner" WHERE id = ANY($1::text[])`,
    [ids],
  )
  return byId(rows, (row, firstSeen): OwnerState => ({ ...row, firstSeen }))
}

type RecallRow = Omit<RecallState, 'recallNo' | 'firstSeen' | 'closed'> &
  Seen & {
    recallNo: string
    closedBlock: number | null
    closedLogIndex: number | null
    closedAt: Date | null
  }

async function loadRecalls(sql: Sql, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, RecallState>()
  const rows = await sql<RecallRow>(
    `SELECT id, contract, recall_no AS "recallNo", model_id AS "modelId", issuer_id AS "issuerId",
       class, reason, notice_uri AS "noticeUri", notice_hash AS "noticeHash",
       closed_block AS "closedBlock", closed_log_index AS "closedLogIndex",
       closed_at AS "closedAt", ${SEEN}
     FROM recall WHERE id = ANY($1::text[])`,
    [ids],
  )
  return byId(rows, ({ closedBlock, closedLogIndex, closedAt, ...row }, firstSeen): RecallState => {
    const closed =
      closedBlock === null || closedLogIndex === null || closedAt === null
        ? null
        : { height: closedBlock, logIndex: closedLogIndex, timestamp: closedAt.getTime() }
    return { ...row, recallNo: BigInt(row.recallNo), closed, firstSeen }
  })
}

/** The first device of each identity that the batch states. */
async function loadIdentities(
  sql: Sql,
  { units, submissions }: SliceKeys,
  models: ReadonlyMap<string, ModelState>,
): Promise<Map<string, string>> {
  // The first submission of a model counts, in the past or here.
  const udiDis = new Map<string, string>()
  for (const { modelId, udiDi } of [...submissions].reverse()) udiDis.set(modelId, udiDi)
  for (const { id, udiDi } of models.values()) if (udiDi !== null) udiDis.set(id, udiDi)
  const keys = units.flatMap(({ modelId, serial }) => {
    const udiDi = udiDis.get(modelId)
    return udiDi === undefined ? [] : [identityKey(udiDi, serial)]
  })
  if (keys.length === 0) return new Map()
  const rows = await sql<{ key: string; id: string }>(
    `SELECT DISTINCT ON (identity_key) identity_key AS "key", id FROM device
     WHERE identity_key = ANY($1::text[])
     ORDER BY identity_key, identity_block, identity_log_index`,
    [keys],
  )
  return new Map(rows.map(({ key, id }) => [key, id]))
}
