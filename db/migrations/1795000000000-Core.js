/**
 * The read model, the processor's state in the shape that @subsquid/typeorm-store uses (so that squidStatus and existing
 * tools work), and what the indexer says of the chain. No schema is named after the program: PostgreSQL looks in the
 * schema of the user's name first, and "devicetrail" is a likely user.
 *
 * Foreign keys stand where a wrong row would be a wrong recall answer and the check is cheap. There are none on owner
 * columns: deleting an owner in an unwind would need an index on each of them. The property suite proves those.
 */
module.exports = class Core1795000000000 {
  name = 'Core1795000000000'

  async up(db) {
    await db.query(`
      CREATE TABLE "owner" (
        "id" character varying NOT NULL PRIMARY KEY,
        "name" text,
        "kind" character varying(12),
        "gln" text,
        "listed" boolean NOT NULL,
        "devices_held" integer NOT NULL CHECK ("devices_held" >= 0),
        "block_height" integer NOT NULL,
        "log_index" integer NOT NULL,
        "timestamp" timestamp with time zone NOT NULL,
        CONSTRAINT "CHK_owner_address" CHECK ("id" ~ '^0x[0-9a-f]{40}$')
      )`)
    await db.query(`
      CREATE TABLE "device_model" (
        "id" character varying NOT NULL PRIMARY KEY,
        "contract" text NOT NULL,
        "model_no" numeric NOT NULL,
        "udi_di" text,
        "udi_di_key" text,
        "name" text,
        "manufacturer_id" character varying,
        "status" character varying(9) NOT NULL,
        "metadata_uri" text,
        "metadata_hash" text,
        "devices_minted" integer NOT NULL CHECK ("devices_minted" >= 0),
        "block_height" integer NOT NULL,
        "log_index" integer NOT NULL,
        "timestamp" timestamp with time zone NOT NULL
      )`)
    await db.query(`
      CREATE TABLE "device" (
        "id" character varying NOT NULL PRIMARY KEY,
        "contract" text NOT NULL,
        "token_id" numeric NOT NULL,
        "model_id" character varying REFERENCES "device_model" ("id"),
        "manufacturer_id" character varying,
        "serial" text,
        "lot" text,
        "manufactured_on" text,
        "expires_on" text,
        "identity_key" text,
        "serial_key" text,
        "lot_key" text,
        "identity_block" integer,
        "identity_log_index" integer,
        "metadata_uri" text,
        "metadata_hash" text,
        "owner_id" character varying,
        "period_count" integer NOT NULL CHECK ("period_count" >= 0),
        "locked" boolean NOT NULL,
        "in_transit_to_id" character varying,
        "sale_price" numeric,
        "disposition" character varying(17) NOT NULL GENERATED ALWAYS AS (CASE
          WHEN "owner_id" IS NULL AND "period_count" > 0 THEN 'DECOMMISSIONED'
          WHEN "in_transit_to_id" IS NOT NULL THEN 'IN_TRANSIT'
          WHEN "owner_id" = "manufacturer_id" AND "period_count" = 1 THEN 'WITH_MANUFACTURER'
          WHEN "owner_id" = "manufacturer_id" THEN 'RETURNED'
          ELSE 'IN_FIELD' END) STORED,
        "block_height" integer NOT NULL,
        "log_index" integer NOT NULL,
        "timestamp" timestamp with time zone NOT NULL,
        CONSTRAINT "CHK_device_manufactured_on" CHECK ("manufactured_on" ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
        CONSTRAINT "CHK_device_expires_on" CHECK ("expires_on" ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')
      )`)
    await db.query(`
      CREATE TABLE "custody_period" (
        "id" character varying NOT NULL PRIMARY KEY,
        "device_id" character varying REFERENCES "device" ("id"),
        "number" integer NOT NULL CHECK ("number" >= 0),
        "owner_id" character varying,
        "started_by" character varying(4) NOT NULL,
        "block_height" integer NOT NULL,
        "log_index" integer NOT NULL,
        "since" timestamp with time zone NOT NULL,
        "tx_hash" text NOT NULL,
        "until_block" integer,
        "until_log_index" integer,
        "until" timestamp with time zone,
        "until_tx_hash" text,
        "ended_by_burn" boolean NOT NULL,
        CONSTRAINT "CHK_custody_period_end" CHECK (num_nonnulls("until_block", "until_log_index", "until", "until_tx_hash") IN (0, 4)),
        CONSTRAINT "CHK_custody_period_order" CHECK (("until_block", "until_log_index") > ("block_height", "log_index")),
        CONSTRAINT "CHK_custody_period_burn" CHECK (NOT "ended_by_burn" OR "until_block" IS NOT NULL)
      )`)
    await db.query(`
      CREATE TABLE "recall" (
        "id" character varying NOT NULL PRIMARY KEY,
        "contract" text NOT NULL,
        "recall_no" numeric NOT NULL,
        "model_id" character varying REFERENCES "device_model" ("id"),
        "issuer_id" character varying,
        "class" character varying(7) NOT NULL,
        "reason" text,
        "notice_uri" text,
        "notice_hash" text,
        "status" character varying(6) NOT NULL,
        "closed_block" integer,
        "closed_log_index" integer,
        "closed_at" timestamp with time zone,
        "block_height" integer NOT NULL,
        "log_index" integer NOT NULL,
        "timestamp" timestamp with time zone NOT NULL,
        CONSTRAINT "CHK_recall_closed" CHECK (("status" = 'CLOSED') = ("closed_block" IS NOT NULL))
      )`)
    await db.query(`
      CREATE TABLE "recall_scope" (
        "id" character varying NOT NULL PRIMARY KEY,
        "recall_id" character varying REFERENCES "recall" ("id"),
        "model_id" character varying,
        "kind" character varying(6) NOT NULL,
        "value" text NOT NULL,
        "value_key" text NOT NULL,
        "block_height" integer NOT NULL,
        "log_index" integer NOT NULL,
        "timestamp" timestamp with time zone NOT NULL
      )`)
    await db.query(`
      CREATE TABLE "recall_unit" (
        "id" character varying NOT NULL PRIMARY KEY,
        "recall_id" character varying REFERENCES "recall" ("id"),
        "device_id" character varying REFERENCES "device" ("id"),
        "resolution" character varying(12),
        "resolved_by_id" character varying,
        "resolved_block" integer,
        "resolved_log_index" integer,
        "resolved_at" timestamp with time zone,
        "block_height" integer NOT NULL,
        "log_index" integer NOT NULL,
        "timestamp" timestamp with time zone NOT NULL,
        CONSTRAINT "CHK_recall_unit_resolution" CHECK (("resolution" IS NULL) = ("resolved_block" IS NULL))
      )`)
    await db.query(`
      CREATE TABLE "device_event" (
        "id" character varying NOT NULL PRIMARY KEY,
        "kind" character varying(20) NOT NULL,
        "contract" text NOT NULL,
        "device_id" character varying,
        "model_id" character varying,
        "recall_id" character varying,
        "party_id" character varying,
        "counterparty_id" character varying,
        "detail" jsonb NOT NULL,
        "block_height" integer NOT NULL,
        "log_index" integer NOT NULL,
        "timestamp" timestamp with time zone NOT NULL,
        "tx_hash" text NOT NULL
      )`)
    await db.query(`
      CREATE TABLE "anomaly" (
        "id" character varying NOT NULL PRIMARY KEY,
        "code" character varying(26) NOT NULL,
        "message" text NOT NULL,
        "contract" text NOT NULL,
        "device_id" character varying,
        "block_height" integer NOT NULL,
        "log_index" integer NOT NULL,
        "timestamp" timestamp with time zone NOT NULL,
        "tx_hash" text NOT NULL
      )`)
    await db.query(`
      CREATE TABLE "block" (
        "id" character varying NOT NULL PRIMARY KEY,
        "height" integer NOT NULL,
        "hash" text NOT NULL,
        "timestamp" timestamp with time zone NOT NULL,
        CONSTRAINT "UQ_block_height" UNIQUE ("height")
      )`)
    for (const index of INDEXES) await db.query(index)
    for (const statement of PROCESSOR_STATE) await db.query(statement)
  }

  async down(db) {
    await db.query(`DROP SCHEMA "squid_processor" CASCADE`)
    await db.query(`DROP TABLE "block", "anomaly", "device_event", "recall_unit", "recall_scope", "recall", "custody_period", "device", "device_model", "owner"`)
  }
}

