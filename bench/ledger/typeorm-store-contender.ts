import path from 'node:path'
import { TypeormDatabase } from '@subsquid/typeorm-store'
import { type Contender, decodeBatch } from './contender'
import { handleBatch } from './typeorm-store-handler'

const PROJECT = path.resolve(__dirname, '../..')

/**
 * The idiomatic squid: `TypeormDatabase` with its defaults under a handler of find, mutate and
 * upsert.
 */
export const TYPEORM_STORE: Contender = {
  name: 'typeorm-store handler',
  async open(databaseUrl) {
    // typeorm-config takes the connection from nowhere else.
    process.env.DB_URL = databaseUrl
    const database = new TypeormDatabase({ projectDir: PROJECT })
    await database.connect()
    return {
      take: (batch, info) =>
        database.transact(info, (store) => handleBatch(store, decodeBatch(batch))),
      close: () => database.disconnect(),
    }
  },
}
