import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { isProcess } from '../../../src/demo/process/identity'
import { withClient } from '../../ledger/bench-database'
import { PROJECT } from '../child-process'
import { compiledScript, compileProcesses } from '../compiled'
import { measure } from '../measure'
import type { DumpedTable } from '../processes/copy-rows'
import { type Contender, type Ground, hasBlock } from './contender'
import { finishedDatabase } from './devicetrail'

const CACHE = path.join(PROJECT, '.bench')
const PREFIX = 'backfill-rows-'
const FOLDER = path.join(CACHE, `${PREFIX}${process.pid}`)

/**
 * COPY of the finished rows into the migrated tables, with all indexes and constraints in place: no
 * indexer that writes this schema in order to keep it can be faster.
 */
export const COPY_FLOOR: Contender = {
  async prepare(ground) {
    compileProcesses()
    await dump(ground)
    return () => rm(FOLDER, { recursive: true, force: true })
  },
  run: ({ server, workload, limitMs }) =>
    server.withDatabase(async (databaseUrl) => {
      const script = [compiledScript('copy-rows')]
      const env = { DB_URL: databaseUrl, ROWS: FOLDER }
      const run = await measure(
        { server, workload, databaseUrl, limitMs },
        {
          way: 'copy floor',
          order: { name: 'the COPY of the rows', script, env },
          schema: 'public',
          sliced: false,
          isDone: (client) => hasBlock(client, 'public', workload.lastHeight),
        },
      )
      return [run]
    }),
}

/** Parents before children. */
const TABLES = ['owner', 'device_model', 'device', 'custody_period', 'device_event', 'block']

/** Lets DeviceTrail make the rows, uncounted, and writes them into files. */
async function dump(ground: Ground): Promise<void> {
  await sweep()
  await mkdir(FOLDER, { recursive: true })
  ground.say('indexing once, uncounted, to get the rows for COPY')
  await finishedDatabase(ground, (databaseUrl) =>
    withClient(databaseUrl, async (client) => {
      const tables: DumpedTable[] = []
      for (const table of TABLES) tables.push(await dumpTable(client, table))
      await writeFile(path.join(FOLDER, 'tables.json'), JSON.stringify(tables))
    }),
  )
}

/** Removes what runs that were killed left, and what this process has dumped before. */
async function sweep(): Promise<void> {
  await mkdir(CACHE, { recursive: true })
  for (const name of (await readdir(CACHE)).filter((entry) => entry.startsWith(PREFIX))) {
    const owner = Number(name.slice(PREFIX.length))
    if (owner !== process.pid && isProcess(owner, [])) continue
    await rm(path.join(CACHE, name), { recursive: true, force: true })
  }
}

async function dumpTable(client: Client, table: string): Promise<DumpedTable> {
  // A generated column cannot be given a value.
  const { rows } = await client.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'
     ORDER BY ordinal_position`,
    [table],
  )
  const columns = rows.map(({ name }) => name)
  const list = columns.map((name) => `"${name}"`).join(', ')
  const file = path.join(FOLDER, `${table}.copy`)
  const source = client.query(copyTo(`COPY "${table}" (${list}) TO STDOUT (FORMAT binary)`))
  await pipeline(source, createWriteStream(file))
  return { table, columns, file }
}
