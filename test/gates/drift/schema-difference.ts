import { join } from 'node:path'
import { SnakeNamingStrategy } from '@subsquid/typeorm-config/lib/namingStrategy'
import { DataSource } from 'typeorm'
import * as entities from '../../../src/model'
import { ROOT } from '../architecture/source-file'

/**
 * Statements with which TypeORM would turn a database into the entities' schema and that we refuse
 * by purpose. Tables, columns, types and nullability are never among them.
 */
const DELIBERATE: readonly RegExp[] = [
  // Indexes serve questions that the entities do not know; each names its question in the
  // migration.
  /^(CREATE|DROP) (UNIQUE )?INDEX /,
  // Foreign keys stand where the check is cheap: docs/decisions/0003-few-foreign-keys.md.
  /^ALTER TABLE "\w+" (ADD|DROP) CONSTRAINT "(FK_\w+|\w+_fkey)"/,
  // CHECK and UNIQUE constraints say what the entities cannot.
  /^ALTER TABLE "\w+" DROP CONSTRAINT "(CHK_\w+|\w+_check|UQ_\w+)"/,
  // Keys compare by code point, which the entities cannot say.
  /^ALTER TABLE "\w+" ALTER COLUMN "\w+_key" TYPE text COLLATE "undefined"$/,
]

/** A connection with the generated entities and our migrations, as the indexer has it. */
export async function connect(url: string): Promise<DataSource> {
  const source = new DataSource({
    type: 'postgres',
    url,
    entities: Object.values(entities).filter((value) => typeof value === 'function'),
    migrations: [join(ROOT, 'db/migrations/*.js')],
    namingStrategy: new SnakeNamingStrategy(),
  })
  return source.initialize()
}

/** What is wrong with a database, in the words of the statements that would repair it. */
export async function schemaDifference(source: DataSource): Promise<string[]> {
  await makeGeneratedColumnsOrdinary(source)
  const { upQueries } = await source.driver.createSchemaBuilder().log()
  const statements = upQueries.map(({ query }) => query)
  const unknown = (await publicTables(source)).filter((table) => !knownTables(source).has(table))
  return [
    ...statements.filter((statement) => !DELIBERATE.some((may) => may.test(statement))),
    ...unknown.map((table) => `DROP TABLE "${table}"`),
  ]
}

/**
 * The entities cannot say that a column is generated, and TypeORM would replace it. Its type and
 * nullability must be right all the same, so in this throw-away database only its expression is
 * dropped.
 */
async function makeGeneratedColumnsOrdinary(source: DataSource): Promise<void> {
  for (const name of await generatedColumns(source)) {
    const [table, column] = name.split('.')
    await source.query(`ALTER TABLE "${table}" ALTER COLUMN "${column}" DROP EXPRESSION`)
  }
}

/** `table.column` of each column that the database derives itself. */
export async function generatedColumns(source: DataSource): Promise<string[]> {
  const rows: { name: string }[] = await source.query(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND is_generated = 'ALWAYS'`,
  )
  return rows.map(({ name }) => name)
}

async function publicTables(source: DataSource): Promise<string[]> {
  const rows: { name: string }[] = await source.query(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  )
  return rows.map(({ name }) => name)
}

function knownTables(source: DataSource): ReadonlySet<string> {
  return new Set([...source.entityMetadatas.map(({ tableName }) => tableName), 'migrations'])
}
