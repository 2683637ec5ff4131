import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../support/postgres'
import { CommandProcess } from './command-process'

/**
 * Goal: a migration is done or not done, whatever happens to it. Method: the real command on a real
 * database, which a trigger slows down in the middle of the first migration.
 */

let database: TestDatabase
let client: Client
const started: CommandProcess[] = []

beforeEach(async () => {
  database = await freshDatabase()
  client = new Client({ connectionString: database.url })
  await client.connect()
})
afterEach(async () => {
  for (const command of started.splice(0)) await command.killHard()
  await client.end()
  await database.drop()
})

function migrate(options = ''): CommandProcess {
  const command = CommandProcess.start(`migrate ${options}`.trim(), { DB_URL: database.url })
  started.push(command)
  return command
}

/** Lets the first index that is created take an hour; the tables before it are there by then. */
async function stallInTheMiddle(): Promise<void> {
  await client.query(`CREATE SCHEMA slow;
    CREATE FUNCTION slow.stall() RETURNS event_trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_sleep(3600); END $$;
    CREATE EVENT TRIGGER stall ON ddl_command_end WHEN TAG IN ('CREATE INDEX')
      EXECUTE FUNCTION slow.stall()`)
}

async function count(sql: string): Promise<number> {
  const { rows } = await client.query(`SELECT count(*)::int AS n FROM ${sql}`)
  return rows[0].n
}

const stalled = () =>
  count("pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'")
const TABLES = "pg_tables WHERE schemaname = 'public'"
const tables = () => count(`${TABLES} AND tablename <> 'migrations'`)

async function expectMigrated(): Promise<void> {
  expect(await tables()).toBeGreaterThan(8)
  expect(await count('migrations')).toBe(await count('(SELECT DISTINCT name FROM migrations) m'))
}

test('kill -9 in the middle leaves nothing half done, and the next start does it all', async () => {
  await stallInTheMiddle()
  const killed = migrate()
  await killed.until(async () => (await stalled()) === 1, 'the first index')
  await killed.killHard()
  // Without a look at its connection the server would go on for an hour.
  await expect.poll(stalled, { timeout: 30_000 }).toBe(0)
  expect(await tables()).toBe(0)
  expect(await count('migrations')).toBe(0)

  await client.query('DROP EVENT TRIGGER stall')
  expect(await migrate().exitCode()).toBe(0)
  await expectMigrated()
})

test('of three at once one works and the others find nothing to do', async () => {
  const all = [migrate(), migrate(), migrate()]
  expect(await Promise.all(all.map((one) => one.exitCode()))).toEqual([0, 0, 0])
  expect(all.filter(({ output }) => output.includes('migrations: ran'))).toHaveLength(1)
  expect(all.filter(({ output }) => output.includes('nothing to do'))).toHaveLength(2)
  await expectMigrated()
})

test('one that finds another at work says so, and waits no longer than it may', async () => {
  await stallInTheMiddle()
  const first = migrate()
  await first.until(async () => (await stalled()) === 1, 'the first index')
  const second = migrate('--wait 1')
  expect(await second.exitCode()).toBe(75)
  expect(second.output).toContain('MIGRATION_RUNS')
})

test('an indexer without a schema waits for the migration, and writes nothing', async () => {
  const indexer = CommandProcess.start('index', {
    DB_URL: database.url,
    RPC_URL: 'http://127.0.0.1:9',
    CONTRACTS: 'demo=0x00000000000000000000000000000000000000c1@0',
  })
  started.push(indexer)
  await indexer.says(/waiting\. SCHEMA_OUTDATED.*devicetrail migrate/)
  expect(await count(TABLES)).toBe(0)
  expect(await migrate().exitCode()).toBe(0)
  const lock = "pg_locks JOIN pg_database d ON d.oid = database WHERE locktype = 'advisory'"
  const held = () => count(`${lock} AND datname = current_database()`)
  await indexer.until(async () => (await held()) === 1, 'the place of the only writer')
  expect(indexer.lives).toBe(true)
})
