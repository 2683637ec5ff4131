import type { Draft } from '../projection/draft'
import type { Slice, SliceKeys } from '../projection/slice'
import type {
  DeviceState,
  FirstSeen,
  ModelState,
  OwnerState,
  RecallState,
} from '../projection/state'
import type { Table } from '../projection/table'
import { loadIdentities } from './load-identities'
import type { Sql } from './sql'

/**
 * What a batch can touch, with one read for each table, whatever the number of rows.
 *
 * @param pending the batch before, where it may not be written yet: it holds the last word on every
 *   row that it touched, so that whether the reads see it makes no difference
 */
export async function loadSlice(sql: Sql, keys: SliceKeys, pending?: Draft): Promise<Slice> {
  const devices = await overlaid(keys.devices, pending?.devices, (ids) => loadDevices(sql, ids))
  const holders = [...devices.values()].flatMap(({ ownerId }) => ownerId ?? [])
  const owners = new Set([...keys.owners, ...holders])
  const models = await overlaid(keys.models, pending?.models, (ids) => loadModels(sql, ids))
  return {
    devices,
    models,
    owners: await overlaid(owners, pending?.owners, (ids) => loadOwners(sql, ids)),
    recalls: await overlaid(keys.recalls, pending?.recalls, (ids) => loadRecalls(sql, ids)),
    identities: await loadIdentities(sql, keys, models, pending),
  }
}

/** Rows by id: those that are pending as they will be, the others as they are stored. */
async function overlaid<Id extends string, Row extends { readonly id: Id }>(
  ids: ReadonlySet<Id>,
  pending: Table<Id, Row> | undefined,
  load: (ids: Id[]) => Promise<Map<Id, Row>>,
): Promise<Map<Id, Row>> {
  const known = [...ids].flatMap((id) => pending?.touched(id) ?? [])
  const rest = known.length === 0 ? [...ids] : [...ids].filter((id) => !pending?.touched(id))
  const rows = rest.length === 0 ? new Map<Id, Row>() : await load(rest)
  for (const row of known) rows.set(row.id, row)
  return rows
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
