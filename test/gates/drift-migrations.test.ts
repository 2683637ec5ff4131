import type { DataSource } from 'typeorm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../support/postgres'
import { connect, generatedColumns, schemaDifference } from './drift/schema-difference'

/** The migrations make, on an empty database, the tables that the entities expect. */
describe('migrations equal the schema', () => {
  let database: TestDatabase
  let source: DataSource

  beforeEach(async () => {
    database = await freshDatabase()
    source = await connect(database.url)
    await source.runMigrations({ transaction: 'all' })
  })
  afterEach(async () => {
    await source.destroy()
    await database.drop()
  })

  it('leaves nothing to add, drop or alter', async () => {
    expect(await schemaDifference(source)).toEqual([])
  })

  it('lets the database derive the disposition of a device, and nothing else', async () => {
    expect(await generatedColumns(source)).toEqual(['device.disposition'])
  })

  it.each([
    ['a missing column', 'ALTER TABLE owner DROP COLUMN gln'],
    ['a column too many', 'ALTER TABLE owner ADD COLUMN extra text'],
    ['another type', 'ALTER TABLE device ALTER COLUMN serial TYPE varchar(20)'],
    ['a column that may be null', 'ALTER TABLE anomaly ALTER COLUMN message DROP NOT NULL'],
    ['a column that may not be null', 'ALTER TABLE device ALTER COLUMN lot SET NOT NULL'],
    ['a disposition of another type', 'ALTER TABLE device ALTER COLUMN disposition TYPE text'],
    ['a missing table', 'DROP TABLE anomaly'],
    ['a table too many', 'CREATE TABLE public.extra (id int)'],
  ])('sees %s', async (_what, statement) => {
    await source.query(statement)
    expect(await schemaDifference(source)).not.toHaveLength(0)
  })

  it('finds what it applied at the next start, whatever the database user is called', async () => {
    const next = await connect(database.url)
    expect(await next.runMigrations({ transaction: 'all' })).toEqual([])
    await next.destroy()
  })

  it('can be undone and applied again', async () => {
    for (const _ of source.migrations) await source.undoLastMigration({ transaction: 'all' })
    await source.runMigrations({ transaction: 'all' })
    expect(await schemaDifference(source)).toEqual([])
  })
})
