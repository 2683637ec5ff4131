/** Remembers the indexes that are taken off for a first sync (src/persistence/indexes-off.ts), so that they come back. */
module.exports = class FirstSync1797000000000 {
  name = 'FirstSync1797000000000'

  async up(db) {
    await db.query(`CREATE TABLE "squid_processor"."index_taken_off" ("name" text PRIMARY KEY, "definition" text NOT NULL)`)
  }

  async down(db) {
    await db.query(`DROP TABLE "squid_processor"."index_taken_off"`)
  }
}
