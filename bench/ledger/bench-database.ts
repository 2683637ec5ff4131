import { Client } from 'pg'
import { type LocalPostgres, startLocalPostgres } from '../../src/demo/local-postgres'
import { connectDatabase } from '../../src/persistence/connect'
import { migrate } from '../../src/persistence/migrate'
import { dropTempFolder, makeTempFolder } from '../../test/support/temp-folder'
import { serverCpuSeconds } from './server-cpu'

/** A real server with durable settings, for one run of the program. */
export interface BenchServer {
  readonly version: string
  /** Processor time of the server so far; NaN where unknown. */
  cpuSeconds(): number
  /** Gives a new migrated database to `use` and drops it afterwards. */
  withDatabase<T>(use: (url: string) => Promise<T>): Promise<T>
  stop(): Promise<void>
}

/** Starts it in a temporary folder; `stop` removes both. */
export async function startBenchServer(log: (line: string) => void): Promise<BenchServer> {
  const folder = await makeTempFolder()
  const server = await startLocalPostgres({ dataDir: `${folder}/data`, log })
  const killServer = () => server.child.kill('SIGQUIT')
  process.once('exit', killServer)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  let databases = 0
  return {
    version: await withClient(server.url, serverVersion),
    cpuSeconds: () => serverCpuSeconds(server.child.pid),
    withDatabase: (use) => {
      databases += 1
      return withDatabase(server, `bench_${databases}`, use)
    },
    async stop() {
      process.off('exit', killServer)
      await server.stop()
      await dropTempFolder(folder)
      if (server.dataDir !== `${folder}/data`) await dropTempFolder(server.dataDir)
    },
  }
}

/** One connection, closed when the work is done. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function withDatabase<T>(
  server: LocalPostgres,
  name: string,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const url = new URL(server.url)
  url.pathname = `/${name}`
  await withClient(server.url, (admin) => admin.query(`CREATE DATABASE ${name}`))
  try {
    const database = await connectDatabase(url.href, 1)
    await migrate(database).finally(() => database.destroy())
    // What the run before left to be flushed or vacuumed must not be paid for by this one.
    await withClient(url.href, async (client) => {
      await client.query('VACUUM ANALYZE')
      await client.query('CHECKPOINT')
    })
    return await use(url.href)
  } finally {
    await withClient(server.url, (admin) => admin.query(`DROP DATABASE ${name} WITH (FORCE)`))
  }
}

async function serverVersion(client: Client): Promise<string> {
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
  return rows[0]?.server_version ?? 'unknown'
}