/** Each index names the question that it serves; "unwind" is the undoing of a fork. */
const INDEXES = [
  // recallLookup by model and lot; openreader: devices of a model
  `CREATE INDEX "IX_device_model_lot" ON "device" ("model_id", "lot_key")`,
  // recallLookup by lot alone
  `CREATE INDEX "IX_device_lot" ON "device" ("lot_key")`,
  // verifyDevice and recallLookup by bare serial
  `CREATE INDEX "IX_device_serial" ON "device" ("serial_key")`,
  // verifyDevice by UDI-DI and serial; the fold's search for a second twin
  `CREATE INDEX "IX_device_identity" ON "device" ("identity_key")`,
  // openreader: devices of an owner
  `CREATE INDEX "IX_device_owner" ON "device" ("owner_id")`,
  // recallLookup as of a block: units whose identity was stated later than their first log
  `CREATE INDEX "IX_device_late_identity" ON "device" ("identity_block") WHERE "identity_block" > "block_height"`,
  // unwind
  `CREATE INDEX "IX_device_block" ON "device" ("block_height")`,
  // recallLookup by UDI-DI; a UDI-DI may have been submitted more than once
  `CREATE INDEX "IX_device_model_udi_di" ON "device_model" ("udi_di_key")`,
  // custodyChain; and no device has two periods of one number
  `CREATE UNIQUE INDEX "UQ_custody_period_number" ON "custody_period" ("device_id", "number")`,
  // openreader: custody of an owner
  `CREATE INDEX "IX_custody_period_owner" ON "custody_period" ("owner_id")`,
  // unwind: periods begun after a block
  `CREATE INDEX "IX_custody_period_block" ON "custody_period" ("block_height")`,
  // unwind: a burn ends a period and begins none, so the index above does not find it
  `CREATE INDEX "IX_custody_period_burn" ON "custody_period" ("until_block") WHERE "ended_by_burn"`,
  // openreader: events of a device; verifyDevice; unwind derives locks, hand-offs and prices from the latest event of a kind
  `CREATE INDEX "IX_device_event_device" ON "device_event" ("device_id", "id") WHERE "device_id" IS NOT NULL`,
  // unwind derives the status of a model; verifyDevice: the approval at the block of the mint
  `CREATE INDEX "IX_device_event_model" ON "device_event" ("model_id", "id") WHERE "device_id" IS NULL`,
  // unwind derives names from the latest directory entry
  `CREATE INDEX "IX_device_event_party" ON "device_event" ("party_id", "id") WHERE "kind" IN ('PARTY_UPDATED', 'PARTY_REMOVED')`,
  // openreader and unwind: events of a recall
  `CREATE INDEX "IX_device_event_recall" ON "device_event" ("recall_id", "id") WHERE "recall_id" IS NOT NULL`,
  // unwind
  `CREATE INDEX "IX_device_event_block" ON "device_event" ("block_height")`,
  `CREATE INDEX "IX_recall_model" ON "recall" ("model_id")`,
  `CREATE INDEX "IX_recall_scope_recall" ON "recall_scope" ("recall_id")`,
  // a mint looks for the open recalls that name its model, lot or serial
  `CREATE INDEX "IX_recall_scope_value" ON "recall_scope" ("model_id", "value_key")`,
  `CREATE INDEX "IX_recall_unit_recall" ON "recall_unit" ("recall_id")`,
  // verifyDevice: recalls of a unit
  `CREATE INDEX "IX_recall_unit_device" ON "recall_unit" ("device_id")`,
  // unwind
  `CREATE INDEX "IX_recall_unit_block" ON "recall_unit" ("block_height")`,
  // verifyDevice and custodyChain: anomalies of a unit
  `CREATE INDEX "IX_anomaly_device" ON "anomaly" ("device_id")`,
  // unwind
  `CREATE INDEX "IX_anomaly_block" ON "anomaly" ("block_height")`,
  // as-of an instant
  `CREATE INDEX "IX_block_timestamp" ON "block" ("timestamp", "height")`,
  // unwind
  `CREATE INDEX "IX_owner_block" ON "owner" ("block_height")`,
]

const PROCESSOR_STATE = [
  `CREATE SCHEMA IF NOT EXISTS "squid_processor"`,
  `CREATE TABLE IF NOT EXISTS "squid_processor"."status" (
     "id" int4 PRIMARY KEY, "height" int4 NOT NULL, "hash" text DEFAULT '0x', "nonce" int4 DEFAULT 0)`,
  `CREATE TABLE IF NOT EXISTS "squid_processor"."hot_block" ("height" int4 PRIMARY KEY, "hash" text NOT NULL)`,
  `INSERT INTO "squid_processor"."status" ("id", "height", "hash") VALUES (0, -1, '0x') ON CONFLICT DO NOTHING`,
  // One row. The head is the last block that was read, also when it carried nothing of ours; the chain is what the node says.
  `CREATE TABLE "squid_processor"."chain_state" (
     "id" int4 PRIMARY KEY CHECK ("id" = 0),
     "chain_id" text, "genesis_hash" text, "contracts" text,
     "head_timestamp" timestamp with time zone,
     "chain_height" int4, "chain_timestamp" timestamp with time zone, "seen_at" timestamp with time zone)`,
  `INSERT INTO "squid_processor"."chain_state" ("id") VALUES (0)`,
]
