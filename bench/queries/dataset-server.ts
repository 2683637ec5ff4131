import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'
import { startLocalPostgres } from '../../src/demo/local-postgres'
import { buildDataset, type Progress } from './dataset/build'

const PROJECT = path.resolve(__dirname, '../..')
const CACHE = path.join(PROJECT, '.bench')

/** A server with the data of this bench, each size in a database of its own. */
export interface DatasetServer {
  /** Superuser's connection to the database `postgres`. */
  readonly url: string
  readonly version: string
  /** Connection string of the data with so many devices, built if it is not there. */
  open(devices: number, progress: Progress): Promise<string>
  /** Leaves the data for the next run. */
  stop(): Promise<void>
}

/** Starts the server of the cache; one process at a time may have it. */
export async function startDatasetServer(log: (line: string) => void): Promise<DatasetServer> {
  const server = await startLocalPostgres({ dataDir: path.join(CACHE, 'postgres'), log })
  const killServer = () => server.child.kill('SIGINT')
  process.once('exit', killServer)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  return joinServer(server.url, async () => {
    process.off('exit', killServer)
    await server.stop()
  })
}

/** Takes a server that runs already, by a superuser's connection; `stop` lets it run on. */
export async function joinServer(
  url: string,
  stop: () => Promise<void> = async () => {},
): Promise<DatasetServer> {
  return {
    url,
    version: await versionOf(url),
    open: (devices, progress) => openDataset(url, devices, progress),
    stop,
  }
}

/**
 * A database bears its own name only when it is whole, so a build that was broken off is never
 * taken for data. Who comes while another builds waits, and finds the data there.
 */
async function openDataset(admin: string, devices: number, progress: Progress): Promise<string> {
  const name = `queries_${devices}_${fingerprint()}`
  const session = await connected(admin)
  try {
    await session.query(`SELECT pg_advisory_lock(hashtext('${LOCK}'))`)
    const { rows } = await session.query<{ name: string }>(
      `SELECT datname AS name FROM pg_database
       WHERE starts_with(datname, 'queries_${devices}_') OR datname = 'building_${devices}'`,
    )
    if (rows.every((known) => known.name !== name)) {
      for (const stale of rows) await session.query(`DROP DATABASE ${stale.name} WITH (FORCE)`)
      await build(session, admin, { devices, name, progress })
    }
  } finally {
    await session.end()
  }
  return databaseUrl(admin, name)
}

const LOCK = 'devicetrail bench data'

async function build(
  session: Client,
  admin: string,
  { devices, name, progress }: { devices: number; name: string; progress: Progress },
): Promise<void> {
  const draft = `building_${devices}`
  await session.query(`CREATE DATABASE ${draft}`)
  await buildDataset(databaseUrl(admin, draft), devices, progress)
  await session.query(`ALTER DATABASE ${draft} RENAME TO ${name}`)
  await session.query('CHECKPOINT')
}

/** Changes with the schema and with whatever makes the rows. */
function fingerprint(): string {
  const hash = createHash('sha256')
  for (const folder of ['db/migrations', 'bench/queries/dataset']) {
    for (const file of readdirSync(path.join(PROJECT, folder)).sort()) {
      hash.update(file).update(readFileSync(path.join(PROJECT, folder, file)))
    }
  }
  return hash.digest('hex').slice(0, 8)
}

function databaseUrl(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  await client.connect()
  return client
}

async function versionOf(url: string): Promise<string> {
  const session = await connected(url)
  try {
    const { rows } = await session.query<{ server_version: string }>('SHOW server_version')
    return rows[0]?.server_version ?? 'unknown'
  } finally {
    await session.end()
  }
}
