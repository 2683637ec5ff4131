import { once } from 'node:events'
import path from 'node:path'
import { Client } from 'pg'
import { type LocalPostgres, startLocalPostgres } from '../../../src/demo/local-postgres'
import { connectDatabase } from '../../../src/persistence/connect'
import { migrate } from '../../../src/persistence/migrate'
import { dropTempFolder, makeTempFolder } from '../../support/temp-folder'

const TEMPLATE = 'faults_template'

/**
 * A Postgres server of its own for one run of the harness, which may crash and come back on the
 * same port. It flushes nothing to disk, for only the process dies here and not the machine; but a
 * commit waits for its log to be written, so that a crash loses nothing that was confirmed.
 */
export class DatabaseServer {
  private databases = 0
  private readonly killServer = () => this.server.child.kill('SIGQUIT')

  private constructor(
    private readonly folder: string,
    private server: LocalPostgres,
  ) {
    // A run that is cut short does not get to its end.
    process.once('exit', this.killServer)
  }

  static async start(): Promise<DatabaseServer> {
    const folder = await makeTempFolder()
    const server = new DatabaseServer(folder, await launch(path.join(folder, 'data')))
    await server.admin(`ALTER ROLE CURRENT_USER SET synchronous_commit = on`)
    await server.admin(`CREATE DATABASE ${TEMPLATE}`)
    const database = await connectDatabase(server.urlOf(TEMPLATE), 1)
    await migrate(database).finally(() => database.destroy())
    return server
  }

  get port(): number {
    return this.server.port
  }

  /** A new migrated database; its URL leads straight to the server. */
  async create(): Promise<string> {
    const name = `faults_${++this.databases}`
    await this.admin(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`)
    return this.urlOf(name)
  }

  async drop(url: string): Promise<void> {
    const name = new URL(url).pathname.slice(1)
    await this.admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  }

  /** All its processes end at once, as in a crash; the next start recovers from the log. */
  async crash(): Promise<void> {
    await this.end('SIGQUIT')
  }

  /** Ends it in order: sessions are cut, a checkpoint is written. */
  async shutDown(): Promise<void> {
    await this.end('SIGINT')
  }

  /** Starts it again after `crash` or `shutDown`, on the same port and data. */
  async comeBack(): Promise<void> {
    this.server = await launch(this.server.dataDir, this.server.port)
  }

  async stop(): Promise<void> {
    process.off('exit', this.killServer)
    await this.server.stop()
    await dropTempFolder(this.folder)
    if (this.server.dataDir !== path.join(this.folder, 'data')) {
      await dropTempFolder(this.server.dataDir)
    }
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this.server
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  private urlOf(database: string): string {
    const url = new URL(this.server.url)
    url.pathname = `/${database}`
    return url.href
  }

  private async admin(statement: string): Promise<void> {
    const client = new Client({ connectionString: this.server.url })
    client.on('error', () => undefined)
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
}

function launch(dataDir: string, port?: number): Promise<LocalPostgres> {
  const log = () => undefined
  return startLocalPostgres({ dataDir, unsafeFast: true, log, ...(port !== undefined && { port }) })
}
