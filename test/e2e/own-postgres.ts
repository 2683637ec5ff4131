import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { Client } from 'pg'
import { type LocalPostgres, startLocalPostgres } from '../../src/demo/local-postgres'
import { freePort } from '../../src/demo/process/free-port'
import { hasEnded } from '../../src/demo/process/stop'
import { dropTempFolder, makeTempFolder } from '../support/temp-folder'

const NAME = 'devicetrail'

/**
 * A database server that one test file has for itself, to stop, crash, freeze and fill. It keeps
 * its port and data over restarts, and its commits are durable.
 */
export class OwnPostgres {
  private running: LocalPostgres | undefined

  private constructor(
    private readonly folder: string,
    private readonly dataDir: string,
    private readonly port: number,
    private adminUrl: string,
  ) {
    process.once('exit', this.killHard)
  }

  /**
   * Makes a server with an empty database `devicetrail`, and leaves it stopped.
   *
   * @param dataDir on a file system of the caller's, who also removes it
   */
  static async create(dataDir?: string): Promise<OwnPostgres> {
    const folder = await makeTempFolder()
    const port = await freePort()
    const own = new OwnPostgres(folder, dataDir ?? `${folder}/data`, port, '')
    await own.start()
    await own.admin(`create database ${NAME}`)
    await own.stop()
    return own
  }

  /** Of the database, whether or not the server runs. */
  get url(): string {
    const url = new URL(this.adminUrl)
    url.pathname = `/${NAME}`
    return url.href
  }

  /** What the server itself has written down. */
  get log(): string {
    return readFileSync(this.logFile, 'utf8')
  }

  async start(): Promise<void> {
    const log = (line: string) => console.error(`postgres: ${line}`)
    const { dataDir, port } = this
    const { logFile } = this
    this.running = await startLocalPostgres({ dataDir, port, logFile, log })
    this.adminUrl = this.running.url
  }

  /** Ends it in order; connections are ended. */
  async stop(): Promise<void> {
    await this.running?.stop()
  }

  /** Ends it as a power cut does: no session learns of it, and the next start recovers. */
  async crash(): Promise<void> {
    const child = this.running?.child
    if (child === undefined || hasEnded(child)) return
    const ended = once(child, 'exit')
    child.kill('SIGQUIT')
    await ended
  }

  /** Lets it hang: connections stay open, nothing is answered. */
  freeze(): void {
    this.signalAll('SIGSTOP')
  }

  thaw(): void {
    this.signalAll('SIGCONT')
  }

  /** Runs a statement as the superuser in the database `postgres`. */
  admin<Row>(text: string): Promise<Row[]> {
    return this.query(this.adminUrl, text)
  }

  /** Runs a statement as the superuser in the database `devicetrail`. */
  sql<Row>(text: string): Promise<Row[]> {
    return this.query(this.url, text)
  }

  /** A connection that the test holds; it closes it. */
  async connect(): Promise<Client> {
    const client = new Client({ connectionString: this.url })
    client.on('error', () => undefined)
    await client.connect()
    return client
  }

  /** Empties the database. */
  async reset(): Promise<void> {
    await this.admin(`drop database if exists ${NAME} with (force)`)
    await this.admin(`create database ${NAME}`)
  }

  /** Ends the server for good. */
  async remove(): Promise<void> {
    this.thaw()
    await this.stop()
    process.off('exit', this.killHard)
    const dataDir = this.running?.dataDir ?? this.dataDir
    if (!dataDir.startsWith(this.folder)) rmSync(dataDir, { recursive: true, force: true })
    await dropTempFolder(this.folder)
  }

  private get logFile(): string {
    return `${this.folder}/postgres.log`
  }

  private readonly killHard = () => {
    this.thaw()
    this.running?.child.kill('SIGQUIT')
  }

  private signalAll(signal: NodeJS.Signals): void {
    const child = this.running?.child
    if (child?.pid === undefined || hasEnded(child)) return
    // The server first, so that it starts no more of them meanwhile.
    process.kill(child.pid, signal)
    for (const pid of childrenOf(child.pid)) signalIfThere(pid, signal)
  }

  private async query<Row>(url: string, text: string): Promise<Row[]> {
    const client = new Client({ connectionString: url })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return (await client.query(text)).rows
    } finally {
      await client.end()
    }
  }
}

/** Processes of the server come and go: one may end between the list and the signal. */
function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

function childrenOf(pid: number): number[] {
  try {
    const output = execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
    return output.trim().split('\n').map(Number)
  } catch {
    // pgrep ends with 1 where there are none.
    return []
  }
}
