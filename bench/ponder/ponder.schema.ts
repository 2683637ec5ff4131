import { index, onchainTable, sql, uniqueIndex } from 'ponder'

/**
 * The tables of db/migrations that the workload fills, with the same columns and, as far as Ponder
 * can declare them, the same indexes. It can declare no CHECK, no foreign key, no generated column
 * and no INCLUDE; it makes the indexes after the backfill.
 */

export const owner = onchainTable(
  'owner',
  (t) => ({
    id: t.hex().primaryKey(),
    name: t.text(),
    kind: t.varchar({ length: 12 }),
    gln: t.text(),
    listed: t.boolean().notNull(),
    devicesHeld: t.integer().notNull(),
    blockHeight: t.integer().notNull(),
    logIndex: t.integer().notNull(),
    timestamp: t.timestamp({ withTimezone: true }).notNull(),
  }),
  (t) => ({ block: index().on(t.blockHeight) }),
)

export const deviceModel = onchainTable(
  'device_model',
  (t) => ({
    id: t.text().primaryKey(),
    contract: t.text().notNull(),
    modelNo: t.bigint().notNull(),
    udiDi: t.text(),
    udiDiKey: t.text(),
    name: t.text(),
    manufacturerId: t.hex(),
    status: t.varchar({ length: 9 }).notNull(),
    metadataUri: t.text(),
    metadataHash: t.hex(),
    devicesMinted: t.integer().notNull(),
    blockHeight: t.integer().notNull(),
    logIndex: t.integer().notNull(),
    timestamp: t.timestamp({ withTimezone: true }).notNull(),
  }),
  (t) => ({ udiDi: index().on(t.udiDiKey) }),
)

export const device = onchainTable(
  'device',
  (t) => ({
    id: t.text().primaryKey(),
    contract: t.text().notNull(),
    tokenId: t.bigint().notNull(),
    modelId: t.text(),
    manufacturerId: t.hex(),
    serial: t.text(),
    lot: t.text(),
    manufacturedOn: t.text(),
    expiresOn: t.text(),
    identityKey: t.text(),
    serialKey: t.text(),
    lotKey: t.text(),
    identityBlock: t.integer(),
    identityLogIndex: t.integer(),
    metadataUri: t.text(),
    metadataHash: t.hex(),
    ownerId: t.hex(),
    periodCount: t.integer().notNull(),
    locked: t.boolean().notNull(),
    inTransitToId: t.hex(),
    salePrice: t.bigint(),
    disposition: t.varchar({ length: 17 }).notNull(),
    blockHeight: t.integer().notNull(),
    logIndex: t.integer().notNull(),
    timestamp: t.timestamp({ withTimezone: true }).notNull(),
  }),
  (t) => ({
    serial: index().on(sql`${t.serialKey} COLLATE "C"`),
    identity: index().on(t.identityKey),
    lateIdentity: index().on(t.identityBlock).where(sql`"identity_block" > "block_height"`),
    block: index().on(t.blockHeight),
    ownerPage: index().on(t.ownerId, sql`"id" COLLATE "C"`),
    lotPage: index().on(sql`"lot_key" COLLATE "C"`, sql`"id" COLLATE "C"`),
    manufacturedOn: index().on(t.manufacturedOn),
    expiresOn: index().on(t.expiresOn),
    modelLotPage: index().on(t.modelId, sql`"lot_key" COLLATE "C"`, sql`"id" COLLATE "C"`),
    withoutIdentity: index()
      .on(t.modelId, sql`"serial_key" COLLATE "C"`)
      .where(sql`"identity_key" IS NULL`),
  }),
)

export const custodyPeriod = onchainTable(
  'custody_period',
  (t) => ({
    id: t.text().primaryKey(),
    deviceId: t.text(),
    number: t.integer().notNull(),
    ownerId: t.hex(),
    startedBy: t.varchar({ length: 4 }).notNull(),
    blockHeight: t.integer().notNull(),
    logIndex: t.integer().notNull(),
    since: t.timestamp({ withTimezone: true }).notNull(),
    txHash: t.hex().notNull(),
    untilBlock: t.integer(),
    untilLogIndex: t.integer(),
    until: t.timestamp({ withTimezone: true }),
    untilTxHash: t.hex(),
    endedByBurn: t.boolean().notNull(),
  }),
  (t) => ({
    block: index().on(t.blockHeight),
    burn: index().on(t.untilBlock).where(sql`"ended_by_burn"`),
    ownerPage: index().on(t.ownerId, sql`"device_id" COLLATE "C"`, t.blockHeight),
    chain: uniqueIndex().on(t.deviceId, t.number),
  }),
)

export const deviceEvent = onchainTable(
  'device_event',
  (t) => ({
    id: t.text().primaryKey(),
    kind: t.varchar({ length: 20 }).notNull(),
    contract: t.text().notNull(),
    deviceId: t.text(),
    modelId: t.text(),
    recallId: t.text(),
    partyId: t.hex(),
    counterpartyId: t.hex(),
    detail: t.jsonb().notNull(),
    blockHeight: t.integer().notNull(),
    logIndex: t.integer().notNull(),
    timestamp: t.timestamp({ withTimezone: true }).notNull(),
    txHash: t.hex().notNull(),
  }),
  (t) => ({
    device: index().on(t.deviceId, t.id).where(sql`"device_id" IS NOT NULL`),
    model: index().on(t.modelId, t.id).where(sql`"device_id" IS NULL`),
    party: index().on(t.partyId, t.id).where(sql`"kind" IN ('PARTY_UPDATED', 'PARTY_REMOVED')`),
    recall: index().on(t.recallId, t.id).where(sql`"recall_id" IS NOT NULL`),
    block: index().on(t.blockHeight),
    resolution: index()
      .on(t.recallId, t.deviceId, t.id)
      .where(sql`"kind" = 'RECALL_UNIT_RESOLVED'`),
    recallIssued: index().on(t.blockHeight).where(sql`"kind" = 'RECALL_ISSUED'`),
  }),
)

export const block = onchainTable(
  'block',
  (t) => ({
    id: t.text().primaryKey(),
    height: t.integer().notNull(),
    hash: t.hex().notNull(),
    timestamp: t.timestamp({ withTimezone: true }).notNull(),
  }),
  (t) => ({ height: uniqueIndex().on(t.height), timestamp: index().on(t.timestamp, t.height) }),
)
