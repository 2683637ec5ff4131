import path from 'node:path'
import { DataSource } from 'typeorm'

/** The project's folder, whether this file runs from `src` or, compiled, from `lib`. */
const PROJECT = path.resolve(__dirname, '../..')

/** An open pool of connections that knows the migrations. The caller closes it with `destroy`. */
export async function connectDatabase(databaseUrl: string, poolSize = 4): Promise<DataSource> {
  const database = new DataSource({
    type: 'postgres',
    url: databaseUrl,
    migrations: [path.join(PROJECT, 'db/migrations/*.js')],
    migrationsTransactionMode: 'all',
    applicationName: 'devicetrail',
    extra: { max: poolSize },
  })
  return database.initialize()
}
