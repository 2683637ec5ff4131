/**
 * For src/persistence/indexes-off.ts: the indexes that are taken off for a first sync are remembered here, so that they
 * come back. And room on each page of the tables whose rows change, so that a row without an index on what changes
 * stays where it is.
 */
module.exports = class FirstSync1797000000000 {
  name = 'FirstSync1797000000000'

  async up(db) {
    await db.query(
      `CREATE TABLE "squid_processor"."index_taken_off" ("name" text PRIMARY KEY, "definition" text NOT NULL)`,
    )
    for (const table of CHANGING) await db.query(`ALTER TABLE "${table}" SET (fillfactor = 90)`)
  }

  async down(db) {
    for (const table of CHANGING) await db.query(`ALTER TABLE "${table}" RESET (fillfactor)`)
    await db.query(`DROP TABLE "squid_processor"."index_taken_off"`)
  }
}

const CHANGING = ['device', 'custody_period']
