/**
 * Indexes of the questions. Text that is paged or searched by range compares by code point (COLLATE "C"), whatever the
 * collation of the database, so the indexes that serve it do too.
 */
module.exports = class Questions1796000000000 {
  name = 'Questions1796000000000'

  async up(db) {
    for (const [table, column] of KEYS) {
      await db.query(`ALTER TABLE "${table}" ALTER COLUMN "${column}" TYPE text COLLATE "C"`)
    }
    for (const [name, definition, kind = 'INDEX'] of ADDED) await db.query(`CREATE ${kind} "${name}" ON ${definition}`)
    for (const [name] of REPLACED) await db.query(`DROP INDEX "${name}"`)
  }

  async down(db) {
    for (const [name, definition, kind = 'INDEX'] of REPLACED) await db.query(`CREATE ${kind} "${name}" ON ${definition}`)
    for (const [name] of ADDED) await db.query(`DROP INDEX "${name}"`)
    for (const [table, column] of KEYS) {
      await db.query(`ALTER TABLE "${table}" ALTER COLUMN "${column}" TYPE text COLLATE "default"`)
    }
  }
}

/**
 * Keys are compared, never shown: by code point everywhere, so that one index serves values, ranges A100..A199 and
 * patterns A1*. PostgreSQL joins "C" with the default collation, but not two others with each other.
 */
const KEYS = [
  ['device', 'lot_key'],
  ['device', 'serial_key'],
  ['recall_scope', 'value_key'],
]

/** Each index names the question that it serves. */
const ADDED = [
  // holdings at the head, in pages; openreader: devices of an owner
  ['IX_device_owner_page', `"device" ("owner_id", "id" COLLATE "C")`],
  // holdings as of a point, in pages: what came later is passed over within the index; openreader: custody of an owner
  ['IX_custody_period_owner_page', `"custody_period" ("owner_id", "device_id" COLLATE "C", "block_height")`],
  // recallProgress: units of a recall, in pages; openreader: units of a recall
  ['IX_recall_unit_page', `"recall_unit" ("recall_id", "device_id" COLLATE "C")`],
  // recallProgress as of a point, and unwind: what was last reported of a unit under a recall
  ['IX_device_event_resolution', `"device_event" ("recall_id", "device_id", "id") WHERE "kind" = 'RECALL_UNIT_RESOLVED'`],
  // recallLookup by lots, ranges and patterns of them, in pages; openreader: devices of a lot
  ['IX_device_lot_page', `"device" ("lot_key", "id" COLLATE "C")`],
  // recallLookup by windows of dates; a missing date is found as well
  ['IX_device_manufactured_on', `"device" ("manufactured_on")`],
  ['IX_device_expires_on', `"device" ("expires_on")`],
  // activity: recalls that were issued in a range of blocks
  ['IX_device_event_recall_issued', `"device_event" ("block_height") WHERE "kind" = 'RECALL_ISSUED'`],
  // verifyDevice and lookupDevices by UDI-DI and lot; recallLookup by model and lot, in pages; openreader: devices of a model
  ['IX_device_model_lot_page', `"device" ("model_id", "lot_key", "id" COLLATE "C")`],
  // verifyDevice and lookupDevices by UDI-DI and serial: units whose model was submitted after their mint
  ['IX_device_without_identity', `"device" ("model_id", "serial_key") WHERE "identity_key" IS NULL`],
  // recallLookup: holders, dates and tiers of the units in scope, without a look at the periods themselves; custodyChain
  [
    'UQ_custody_period_chain',
    `"custody_period" ("device_id", "number")
       INCLUDE ("owner_id", "started_by", "block_height", "log_index", "since", "until_block", "until_log_index")`,
    'UNIQUE INDEX',
  ],
]

/** Each is the beginning of one that was added. */
const REPLACED = [
  ['IX_device_owner', `"device" ("owner_id")`],
  ['IX_custody_period_owner', `"custody_period" ("owner_id")`],
  ['IX_recall_unit_recall', `"recall_unit" ("recall_id")`],
  ['IX_device_lot', `"device" ("lot_key")`],
  ['IX_device_model_lot', `"device" ("model_id", "lot_key")`],
  ['UQ_custody_period_number', `"custody_period" ("device_id", "number")`, 'UNIQUE INDEX'],
]
